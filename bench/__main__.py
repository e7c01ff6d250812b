"""`python -m bench [name …]`: all benches, or the named ones."""

from __future__ import annotations

import sys

from bench.load import id_index, load, long_run
from bench.main_job import main_job
from bench.table import show

BENCHES = {"main-job": main_job, "id-index": id_index, "load": load, "long-run": long_run}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}")
        return 2
    figures = [figure for name in names or BENCHES for figure in BENCHES[name]()]
    show(figures)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
