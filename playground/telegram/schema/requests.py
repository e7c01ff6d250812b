"""How a call arrives: query string, form, multipart or JSON, and the files that came with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from playground.telegram.errors import ApiError, bad_request

MOST_BYTES = 50 * 1024 * 1024
_PARAMETER = re.compile(r';\s*([\w*]+)=(?:"([^"]*)"|([^;\s]*))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a multipart call."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCall:
    """`text` holds parameters that came as strings (query, form), `typed` those of a JSON body."""

    text: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)


def read_call(query: str, content_type: str, body: bytes) -> RawCall:
    """Raises ApiError 400 for a body that cannot be read, 413 for one that is too big."""
    if len(body) > MOST_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    text = _pairs(query)
    kind = content_type.split(";", 1)[0].strip().lower()
    if not body:
        return RawCall(text=text)
    match kind:
        case "application/json":
            return RawCall(text=text, typed=_json_object(body))
        case "application/x-www-form-urlencoded":
            return RawCall(text=text | _pairs(body.decode("utf-8", "replace")))
        case "multipart/form-data":
            values, files = _multipart(content_type, body)
            return RawCall(text=text | values, files=files)
    raise bad_request(f"content type {kind or '(none)'} of a call is not understood")


def _pairs(encoded: str) -> dict[str, str]:
    return dict(parse_qsl(encoded, keep_blank_values=True))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("JSON object expected")
    return value


def _multipart(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if boundary is None:
        raise bad_request("boundary of a multipart body is missing")
    values: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:]:
        head, blank, content = part.partition(b"\r\n\r\n")
        said = _disposition(head.decode("utf-8", "replace"))
        if not blank or "name" not in said:
            continue
        filename = said.get("filename*", said.get("filename"))
        if filename is None:
            values[said["name"]] = content.decode("utf-8", "replace")
        else:
            files[said["name"]] = Upload(name=filename, content=content)
    return values, files


def _disposition(head: str) -> dict[str, str]:
    """Parameters of Content-Disposition; clients quote a file's name, or not, or spell it as RFC 5987 does."""
    line = re.search(r"content-disposition:(.*)", head, re.IGNORECASE)
    found = {key.lower(): quoted or bare for key, quoted, bare in _PARAMETER.findall(line[1] if line else "")}
    if "filename*" in found:
        found["filename*"] = unquote(found["filename*"].rpartition("'")[2])
    return found
