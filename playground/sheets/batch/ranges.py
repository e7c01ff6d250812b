"""Ranges with a name, and ranges with a lock."""

from __future__ import annotations

import re

from playground.sheets import a1
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import RequestError
from playground.sheets.masks import changed, for_change
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.protection import LOCKED, may_edit
from playground.sheets.rendering import protected_json

_NAME = re.compile(r"[^\W\d][\w.]{0,249}")


def add_named(book: Spreadsheet, content: Json) -> Json:
    raw = content.get("namedRange", {})
    _check_name(book, raw.get("name", ""))
    kept = _tidy(book.cut(raw.get("range", {})))
    taken = {named["namedRangeId"] for named in book.named}
    named_id = raw.get("namedRangeId") or str(book.new_id(()))
    if named_id in taken:
        raise RequestError(f"A named range with ID {named_id} already exists.")
    named = {"namedRangeId": named_id, "name": raw["name"], "range": kept}
    book.set("named", (*book.named, named))
    return {"namedRange": named}


def _tidy(raw: Json) -> Json:
    return {name: value for name, value in raw.items() if name != "sheetId" or value}


def _check_name(book: Spreadsheet, name: str, but: Json | None = None) -> None:
    if not _NAME.fullmatch(name) or a1.area(name) is not None or name.upper() in {"TRUE", "FALSE"}:
        raise RequestError(f"Invalid range name: {name}")
    if any(other["name"].casefold() == name.casefold() and other is not but for other in book.named):
        raise RequestError(f"A named range with the name {name} already exists.")


def _named_place(book: Spreadsheet, named_id: str) -> int:
    for place, named in enumerate(book.named):
        if named["namedRangeId"] == named_id:
            return place
    raise RequestError(f"No named range with id: {named_id}")


def update_named(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "NamedRange")
    raw = content.get("namedRange", {})
    place = _named_place(book, raw.get("namedRangeId", ""))
    old = book.named[place]
    new = {**changed(old, raw, mask), "namedRangeId": old["namedRangeId"]}
    _check_name(book, new.get("name", ""), but=old)
    new["range"] = _tidy(book.cut(new.get("range", {})))
    book.set("named", (*book.named[:place], new, *book.named[place + 1 :]))


def delete_named(book: Spreadsheet, content: Json) -> None:
    place = _named_place(book, content.get("namedRangeId", ""))
    book.set("named", book.named[:place] + book.named[place + 1 :])


def add_protected(book: Spreadsheet, content: Json) -> Json:
    raw = content.get("protectedRange", {})
    sheet, kept = _protection(book, raw)
    taken = {one["protectedRangeId"] for other in book.sheets for one in other.protected}
    wanted = raw.get("protectedRangeId")
    if wanted in taken:
        raise RequestError(f"A protected range with ID {wanted} already exists.")
    kept["protectedRangeId"] = wanted if wanted is not None else book.new_id(taken)
    sheet.set("protected", (*sheet.protected, kept))
    return {"protectedRange": protected_json(sheet, kept)}


def _protection(book: Spreadsheet, raw: Json) -> tuple[Sheet, Json]:
    for name in ("namedRangeId", "tableId"):
        if name in raw:
            raise not_emulated(f"ProtectedRange.{name}")
    sheet, _ = book.box(raw.get("range", {}))
    kept = {name: value for name, value in raw.items() if name != "requestingUserCanEdit"}
    kept["range"] = _tidy(book.cut(raw.get("range", {})))
    editors = dict(raw.get("editors", {}))
    always = [who for who in (book.owner, book.actor) if "@" in who]
    editors["users"] = list(dict.fromkeys([*always, *editors.get("users", [])]))
    kept["editors"] = {name: value for name, value in editors.items() if value}
    return sheet, {name: value for name, value in kept.items() if value not in (False, "", [])}


def _protected_place(book: Spreadsheet, protected_id: int) -> tuple[Sheet, int]:
    for sheet in book.sheets:
        for place, one in enumerate(sheet.protected):
            if one["protectedRangeId"] == protected_id:
                if not may_edit(book, one):
                    raise RequestError(LOCKED)
                return sheet, place
    raise RequestError(f"No protected range with ID: {protected_id}")


def update_protected(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "ProtectedRange")
    raw = content.get("protectedRange", {})
    sheet, place = _protected_place(book, raw.get("protectedRangeId", 0))
    old = sheet.protected[place]
    target, kept = _protection(book, changed(old, raw, mask))
    if target is not sheet:
        raise RequestError("A protected range can't be moved to another sheet.")
    kept["protectedRangeId"] = old["protectedRangeId"]
    sheet.set("protected", (*sheet.protected[:place], kept, *sheet.protected[place + 1 :]))


def delete_protected(book: Spreadsheet, content: Json) -> None:
    sheet, place = _protected_place(book, content.get("protectedRangeId", 0))
    sheet.set("protected", sheet.protected[:place] + sheet.protected[place + 1 :])


HANDLERS = {
    "addNamedRange": add_named,
    "updateNamedRange": update_named,
    "deleteNamedRange": delete_named,
    "addProtectedRange": add_protected,
    "updateProtectedRange": update_protected,
    "deleteProtectedRange": delete_protected,
}
