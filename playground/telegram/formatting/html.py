"""Parse mode HTML (td/telegram/MessageEntity.cpp, parse_html)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playground.telegram.errors import ApiError, Json, bad_request
from playground.telegram.formatting.marked import Marked, url_entity

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_OTHER = ("a", "span", "tg-emoji", "blockquote")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot));?")
_START = re.compile(r"<([^\s>/=\"']*)((?:\s+[^\s>=\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[a-zA-Z0-9.-]+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.-]+)))?")


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse(text: str) -> tuple[str, list[Json]]:
    """Text without tags, and its entities. ApiError 400 says which tag is wrong, at which byte."""
    marked, opened, at = Marked(), list[_Open](), 0
    while at < len(text):
        if text[at] == "&" and (character := _CHARACTER.match(text, at)):
            marked.add(_unescaped(character))
            at = character.end()
        elif text[at] != "<":
            marked.add(text[at])
            at += 1
        elif text.startswith("</", at):
            at = _end_tag(text, at, marked, opened)
        else:
            at = _start_tag(text, at, marked, opened)
    if opened:
        raise _error(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    return marked.text, marked.entities


def _unescaped(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    usable = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if usable else match[0]


def _start_tag(text: str, at: int, marked: Marked, opened: list[_Open]) -> int:
    byte = len(text[:at].encode())
    match = _START.match(text, at)
    name = (match[1] if match else re.split(r"[\s>]", text[at + 1 :], maxsplit=1)[0]).lower()
    if name not in _PLAIN and name not in _OTHER:
        raise _error(f'Unsupported start tag "{name}" at byte offset {byte}')
    if match is None:
        raise _error(f"Unclosed start tag at byte offset {byte}")
    attributes = {
        key.lower(): _CHARACTER.sub(_unescaped, double or single or bare)
        for key, double, single, bare in _ATTRIBUTE.findall(match[2])
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _error(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
    opened.append(_Open(name, marked.length, attributes))
    return match.end()


def _end_tag(text: str, at: int, marked: Marked, opened: list[_Open]) -> int:
    byte = len(text[:at].encode())
    closing = text.find(">", at)
    if not opened:
        raise _error(f"Unexpected end tag at byte offset {byte}")
    if closing < 0:
        raise _error(f"Unclosed end tag at byte offset {byte}")
    last, name = opened.pop(), text[at + 2 : closing].strip().lower()
    if name and name != last.tag:
        raise _error(f'Unmatched end tag at byte offset {byte}, expected "</{last.tag}>", found "</{name}>"')
    _close(last, marked, opened)
    return closing + 1


def _close(last: _Open, marked: Marked, opened: list[_Open]) -> None:
    match last.tag:
        case "a":
            if entity := url_entity(last.attributes.get("href") or marked.since(last.start)):
                marked.entity(start=last.start, **entity)
        case "span":
            marked.entity("spoiler", last.start)
        case "blockquote":
            marked.entity("expandable_blockquote" if "expandable" in last.attributes else "blockquote", last.start)
        case "tg-emoji":
            identifier = last.attributes.get("emoji-id", "")
            if not identifier.isdecimal() or int(identifier) >= 2**63:
                raise _error("Invalid custom emoji identifier specified")
            marked.entity("custom_emoji", last.start, custom_emoji_id=identifier)
        case "code" if opened and opened[-1].tag == "pre" and opened[-1].start == last.start:
            language = last.attributes.get("class", "")
            if language.startswith("language-"):
                opened[-1].attributes["language"] = language.removeprefix("language-")
        case "pre" if "language" in last.attributes:
            marked.entity("pre", last.start, language=last.attributes["language"])
        case plain:
            marked.entity(_PLAIN[plain], last.start)


def _error(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")
