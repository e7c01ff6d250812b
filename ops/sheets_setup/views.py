"""Filter views. Ours are known by their ids, a person's view of the same title is left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from ops.sheets_setup import texts
from ops.sheets_setup.place import Place
from ops.sheets_setup.step import Request, Step
from ops.sheets_setup.there import Json
from ops.sheets_setup.wanted import View


def steps(place: Place) -> Iterator[Step]:
    known = {(view.get("title"), view["filterViewId"]): view for view in place.sheet.views}
    titles, ids = {title for title, _ in known}, {number for _, number in known}
    missing = [view for view in place.tab.views if view.title not in titles and _id(place, view) not in ids]
    if missing:
        yield Step(
            said=texts.views([view.title for view in missing]), requests=tuple(_add(place, one) for one in missing)
        )
    ours = {_id(place, view) for view in place.tab.views}
    short = [view for view in place.sheet.views if view["filterViewId"] in ours and _is_short(place, view)]
    if short:
        yield Step(said=texts.VIEWS_STRETCHED, requests=tuple(_stretch(place, one) for one in short))


def _add(place: Place, view: View) -> Request:
    order = "DESCENDING" if view.newest_first else "ASCENDING"
    only = {
        column: {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": value}]}}
        for column, value in view.only.items()
    }
    hidden = {column: {"hiddenValues": list(values)} for column, values in view.hidden.items()}
    criteria = {**only, **hidden}
    return {
        "addFilterView": {
            "filter": {
                "filterViewId": _id(place, view),
                "title": view.title,
                "range": _whole(place),
                "sortSpecs": [{"dimensionIndex": place.at[view.sorted_by] - 1, "sortOrder": order}],
                "filterSpecs": [
                    {"columnIndex": place.at[column] - 1, "filterCriteria": found} for column, found in criteria.items()
                ],
            }
        }
    }


def _is_short(place: Place, view: Json) -> bool:
    """Rows came below the last one it reaches: new appeals would not be seen in it."""
    end: int = view.get("range", {}).get("endRowIndex", place.rows)
    return end < place.rows


def _stretch(place: Place, view: Json) -> Request:
    wider = max(view["range"].get("endColumnIndex", place.sheet.columns), place.width)
    changed = {"filterViewId": view["filterViewId"], "range": {**_whole(place), "endColumnIndex": wider}}
    return {"updateFilterView": {"filter": changed, "fields": "range"}}


def _whole(place: Place) -> Json:
    return {"sheetId": place.sheet.id, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": place.width}


def _id(place: Place, view: View) -> int:
    return crc32(f"{place.sheet.id}/{view.title}".encode()) & 0x3FFFFFFF or 1
