"""Hundreds of partners a minute on one service account: what is answered, what is journaled, what it costs."""

from bench.load.id_index import id_index
from bench.load.loads import load
from bench.load.long_run import long_run

__all__ = ["id_index", "load", "long_run"]
