"""Entries as elements (`<entry id="1"><question>…`) or as rows of a Markdown table."""

from __future__ import annotations

import html
import re

from playground.openai.notation.fields import ANSWERS, QUESTIONS, Found, entry_of
from playground.openai.retrieval import Entry

_ELEMENT = re.compile(
    r"<(?P<tag>[\w-]+)(?P<attributes>(?:\s+[\w-]+=\"[^\"]*\")*)\s*>(?P<inner>.*?)</(?P=tag)>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")


def find(text: str) -> Found:
    found = _elements(text)
    return found if found.entries else _rows(text)


def _elements(text: str) -> Found:
    entries: list[Entry] = []
    rest, at = "", 0
    for match in _innermost(text):
        fields = dict(_ATTRIBUTE.findall(match["attributes"]))
        fields |= {inner["tag"]: inner["inner"] for inner in _ELEMENT.finditer(match["inner"])}
        if not _ELEMENT.search(match["inner"]):
            fields["text"] = match["inner"]
        values = {name: html.unescape(value).strip() for name, value in fields.items()}
        if entry := entry_of(values):
            entries.append(entry)
            rest, at = rest + text[at : match.start()], match.end()
    return Found(entries=tuple(entries), rest=rest + text[at:])


def _innermost(text: str) -> list[re.Match[str]]:
    """Elements with an id of their own, or that hold a question; an element around them all is none."""
    found, at = [], 0
    while match := _ELEMENT.search(text, at):
        inner = {part["tag"].lower() for part in _ELEMENT.finditer(match["inner"])}
        is_entry = "id=" in match["attributes"] or (inner & set(QUESTIONS) and inner & set(ANSWERS))
        found += [match] if is_entry else []
        at = match.end() if is_entry else match.start("inner")
    return found


def _rows(text: str) -> Found:
    """A table whose header names a column of answers."""
    entries: list[Entry] = []
    header: list[str] = []
    rest: list[str] = []
    for line in text.splitlines():
        row = _ROW.match(line)
        cells = [cell.strip(" *`") for cell in re.split(r"(?<!\\)\|", row[1])] if row else []
        if not cells:
            header = []
        elif not header:
            header = cells
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            entry = entry_of(dict(zip(header, cells, strict=False)), otherwise=str(len(entries) + 1))
            entries += [entry] if entry else []
        if not cells:
            rest.append(line)
    return Found(entries=tuple(entries), rest="\n".join(rest) if entries else text)
