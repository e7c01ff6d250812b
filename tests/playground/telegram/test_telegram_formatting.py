"""Parse modes and entities, as Telegram reads them."""

from __future__ import annotations

from typing import Any

import pytest

from playground.telegram.errors import ApiError
from playground.telegram.formatting import found, utf16
from playground.telegram.formatting.text import FormattedText, read_text


def _read(text: str, mode: str | None = None, entities: list[dict[str, Any]] | None = None) -> FormattedText:
    return read_text(text, mode, entities, lambda user_id: {"id": user_id} if user_id == 7 else None)


def _marks(formatted: FormattedText) -> list[tuple[str, str]]:
    return [(e["type"], utf16.part(formatted.text, e["offset"], e["length"])) for e in formatted.entities]


@pytest.mark.parametrize(
    ("mode", "text", "plain", "marks"),
    [
        ("HTML", "<b>a<i>😀б</i></b> &lt;в&gt; &#33;", "a😀б <в> !", [("bold", "a😀б"), ("italic", "😀б")]),
        ("html", '<a href="https://example.com/?a=1&amp;b=2">тут</a>', "тут", [("text_link", "тут")]),
        ("HTML", '<a href="tg://user?id=7">Иван</a>', "Иван", [("text_mention", "Иван")]),
        ("HTML", '<a href="nowhere">тут</a>', "тут", []),
        ("HTML", '<pre><code class="language-py">x = 1</code></pre>', "x = 1", [("pre", "x = 1")]),
        ("HTML", "<tg-spoiler>а</tg-spoiler><blockquote expandable>б</blockquote>", "аб",
         [("spoiler", "а"), ("expandable_blockquote", "б")]),
        ("HTML", "<code><b>x</b></code>", "x", [("code", "x")]),
        ("MarkdownV2", r"*жирно _и курсив_* \. ||тайна||", "жирно и курсив . тайна",
         [("bold", "жирно и курсив"), ("italic", "и курсив"), ("spoiler", "тайна")]),
        ("MarkdownV2", "__а__ ~б~ `*в*`", "а б *в*", [("underline", "а"), ("strikethrough", "б"), ("code", "*в*")]),
        ("MarkdownV2", r"[тут](https://example.com/a\)b)", "тут", [("text_link", "тут")]),
        ("MarkdownV2", "```py\nx=1```", "x=1", [("pre", "x=1")]),
        ("MarkdownV2", ">раз\n>два\nтри", "раз\nдва\nтри", [("blockquote", "раз\nдва")]),
        ("MarkdownV2", "*>abcd*", "abcd", [("blockquote", "abcd"), ("bold", "abcd")]),
        ("MarkdownV2", "*>abcd\n*", "abcd", [("blockquote", "abcd"), ("bold", "abcd")]),
        ("MarkdownV2", "*a\n>b\n>c\nd*", "a\nb\nc\nd", [("bold", "a\nb\nc\nd"), ("blockquote", "b\nc")]),
        ("MarkdownV2", "\r>a", "a", [("blockquote", "a")]),
        ("MarkdownV2", "а\n\r>б\nв", "а\nб\nв", [("blockquote", "б")]),
        ("MarkdownV2", ">а\n**>б", "а\nб", [("blockquote", "а"), ("blockquote", "б")]),
        ("MarkdownV2", ">`а\n>б`", "а\n>б", [("code", "а\n>б")]),
        ("MarkdownV2", ">а\r\n>б||\r\nв", "а\nб\nв", [("expandable_blockquote", "а\nб")]),
        ("MarkdownV2", ">а||тайна||||", "атайна", [("expandable_blockquote", "атайна"), ("spoiler", "тайна")]),
        ("MarkdownV2", "[](https://example.com)а", "а", []),
        ("MarkdownV2", "[тут]()", "тут", []),
        ("MarkdownV2", r"[example\.com]", "example.com", [("text_link", "example.com")]),
        ("HTML", '<a href="https://example.com"></a>а', "а", []),
        ("HTML", "<a href=example.com>тут</a> <b id=X.1-y>ж</b>", "тут ж", [("text_link", "тут"), ("bold", "ж")]),
        ("Markdown", "*жирно* _курсив_ `код` [тут](example.com) \\_", "жирно курсив код тут _",
         [("bold", "жирно"), ("italic", "курсив"), ("code", "код"), ("text_link", "тут")]),
        (None, "Звоните +7 912 345-67-89, /start или @bot_name", "Звоните +7 912 345-67-89, /start или @bot_name",
         [("phone_number", "+7 912 345-67-89"), ("bot_command", "/start"), ("mention", "@bot_name")]),
        (None, "  см. https://example.com/a?b=1. \n", "см. https://example.com/a?b=1.", [("url", "https://example.com/a?b=1")]),
        (None, "a\r\nb\u202ec", "a\nbc", []),
    ],
)  # fmt: skip
def test_text_and_marks(mode: str | None, text: str, plain: str, marks: list[tuple[str, str]]) -> None:
    """The text loses its marks, the entities say in UTF-16 units where they were."""
    formatted = _read(text, mode)
    assert (formatted.text, _marks(formatted)) == (plain, marks)


