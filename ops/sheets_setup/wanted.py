"""What a tab is to have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`technical`: nobody but the bot needs it, so it is hidden, and editing it warns."""

    title: str
    text: bool = False
    technical: bool = False
    clipped: bool = False
    choices: tuple[str, ...] = ()
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A filter view. `hidden`: column → values whose rows are not shown; `only`: column → the one value shown."""

    title: str
    sorted_by: str
    newest_first: bool
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """`known_by`: columns by which the tab is recognised when a person renamed it; empty: by its title alone.

    `once`: columns that the bot cannot tell apart when they stand twice, so that it reads nothing at all.

    `colours`: value of the column `coloured_by` → `#rrggbb` of the row. `rows`: what stands in a tab that is empty.
    """

    title: str
    columns: tuple[Column, ...]
    known_by: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()
    coloured_by: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    views: tuple[View, ...] = ()
    row_height: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
