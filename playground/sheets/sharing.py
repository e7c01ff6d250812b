"""Drive permissions: who may see a spreadsheet, and whose it is."""

from __future__ import annotations

from playground.sheets.errors import ApiError, invalid
from playground.sheets.library import permission
from playground.sheets.model import Json, Spreadsheet

ROLES = {"owner", "writer", "commenter", "reader"}


def listed(book: Spreadsheet) -> Json:
    everyone = (permission("owner", "owner", book.owner), *book.permissions)
    return {"kind": "drive#permissionList", "permissions": list(everyone)}


def added(book: Spreadsheet, given: Json) -> Json:
    kind, address = given.get("type", "user"), given.get("emailAddress")
    if kind not in {"user", "group", "domain", "anyone"} or given.get("role") not in ROLES:
        raise invalid("The permission type and role fields are required.")
    if kind == "domain":
        address = given.get("domain")
    if kind != "anyone" and not address:
        raise invalid("The specified emailAddress is invalid or not applicable for the given permission type.")
    made = permission(str(book.new_id(())), given["role"], None if kind == "anyone" else address, kind)
    kept = tuple(old for old in book.permissions if _who(old) != _who(made))
    book.permissions = (*kept, made)
    return made


def changed(book: Spreadsheet, identity: str, given: Json) -> Json:
    """A role changes; `owner` hands the spreadsheet over to a user."""
    place, old = _found(book, identity)
    new = old | {name: given[name] for name in ("role", "pendingOwner") if name in given}
    if new["role"] == "owner":
        former = permission(identity, "writer", book.owner)
        book.owner = str(new["emailAddress"])
        book.permissions = (*book.permissions[:place], former, *book.permissions[place + 1 :])
        return permission("owner", "owner", book.owner)
    book.permissions = (*book.permissions[:place], new, *book.permissions[place + 1 :])
    return new


def removed(book: Spreadsheet, identity: str) -> None:
    place, _ = _found(book, identity)
    book.permissions = book.permissions[:place] + book.permissions[place + 1 :]


def _found(book: Spreadsheet, identity: str) -> tuple[int, Json]:
    for place, one in enumerate(book.permissions):
        if one["id"] == identity:
            return place, one
    raise ApiError(404, f"Permission not found: {identity}.")


def _who(one: Json) -> object:
    return one.get("emailAddress") or one.get("domain")
