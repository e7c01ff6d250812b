"""What is wrong with the name of a file that the bot did not upload (td/telegram/files/FileManager.cpp)."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode

from playground.telegram.errors import ApiError, bad_request
from playground.telegram.formatting.links import LinkError, checked_address

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VERSIONS = (2, 3, 4)
_OWN = re.compile(r"AgAC[\w-]{64}")
"""A file_id as this emulator makes them: of another bot, or from before the last reset."""


def address_path(value: str) -> str:
    """Return the path of the HTTP address. ApiError 400: neither an address nor a file_id of the bot.

    As at Telegram, a value with a dot is an address. Addresses are not fetched; those of the reserved zone `.invalid`
    fail as an unreachable picture does.
    """
    if "." not in value:
        raise _unknown(value)
    try:
        host, path = checked_address(value)
    except LinkError as error:
        raise bad_request(f"invalid file HTTP URL specified: {error}") from None
    if host.endswith(".invalid"):
        raise bad_request("failed to get HTTP URL content")
    return path


def _unknown(file_id: str) -> ApiError:
    if not file_id:
        return bad_request("remote file identifier can't be empty")
    if _OWN.fullmatch(file_id):
        return bad_request("wrong file identifier/HTTP URL specified")
    return bad_request(f"wrong remote file identifier specified: {_misspelling(file_id)}")


def _misspelling(file_id: str) -> str:
    """Why td/utils/base64.cpp, or the reader of what it decoded, refuses the text."""
    bare = file_id.rstrip("=")
    padding = len(file_id) - len(bare)
    if padding >= 3:
        return "Wrong string padding"
    if padding and len(file_id) % 4:
        return "Wrong padding length"
    if len(bare) % 4 == 1:
        return "Wrong string length"
    if any(character not in _ALPHABET for character in bare):
        return "Wrong character in the string"
    spare = {0: 0, 2: 4, 3: 2}[len(bare) % 4]
    if bare and _ALPHABET.index(bare[-1]) % (1 << spare):
        return "Wrong padding in the string"
    decoded = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    return "can't unserialize it" + ("" if decoded[-1:] in map(_byte, _VERSIONS) else ". Wrong last symbol")


def _byte(number: int) -> bytes:
    return bytes([number])
