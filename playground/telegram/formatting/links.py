"""Which links Telegram takes (td/telegram/LinkManager.cpp)."""

from __future__ import annotations

import re

_HTTP_HOST = re.compile(r"(?:[^/@\s]*@)?(?P<host>[^/:?#\s]*)(?::\d{1,5})?(?P<rest>[/?#]\S*)?")
LOCAL_HOSTS = ("127.0.0.1", "localhost")


class LinkError(ValueError):
    """Says why, as Telegram does after «is invalid: »."""


def check_link(url: str) -> str:
    """The link as Telegram keeps it (`example.com` → `http://example.com/`)."""
    scheme, separator, rest = url.strip().partition("://")
    if not separator:
        scheme, rest = "http", url.strip()
    match scheme.lower():
        case "http" | "https" as scheme:
            return f"{scheme}://{_checked_rest(rest)}"
        case "tg" | "ton" | "tonsite":
            return f"{scheme}://{rest}"
    raise LinkError("Unsupported URL protocol")


def _checked_rest(rest: str) -> str:
    if not rest:
        raise LinkError("URL host is empty")
    match = _HTTP_HOST.fullmatch(rest)
    if match is None or ("." not in match["host"] and match["host"] not in LOCAL_HOSTS):
        raise LinkError("Wrong HTTP URL")
    return rest if match["rest"] else f"{rest}/"


def check_web_app_link(url: str) -> str:
    """https only; the playground has no TLS, so its own address passes too."""
    if url.startswith("https://"):
        return check_link(url)
    if re.match(rf"http://(?:{'|'.join(map(re.escape, LOCAL_HOSTS))})(?:[:/?]|$)", url):
        return check_link(url)
    raise LinkError("Only HTTPS links are allowed")
