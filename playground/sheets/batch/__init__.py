"""`spreadsheets.batchUpdate`: one module per family of requests."""

from playground.sheets.batch.run import batch_update

__all__ = ["batch_update"]
