"""«Настройки»: each key once, with a value that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.tables import SettingColumn as Column
from shared.domain import problem_texts as texts
from shared.domain.preferences import Setting, is_readable, parse_setting
from shared.domain.problems import Problem


class PreferenceRules:
    def __init__(self) -> None:
        self._keys: dict[Setting, str] = {}

    def problems_of(self, row: Row) -> Iterator[Problem]:
        failed = row.formula_errors((Column.KEY, Column.VALUE))
        yield from failed.values()
        if Column.KEY in failed:
            return
        setting = parse_setting(row.text(Column.KEY))
        if setting is None:
            yield row.problem(Column.KEY, texts.setting_unknown([known.value for known in Setting]))
            return
        first = self._keys.setdefault(setting, row.place(Column.KEY))
        if first != row.place(Column.KEY):
            yield row.problem(Column.KEY, texts.same_setting(first))
        if Column.VALUE not in failed and not is_readable(setting, row.text(Column.VALUE)):
            yield row.problem(Column.VALUE, texts.setting_value(_MEANT[setting]))


_MEANT = {
    Setting.ASSISTANT: texts.SWITCH,
    Setting.PROMOTIONS: texts.SWITCH,
    Setting.INSTRUCTIONS: texts.SHORTER,
    Setting.PHRASES: texts.PHRASES,
    Setting.HOURS: texts.HOURS,
    Setting.WINDOW: texts.WINDOW,
    Setting.CONTACT: texts.CONTACT,
}
