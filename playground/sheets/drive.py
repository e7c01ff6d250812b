"""The little of Drive v3 that gspread uses: files, permissions, export, copy, import."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from playground.sheets import sharing
from playground.sheets.batch.sheets import copied_sheet
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import ApiError, invalid
from playground.sheets.library import Library, role_of
from playground.sheets.masks import parsed, shown
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.reading import Rendering, rendered
from playground.sheets.tokens import TOOL
from playground.sheets.writing import put_typed

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
Answer = tuple[int, str, bytes]
_JSON = "application/json; charset=UTF-8"
_DEFAULTS = {
    "drive#file": "kind,id,name,mimeType",
    "drive#fileList": "kind,incompleteSearch,files(kind,id,name,mimeType)",
    "drive#permission": "kind,id,type,role",
    "drive#permissionList": "kind,permissions(kind,id,type,role)",
}
"""What an answer shows when the call has no `fields`."""
_SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t"}


class Drive:
    def __init__(self, library: Library, now: Callable[[], float]) -> None:
        self._library = library
        self._now = now
        self._comments: dict[str, list[Json]] = {}
        self._folders: dict[str, list[str]] = {}

    def answered(self, verb: str, path: str, query: dict[str, str], body: bytes, account: str) -> Answer:
        """Status, media type and bytes; ApiError for the rest."""
        if path.startswith("/upload/"):
            return self._upload(verb, path, query, body, account)
        rest = re.sub(r"^/drive/v[23]/files", "", path).strip("/")
        parts = [unquote(part) for part in rest.split("/")] if rest else []
        given = _parsed(body)
        match verb, parts:
            case "GET", []:
                return _json(_masked(self._listed(query, account), query))
            case "POST", []:
                return _json(self._created(given, account))
            case "GET", [file_id]:
                return _json(_masked(self._file(self._open(file_id, account)), query))
            case "PATCH", [file_id]:
                return _json(self._renamed(self._open(file_id, account, writes=True), given, account))
            case "DELETE", [file_id]:
                self._deleted(file_id, account)
                return 204, "text/html", b""
            case "POST", [file_id, "copy"]:
                return _json(self._copied(self._open(file_id, account), given, account))
            case "GET", [file_id, "export"]:
                return self._exported(self._open(file_id, account), query)
            case _, [file_id, "permissions", *which]:
                return self._permissions(verb, self._open(file_id, account), which, query, given)
            case _, [file_id, "comments", *_]:
                return self._remarks(verb, file_id, given)
        raise ApiError(404, f"The playground's Drive has no {verb} {path}")

    def _open(self, file_id: str, account: str, *, writes: bool = False) -> Spreadsheet:
        book = self._library.books.get(file_id)
        role = None if book is None else role_of(book, account)
        if book is None or role is None:
            raise ApiError(404, f"File not found: {file_id}.")
        if writes and role == "reader":
            raise ApiError(403, "The user does not have sufficient permissions for this file.")
        return book

    def _listed(self, query: dict[str, str], account: str) -> Json:
        wanted = _terms(query.get("q", ""))
        books = [book for book in self._library.books.values() if role_of(book, account) is not None]
        files = [self._file(book) for book in sorted(books, key=lambda book: -book.created)]
        files = [file for file in files if all(_is(file[name], value) for name, value in wanted)]
        return {"kind": "drive#fileList", "incompleteSearch": False, "files": files}

    def _file(self, book: Spreadsheet) -> Json:
        return {
            "kind": "drive#file",
            "id": book.spreadsheet_id,
            "name": book.title,
            "mimeType": SPREADSHEET,
            "createdTime": _stamp(book.created),
            "modifiedTime": _stamp(book.modified),
            "trashed": False,
            "parents": self._folders.get(book.spreadsheet_id, ["root"]),
        }

    def _new(self, book: Spreadsheet, given: Json) -> Json:
        if "parents" in given:
            self._folders[book.spreadsheet_id] = given["parents"]
        return {"kind": "drive#file", "id": book.spreadsheet_id, "name": book.title, "mimeType": SPREADSHEET}

    def _created(self, given: Json, account: str) -> Json:
        if given.get("mimeType", SPREADSHEET) != SPREADSHEET:
            raise not_emulated(f"A file of type {given['mimeType']}")
        _only(given, "name", "mimeType", "parents")
        return self._new(self._library.blank(given.get("name", "Untitled"), owner=account or "tool"), given)

    def _renamed(self, book: Spreadsheet, given: Json, account: str) -> Json:
        _only(given, "name")
        if "name" in given:
            book.set("title", given["name"])
            book.commit(account)
        return self._file(book)

    def _deleted(self, file_id: str, account: str) -> None:
        book = self._open(file_id, account)
        if account not in (TOOL, book.owner):
            raise ApiError(403, "The user does not have sufficient permissions for this file.")
        del self._library.books[file_id]

    def _copied(self, book: Spreadsheet, given: Json, account: str) -> Json:
        _only(given, "name", "mimeType", "parents")
        copy = self._library.new(
            given.get("name") or f"Copy of {book.title}",
            owner=account or "tool",
            locale=book.locale,
            time_zone=book.time_zone,
        )
        copy.sheets = tuple(copied_sheet(copy, sheet, sheet.title, sheet.sheet_id) for sheet in book.sheets)
        copy.named = book.named
        copy.properties = book.properties
        return self._new(copy, given)

    def _exported(self, book: Spreadsheet, query: dict[str, str]) -> Answer:
        kind = query.get("mimeType", "")
        if kind not in _SEPARATORS:
            raise not_emulated(f"Export as {kind}")
        sheet = book.sheets[0]
        out = io.StringIO()
        rows = rendered(sheet, sheet.box, Rendering())
        width = max((len(row) for row in rows), default=0)
        writer = csv.writer(out, delimiter=_SEPARATORS[kind], lineterminator="\r\n")
        writer.writerows([[*row, *[""] * (width - len(row))] for row in rows])
        return 200, kind, out.getvalue().removesuffix("\r\n").encode()

    def _permissions(
        self, verb: str, book: Spreadsheet, which: list[str], query: dict[str, str], given: Json
    ) -> Answer:
        match verb, which:
            case "GET", []:
                return _json(_masked(sharing.listed(book), query))
            case "POST", []:
                return _json(_masked(sharing.added(book, given), query))
            case "PATCH", [identity]:
                return _json(_masked(sharing.changed(book, identity, given), query))
            case "DELETE", [identity]:
                sharing.removed(book, identity)
                return 204, "text/html", b""
        raise not_emulated(f"{verb} of permissions")

    def _remarks(self, verb: str, file_id: str, given: Json) -> Answer:
        kept = self._comments.setdefault(file_id, [])
        if verb == "POST":
            kept.append({"kind": "drive#comment", "id": str(len(kept) + 1), **given})
            return _json(kept[-1])
        return _json({"kind": "drive#commentList", "comments": kept})

    def _upload(self, verb: str, path: str, query: dict[str, str], body: bytes, account: str) -> Answer:
        """gspread's `import_csv`: one tab, named after the file, holds the content; all others go."""
        if verb not in {"PUT", "PATCH"} or query.get("uploadType") != "media":
            raise not_emulated(f"{verb} {path}")
        book = self._open(path.rpartition("/")[2], account, writes=True)
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        width = max((len(row) for row in rows), default=0)
        sheet = Sheet(book, 0, book.title, max(len(rows), 1000), max(width, 26))
        book.set("sheets", (sheet,))
        for index, row in enumerate(rows):
            for column, text in enumerate(row):
                put_typed(sheet, index, column, text)
        book.commit(account)
        return _json({"kind": "drive#file", "id": book.spreadsheet_id, "title": book.title, "mimeType": SPREADSHEET})


