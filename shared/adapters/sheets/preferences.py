"""The tab «Настройки» behind the port `PreferencesSource`."""

from __future__ import annotations

from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.tables import SettingColumn, TabMissing, TabTitle, TabUnusable
from shared.adapters.sheets.tabs import WholeTab
from shared.domain.preferences import Preferences, read_preferences
from shared.ports import Clock, Log, Refused


class SheetPreferences:
    def __init__(self, book: Workbook, *, clock: Clock, log: Log) -> None:
        self._tab = WholeTab(book, TabTitle.SETTINGS, SettingColumn)
        self._cached = Cached(self._load, name="settings", clock=clock, log=log, notices=book.notices)
        self._notices = book.notices
        self._log = log
        self._last_good: Preferences | None = None

    async def current(self) -> Preferences:
        return await self._cached.get()

    def known(self) -> Preferences | None:
        return self._last_good

    async def _load(self, purpose: Purpose) -> Preferences:
        """A workbook without the tab has the defaults; a tab that vanishes leaves what it said last."""
        try:
            content = await self._tab.read(purpose)
        except (Refused, TabUnusable) as refusal:
            if self._last_good:
                raise
            self._log.warning("settings_defaults", error=str(refusal))
            if isinstance(refusal, TabUnusable) and not isinstance(refusal, TabMissing):
                self._notices.note(refusal)
            return Preferences()
        key, value = SettingColumn.KEY, SettingColumn.VALUE
        cells = [(content.columns.cell(row, key), content.columns.cell(row, value)) for row in content.rows.values()]
        reading = read_preferences(cells, self._last_good or Preferences())
        for setting in reading.unreadable:
            self._log.warning("setting_unreadable", tab=TabTitle.SETTINGS.value, key=setting.value)
        self._last_good = reading.preferences
        return reading.preferences
