"""Signed links to rows."""

from __future__ import annotations

import hmac

import pytest

from shared.domain.row_links import is_signed, row_link

NEW, OLD = "new-secret-0123456789", "old-secret-0123456789"


def signature_of(link: str) -> str:
    return link.partition("?s=")[2]


def test_the_signature_is_the_ids_hmac_with_the_first_secret() -> None:
    """HMAC-SHA256 in hexadecimal: whoever has the secret can make one with any tool."""
    link = row_link("https://bot.example", "a501-12", (NEW, OLD))
    assert link == f"https://bot.example/r/a501-12?s={hmac.digest(NEW.encode(), b'a501-12', 'sha256').hex()}"


def test_while_secrets_are_exchanged_links_of_both_open() -> None:
    """The old secret signs nothing any more; without it, its links are dead."""
    before, now = row_link("", "a501-12", (OLD,)), row_link("", "a501-12", (NEW, OLD))
    assert is_signed("a501-12", signature_of(before), (NEW, OLD))
    assert is_signed("a501-12", signature_of(now), (NEW, OLD))
    assert not is_signed("a501-12", signature_of(before), (NEW,))


@pytest.mark.parametrize("given", ["", "0", "ы", "\ud83d", "A" * 64, "x" * 10_000])
def test_anything_else_is_no_signature(given: str) -> None:
    """Also the beginning of the right one, the right one in capitals, and that of another id."""
    right = signature_of(row_link("", "a501-12", (NEW,)))
    for wrong in (given, right[:-1], right + "0", right.upper(), signature_of(row_link("", "a501-13", (NEW,)))):
        assert not is_signed("a501-12", wrong, (NEW,))
