"""What a person sees of a tab: rows coloured by status, technical columns out of the way."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gspread.utils import rowcol_to_a1

from ops.sheets_setup import texts
from ops.sheets_setup.place import Place
from ops.sheets_setup.step import Request, Step, rows_of
from ops.sheets_setup.there import Json


def steps(place: Place) -> Iterator[Step]:
    yield from _colours(place)
    technical = [column.title for column in place.tab.columns if column.technical]
    hidden = [title for title in technical if _to_be_hidden(place, title)]
    if hidden:
        yield Step(said=texts.hidden(hidden), requests=tuple(_hide(place, title) for title in hidden))
    open_ = [title for title in technical if not _is_protected(place, title)]
    if open_:
        yield Step(said=texts.protected(open_), requests=tuple(_protect(place, title) for title in open_))


def _colours(place: Place) -> Iterator[Step]:
    """A status that any rule of the tab names is left to that rule; ours come after all others, and give way."""
    named = json.dumps([rule.get("booleanRule", {}).get("condition") for rule in place.sheet.rules], ensure_ascii=False)
    missing = {value: colour for value, colour in place.tab.colours.items() if value not in named}
    rules = tuple(
        _rule(place, value, colour, index)
        for index, (value, colour) in enumerate(missing.items(), start=len(place.sheet.rules))
    )
    if rules:
        yield Step(said=texts.coloured(list(missing)), requests=rules)
    if stretched := tuple(_stretched(place)):
        yield Step(said=texts.COLOURS_STRETCHED, requests=stretched)


def _rule(place: Place, value: str, colour: str, index: int) -> Request:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": _formula(place, value)}]}
    rule = {
        "ranges": [_whole(place)],
        "booleanRule": {"condition": condition, "format": {"backgroundColorStyle": {"rgbColor": _rgb(colour)}}},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _stretched(place: Place) -> Iterator[Request]:
    """Our rules, where rows came below the last one they reach."""
    formulas = {_formula(place, value) for value in place.tab.colours}
    for index, rule in enumerate(place.sheet.rules):
        values = rule.get("booleanRule", {}).get("condition", {}).get("values", [{}])
        ours = values[0].get("userEnteredValue") in formulas and len(rule["ranges"]) == 1
        if ours and rule["ranges"][0].get("endRowIndex", place.rows) < place.rows:
            new = {**rule, "ranges": [_whole(place)]}
            yield {"updateConditionalFormatRule": {"index": index, "rule": new}}


def _formula(place: Place, value: str) -> str:
    """No separators, so that it reads the same in every locale."""
    letter = rowcol_to_a1(1, place.at[place.tab.coloured_by]).rstrip("1")
    return f'=${letter}2="{value}"'


def _whole(place: Place) -> Json:
    return {"sheetId": place.sheet.id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": place.width}


def _rgb(colour: str) -> dict[str, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return {"red": red, "green": green, "blue": blue}


def _to_be_hidden(place: Place, title: str) -> bool:
    """Once: a person who shows such a column later has a reason."""
    if title in place.added:
        return True
    index = place.at[title] - 1
    hidden = place.cells.hidden[index] if index < len(place.cells.hidden) else False
    return not hidden and not place.connected


def _hide(place: Place, title: str) -> Request:
    index = place.at[title] - 1
    span = {"sheetId": place.sheet.id, "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1}
    properties = {"hiddenByUser": True}
    return {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "hiddenByUser"}}


def _is_protected(place: Place, title: str) -> bool:
    index = place.at[title] - 1
    return title not in place.added and any(
        span.get("startColumnIndex", 0) <= index < span.get("endColumnIndex", place.sheet.columns)
        for span in (one["range"] for one in place.sheet.protected if "range" in one)
    )


def _protect(place: Place, title: str) -> Request:
    """A warning only: a full protection would keep people from sorting."""
    span = rows_of(place.sheet.id, place.at[title], 0, None)
    protected = {"range": span, "description": texts.protection(title), "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected}}
