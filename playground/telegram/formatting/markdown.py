"""Parse mode Markdown, the legacy one (td/telegram/MessageEntity.cpp, parse_markdown)."""

from __future__ import annotations

import re

from playground.telegram.errors import Json, bad_request
from playground.telegram.formatting.marked import Marked, url_entity

_PRE = "```"
_KINDS = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


def parse(text: str) -> tuple[str, list[Json]]:
    """Text without marks, and its entities. ApiError 400 when an entity has no end."""
    marked, at = Marked(), 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in tuple(_KINDS):
            marked.add(text[at + 1])
            at += 2
        elif char in _KINDS:
            at = _entity(text, at, marked)
        else:
            marked.add(char)
            at += 1
    return marked.text, marked.entities


def _entity(text: str, begin: int, marked: Marked) -> int:
    """Reads one entity; returns where reading goes on."""
    is_pre = text.startswith(_PRE, begin)
    mark = _PRE if is_pre else {"[": "]"}.get(text[begin], text[begin])
    at, language = (pre_head(text, begin + 3)) if is_pre else (begin + 1, "")
    end = text.find(mark, at)
    if end < 0:
        offset = len(text[:begin].encode())
        raise bad_request(f"can't parse entities: Can't find end of the entity starting at byte offset {offset}")
    start = marked.length
    marked.add(text[at:end])
    end += len(mark)
    if is_pre:
        marked.entity("pre", start, **({"language": language} if language else {}))
    elif text[begin] == "[":
        url = text[at : end - 1]
        if text[end : end + 1] == "(":
            closing = text.find(")", end)
            closing = len(text) if closing < 0 else closing
            url, end = text[end + 1 : closing], closing + 1
        if entity := url_entity(url):
            marked.entity(start=start, **entity)
    else:
        marked.entity(_KINDS[text[begin]], start)
    return end


def pre_head(text: str, at: int) -> tuple[int, str]:
    """After three back-ticks: where the code begins, and its language."""
    word = re.compile(r"[^\s`]*").match(text, at)
    end = word.end() if word else at
    language = ""
    if end > at and end < len(text) and text[end] != "`":
        language, at = text[at:end], end
    if newline := re.compile(r"\r\n|\n\r|\n|\r").match(text, at):
        at = newline.end()
    return at, language
