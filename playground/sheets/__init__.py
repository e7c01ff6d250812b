"""Google Sheets v4, the little of Drive v3 that gspread needs, OAuth, and the people at the sheet."""

from playground.sheets.emulator import SheetsEmulator
from playground.sheets.people.edits import EditEvent
from playground.sheets.seeds import TabSeed

__all__ = ["EditEvent", "SheetsEmulator", "TabSeed"]