@pytest.mark.parametrize(
    ("mode", "text", "error"),
    [
        ("Markdown", "*unclosed", "Can't find end of the entity starting at byte offset 0"),
        ("Markdown", "цена_за_шт_", "Can't find end of the entity starting at byte offset 18"),
        ("MarkdownV2", "*unclosed", "Can't find end of Bold entity at byte offset 0"),
        ("MarkdownV2", "*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
        ("MarkdownV2", "hello.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", ">*b\n>c\nd*", "Can't find end of Bold entity at byte offset 1"),
        ("MarkdownV2", ">q||ew\n||a", "Can't find end of Spoiler entity at byte offset 2"),
        ("MarkdownV2", ">\n*a*>2", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("HTML", "я<i a = 190azAz-.,>x</i>", "Unexpected end of name token at byte offset 9"),
        ("HTML", "<a href=https://example.com>x</a>", "Unexpected end of name token at byte offset 8"),
        ("HTML", '<i a = "&lt;>x', "Unclosed start tag at byte offset 0"),
        ("HTML", "<i a = ", 'Unclosed start tag "i" at byte offset 0'),
        ("HTML", "<i =a>x</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("HTML", "<unknown", "Unclosed start tag at byte offset 0"),
        ("HTML", "<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("HTML", "цена < 5", 'Unsupported start tag "" at byte offset 9'),
        (
            "HTML",
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("HTML", '<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_marks_that_cannot_be_read(mode: str, text: str, error: str) -> None:
    """Telegram's words, with the byte at which the trouble begins."""
    with pytest.raises(ApiError) as refusal:
        _read(text, mode)
    assert refusal.value.description == f"Bad Request: can't parse entities: {error}"


def test_given_entities_stay_with_their_words() -> None:
    """Trimming and dropped characters move entities with the text."""
    formatted = _read(" \r\nа\r😀 б ", entities=[{"type": "bold", "offset": 5, "length": 2}])
    assert (formatted.text, _marks(formatted)) == ("а😀 б", [("bold", "😀")])


def test_what_telegram_finds_gives_way_to_what_is_given() -> None:
    """A link that was marked is not found a second time."""
    link = {"type": "text_link", "offset": 0, "length": 11, "url": "https://example.org"}
    assert _marks(_read("example.com и ya.ru", entities=[link])) == [("text_link", "example.com"), ("url", "ya.ru")]


@pytest.mark.parametrize("text", ["и/или", "5/6", "a@b", "цена 100$", "№ 00123", "C#", "8 912 345-67-89"])
def test_nothing_is_found_in_plain_words(text: str) -> None:
    """Words that merely look like commands, mentions or tags are words."""
    assert found.find(text) == []
