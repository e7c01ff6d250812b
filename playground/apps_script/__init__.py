"""Google Apps Script: the real Code.gs in an embedded engine, on fakes of the services it uses."""

from playground.apps_script.engine import AppsScript
from playground.apps_script.workbook import EditedRange, WorkbookLike

__all__ = ["AppsScript", "EditedRange", "WorkbookLike"]
