"""The notation of the tables: one line a method or object type.

    sendDice: &to emoji &sent &markup
    MenuButtonWebApp: type!=web_app text! web_app!:WebAppInfo
    MenuButton = MenuButtonCommands | MenuButtonWebApp | MenuButtonDefault

A word is a field; `!` means required; `:Int|Str` says the types (String when nothing is said), `[X]` is an array of X;
`=word` a String that is always that word; `&name` stands for a group of fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_SHORT = {"Int": "Integer", "Str": "String", "Bool": "Boolean", "File": "InputFile"}
_FIELD = re.compile(r"(?P<name>\w+)(?P<required>!?)(?::(?P<kinds>\S+)|=(?P<literal>\w+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One parameter of a method or one field of an object; `kinds` are alternatives, spelled as in the Bot API."""

    name: str
    kinds: tuple[str, ...]
    required: bool
    literal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A method with its parameters, or an object type with its fields; a union type has members instead."""

    name: str
    fields: tuple[Field, ...] = ()
    members: tuple[str, ...] = ()


def shapes(table: str, groups: Mapping[str, str]) -> dict[str, Shape]:
    """Read a table. ValueError quotes a word it cannot read."""
    found: dict[str, Shape] = {}
    for line in _logical_lines(table):
        head, sign, rest = re.split(r"\s*([:=])\s*", line, maxsplit=1) if re.search("[:=]", line) else (line, ":", "")
        if sign == "=":
            found[head] = Shape(name=head, members=tuple(rest.split(" | ")))
        else:
            found[head] = Shape(name=head, fields=tuple(_fields(rest, groups)))
    return found


def _logical_lines(table: str) -> Iterator[str]:
    """An indented line continues the one above."""
    return (" ".join(part.split()) for part in re.split(r"\n(?=\S)", table.strip()))


def _fields(text: str, groups: Mapping[str, str]) -> Iterator[Field]:
    for word in text.split():
        if word.startswith("&"):
            yield from _fields(groups[word[1:]], groups)
            continue
        match = _FIELD.fullmatch(word)
        if match is None:
            raise ValueError(f"not a field: {word}")
        kinds = (match["kinds"] or "Str").split("|")
        yield Field(
            name=match["name"],
            kinds=tuple(_kind(kind) for kind in kinds),
            required=bool(match["required"]),
            literal=match["literal"],
        )


def _kind(short: str) -> str:
    if short.startswith("["):
        return f"Array of {_kind(short[1:-1])}"
    return _SHORT.get(short, short)
