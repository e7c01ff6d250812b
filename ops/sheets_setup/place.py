"""Where a wanted tab stands in a workbook, and where its columns are, those that are still missing among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from zlib import crc32

from ops.sheets_setup.there import Book, Cells, Sheet
from ops.sheets_setup.wanted import Tab
from shared.adapters.sheets.tables import TabTitle

NEW_ROWS, NEW_COLUMNS = 1000, 26
_ALIKE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A tab as it will stand. `at`: title → column from 1; `added`: those of them that are missing now.

    `empty`: nothing stands below the header. `connected`: a set-up has been here before.
    """

    tab: Tab
    sheet: Sheet
    made: bool
    at: Mapping[str, int]
    added: tuple[str, ...]
    connected: bool
    cells: Cells = field(default_factory=Cells)
    empty: bool = True

    @property
    def rows(self) -> int:
        """How many rows the grid has, at least one below the header."""
        return max(self.sheet.rows, 2)

    @property
    def width(self) -> int:
        """How many columns the tab has, from A to the last wanted one."""
        return max(self.at.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A tab that is left alone, because a person has to say something first."""

    tab: str
    alike: tuple[str, ...] = ()
    misspelt: Mapping[str, str] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()


def candidates(tab: Tab, book: Book) -> list[Sheet]:
    """The tabs that may be the wanted one: by its title, else by its columns; more than one is unclear."""
    return [sheet for sheet in book.sheets if sheet.title == tab.title] or _renamed(tab, book)


def placed(tab: Tab, found: Sequence[Sheet], book: Book, used: Mapping[int, int]) -> Place | Unclear:
    """The wanted tab as it will stand. `used`: how many columns hold anything, by sheet id."""
    if len(found) > 1:
        return Unclear(tab=tab.title, alike=tuple(sheet.title for sheet in found))
    sheet = found[0] if found else _new(tab, book)
    filled = used.get(sheet.id, 0)
    wanted = [column.title for column in tab.columns]
    if misspelt := _misspelt(wanted, sheet.header):
        return Unclear(tab=tab.title, misspelt=misspelt)
    if filled and not set(wanted) & set(sheet.header):
        return Unclear(tab=tab.title)
    if doubled := tuple(title for title in wanted if title in tab.once and sheet.header.count(title) > 1):
        return Unclear(tab=tab.title, doubled=doubled)
    added = tuple(title for title in wanted if title not in sheet.header)
    at = {title: sheet.header.index(title) + 1 for title in wanted if title in sheet.header}
    at |= {title: filled + number for number, title in enumerate(added, start=1)}
    return Place(tab=tab, sheet=sheet, made=not found, at=at, added=added, connected=book.connected)


def _renamed(tab: Tab, book: Book) -> list[Sheet]:
    """A tab under the name of another one is that other one."""
    strange = [sheet for sheet in book.sheets if sheet.title not in set(TabTitle)]
    return [sheet for sheet in strange if tab.known_by and tab.known_by <= set(sheet.header)]


def _new(tab: Tab, book: Book) -> Sheet:
    sheet_id = crc32(tab.title.encode()) & 0x3FFFFFFF
    while sheet_id in book.ids:
        sheet_id += 1
    return Sheet(
        id=sheet_id,
        title=tab.title,
        rows=NEW_ROWS,
        columns=NEW_COLUMNS,
        frozen=0,
        header=(),
        rules=(),
        views=(),
        protected=(),
    )


def _misspelt(wanted: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    """Titles in the sheet that read like a missing one: «Код партнёра» for «Код партнера»."""
    strange = {title.casefold(): title for title in header if title and title not in wanted}
    found: dict[str, str] = {}
    for title in wanted:
        if title not in header and len(title) > 3:
            alike = get_close_matches(title.casefold(), strange, n=1, cutoff=_ALIKE)
            if alike:
                found[title] = strange[alike[0]]
    return found