def _only(given: Json, *names: str) -> None:
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise not_emulated(f"A file's {', '.join(unknown)}")


def _stamp(at: float) -> str:
    moment = dt.datetime.fromtimestamp(at, dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _terms(text: str) -> list[tuple[str, Any]]:
    """The terms of a query that this Drive understands: equalities, joined by `and`."""
    found: list[tuple[str, Any]] = []
    for term in re.findall(r"""(?:[^'"]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')+?(?=\s+and\s+|$)""", text.strip()):
        term = re.sub(r"^\s*and\s+", "", term).strip()
        term = re.sub(r"""^(".*?"|'.*?')\s+in\s+parents$""", r"parents in \1", term)
        equal = re.fullmatch(
            r"""(\w+)\s*(?:=|\bin\b)\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(true|false))""", term
        )
        if equal is None or equal.group(1) not in {"name", "mimeType", "trashed", "parents", "id"}:
            raise not_emulated(f"The file query {term!r}")
        name, double, single, truth = equal.groups()
        quoted = double if double is not None else single
        found.append((name, truth == "true" if truth else re.sub(r"\\(.)", r"\1", quoted)))
    return found


def _is(value: object, wanted: object) -> bool:
    return wanted in value if isinstance(value, list) else value == wanted


def error_body(error: ApiError) -> bytes:
    """Drive words its errors in the older form."""
    reason = {400: "invalid", 401: "authError", 403: "insufficientFilePermissions", 404: "notFound"}
    detail: Json = {"message": error.message, "domain": "global", "reason": reason.get(error.status, "backendError")}
    if error.status == 404:
        detail |= {"location": "fileId", "locationType": "parameter"}
    found = {"code": error.status, "message": error.message, "errors": [detail]}
    return json.dumps({"error": found}, ensure_ascii=False, indent=1).encode()


def _parsed(body: bytes) -> Json:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise invalid("Parse Error") from None
    return {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else {}


def _masked(answer: Json, query: dict[str, str]) -> Json:
    fields = query.get("fields") or _DEFAULTS.get(str(answer.get("kind")))
    if not fields:
        return answer
    try:
        return shown(answer, parsed(fields))  # type: ignore[no-any-return]
    except ValueError:
        raise invalid(f"Invalid field selection {fields}") from None


def _json(answer: Json) -> Answer:
    return 200, _JSON, json.dumps(answer, ensure_ascii=False).encode()
