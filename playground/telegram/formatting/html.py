"""Parse mode HTML (td/telegram/MessageEntity.cpp, parse_html)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playground.telegram.errors import ApiError, Json, bad_request, not_emulated
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
_BLANKS = " \t\r\n\v\0"
_NAME = re.compile(rf"<([^{_BLANKS}>]*)(?=[{_BLANKS}>])")
_KEY = re.compile(rf"[^{_BLANKS}>=/\"']+")
_TOKEN = re.compile("[A-Za-z0-9.-]+")
_AFTER_TOKEN = re.compile(rf"[{_BLANKS}>]")


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
    byte = _byte(text, at)
    named = _NAME.match(text, at)
    if named is None:
        raise _error(f"Unclosed start tag at byte offset {byte}")
    name = named[1].lower()
    if name == "tg-time":
        raise not_emulated("the tag <tg-time>")
    if name not in _PLAIN and name not in _OTHER:
        raise _error(f'Unsupported start tag "{name}" at byte offset {byte}')
    attributes, end = _attributes(text, named.end(), name, byte)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _error(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
    opened.append(_Open(name, marked.length, attributes))
    return end


def _attributes(text: str, at: int, tag: str, byte: int) -> tuple[dict[str, str], int]:
    """The attributes of a start tag, and where it ends; `byte` is where it begins."""
    attributes: dict[str, str] = {}
    while True:
        at = _skipped(text, at)
        if text.startswith(">", at):
            return attributes, at + 1
        key = _KEY.match(text, at)
        if key is None:
            raise _error(f'Empty attribute name in the tag "{tag}" at byte offset {byte}')
        at = _skipped(text, key.end())
        if text.startswith("=", at):
            attributes[key[0].lower()], at = _value(text, _skipped(text, at + 1), tag, byte)
        elif at < len(text):
            attributes[key[0].lower()] = ""
        else:
            raise _error(f'Unclosed start tag "{tag}" at byte offset {byte}')


def _value(text: str, at: int, tag: str, byte: int) -> tuple[str, int]:
    """The value of an attribute: quoted, or letters, digits, periods and hyphens."""
    if at == len(text):
        raise _error(f'Unclosed start tag "{tag}" at byte offset {byte}')
    if text[at] not in "\"'":
        token = _TOKEN.match(text, at)
        end = token.end() if token else at
        if end < len(text) and not _AFTER_TOKEN.match(text, end):
            raise _error(f"Unexpected end of name token at byte offset {_byte(text, at)}")
        value = text[at:end].lower()
    else:
        end = text.find(text[at], at + 1) + 1 or len(text)
        value = _CHARACTER.sub(_unescaped, text[at + 1 : end - 1])
    if end == len(text):
        raise _error(f"Unclosed start tag at byte offset {byte}")
    return value, end


def _skipped(text: str, at: int) -> int:
    """Where the blanks that begin here end."""
    return at + len(text[at:]) - len(text[at:].lstrip(_BLANKS))


def _byte(text: str, at: int) -> int:
    return len(text[:at].encode())


def _end_tag(text: str, at: int, marked: Marked, opened: list[_Open]) -> int:
    byte = _byte(text, at)
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
