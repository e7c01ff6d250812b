"""Utilities: base64, dates, pauses. Bytes are signed numbers, as in Google's engine."""

from __future__ import annotations

import base64
import re
import uuid
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import EnumValue, Fake, ScriptError, method

CHARSET = "Utilities.Charset"
LONGEST_SLEEP_MS = 300_000
_FORMATS = {
    "yyyy": "%Y",
    "yy": "%y",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "mm": "%M",
    "ss": "%S",
    "Z": "%z",
}
_PART = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")


class Utilities(Fake):
    google = "Utilities"
    enums: ClassVar = {"Charset": ("US_ASCII", "UTF_8")}

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("base64Encode", ("String",), ("String", CHARSET), ("number[]",))
    def base64_encode(self, data: str | list[int], charset: EnumValue | None = None) -> str:
        return base64.b64encode(_bytes(data, charset)).decode()

    @method("base64EncodeWebSafe", ("String",), ("String", CHARSET), ("number[]",))
    def base64_encode_web_safe(self, data: str | list[int], charset: EnumValue | None = None) -> str:
        return base64.urlsafe_b64encode(_bytes(data, charset)).decode()

    @method("base64Decode", ("String",))
    def base64_decode(self, encoded: str) -> list[int]:
        try:
            return _signed(base64.b64decode(encoded, validate=True))
        except ValueError:
            raise ScriptError("Could not decode string.") from None

    @method("newBlob", ("String",), ("String", "String"), ("String", "String", "String"), ("number[]",))
    def new_blob(self, data: str | list[int], kind: str = "text/plain", name: str = "") -> Blob:
        return Blob(data.encode() if isinstance(data, str) else _bytes(data, None), kind, name)

    @method("formatDate", ("Date", "String", "String"))
    def format_date(self, date: datetime, zone: str, pattern: str) -> str:
        try:
            local = date.astimezone(ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError):
            raise ScriptError(f"Invalid argument: timeZone. Should be of type: String, got {zone}") from None
        return "".join(_formatted(local, part) for part in _PART.finditer(pattern))

    @method("sleep", ("number",))
    def sleep(self, milliseconds: float) -> None:
        if not 0 <= milliseconds <= LONGEST_SLEEP_MS:
            raise ScriptError("Invalid argument: milliseconds")
        self._execution.sleep(milliseconds / 1000)

    @method("getUuid")
    def new_uuid(self) -> str:
        return str(uuid.uuid4())


class Blob(Fake):
    google = "Utilities.Blob"

    def __init__(self, data: bytes, kind: str, name: str) -> None:
        self.data = data
        self.kind = kind
        self._name = name

    @method("getBytes")
    def get_bytes(self) -> list[int]:
        return _signed(self.data)

    @method("getDataAsString", (), ("String",))
    def text(self, charset: str = "UTF-8") -> str:
        return self.data.decode(charset, "replace")

    @method("getContentType")
    def content_type(self) -> str:
        return self.kind

    @method("getName")
    def name(self) -> str | None:
        return self._name or None


def _bytes(data: str | list[int], charset: EnumValue | None) -> bytes:
    if isinstance(data, list):
        return bytes(int(number) & 0xFF for number in data)
    if charset is not None and charset.name == "UTF_8":
        return data.encode()
    # Without a charset Google is said to lose what is not ASCII; the worse case is taken.
    return data.encode("ascii", "replace")


def _signed(data: bytes) -> list[int]:
    return [byte - 256 if byte > 127 else byte for byte in data]


def _formatted(date: datetime, part: re.Match[str]) -> str:
    if part[1] is not None:
        return part[1] or "'"
    if part[2] is None:
        return part[0]
    if part[0] == "SSS":
        return f"{date.microsecond // 1000:03}"
    if part[0] not in _FORMATS:
        raise ScriptError(f"The playground does not know the date pattern {part[0]}.")
    return date.strftime(_FORMATS[part[0]])
