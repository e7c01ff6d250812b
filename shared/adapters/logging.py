"""Logs: one JSON line per event, as Cloud Logging reads them. Personal data is masked here, whoever logs it."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Mapping
from typing import TextIO

_PHONE = re.compile(r"\+?\d[\d\s()./\-\u2010-\u2015]{8,}\d")
_BOT_TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")
_KEY = re.compile(r"\b(?:sk-|ya29\.|Bearer\s+)[\w.\-]+")
_PRIVATE = frozenset({"name", "phone", "code", "text", "question", "reply", "first_name", "init_data"})
_ID = re.compile(r"[\w-]{1,40}")
_QUOTED = re.compile(r"""["«\n]|\(\?s\)""")
_IDS = frozenset({"appeal", "update", "event_id"})


class JsonLog:
    def __init__(self, *, function: str, out: TextIO = sys.stdout) -> None:
        self._function = function
        self._out = out

    def info(self, event: str, **details: object) -> None:
        self._write("INFO", event, details)

    def warning(self, event: str, **details: object) -> None:
        self._write("WARNING", event, details)

    def error(self, event: str, **details: object) -> None:
        self._write("ERROR", event, details)

    def _write(self, severity: str, event: str, details: Mapping[str, object]) -> None:
        masked = {key: _masked(key, value) for key, value in details.items()}
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = {"severity": severity, "message": event, "function": self._function, "time": stamp, **masked}
        self._out.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._out.flush()


def _masked(key: str, value: object) -> object:
    if key in _PRIVATE:
        return f"<{len(str(value))}>"
    if isinstance(value, str) and not (key in _IDS and _ID.fullmatch(value)):
        return mask(value)
    return value


def gist(refusal: str) -> str:
    """What a service says of a request that it refuses, without what it quotes of it."""
    return _QUOTED.split(refusal, maxsplit=1)[0].strip()[:200]


def mask(text: str) -> str:
    """A text without bot tokens, keys and phones."""
    return _PHONE.sub("<phone>", _KEY.sub("<key>", _BOT_TOKEN.sub("<token>", text)))
