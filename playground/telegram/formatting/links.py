"""Which links Telegram takes (td/telegram/LinkManager.cpp, td/utils/HttpUrl.cpp)."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

LOCAL_HOSTS = ("127.0.0.1", "localhost")
_MOST_PORT = 65_535
_SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
_HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=%-]|[^\x00-\x7f])+")
_USER = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=%:-]|[^\x00-\x7f])*")


class LinkError(ValueError):
    """Says why, as Telegram does after «is invalid: »."""


class _Address(NamedTuple):
    scheme: str
    user: str
    host: str
    port: str
    rest: str

    def __str__(self) -> str:
        user, port = f"{self.user}@" if self.user else "", f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}{self.rest}"


def check_link(url: str) -> str:
    """The link as Telegram keeps it (`example.com` → `http://example.com/`)."""
    scheme, separator, rest = url.strip().partition("://")
    if separator and scheme.lower() in ("tg", "ton", "tonsite"):
        return f"{scheme.lower()}://{rest}"
    address = _parsed(url.strip())
    if not set(address.host) & {".", "["} and address.host not in LOCAL_HOSTS:
        raise LinkError("Wrong HTTP URL")
    return str(address)


def checked_address(url: str) -> tuple[str, str]:
    """Return host and path of an HTTP address. LinkError says what is wrong with it."""
    address = _parsed(url)
    return address.host, re.split("[?#]", address.rest, maxsplit=1)[0]


def _parsed(url: str) -> _Address:
    scheme, rest = "http", url
    if named := _SCHEME.match(url):
        scheme, rest = named[1].lower(), url[named.end() :]
    if scheme not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    end = found.start() if (found := re.search("[/?#]", rest)) else len(rest)
    authority, query = rest[:end], re.sub(r"[\x00-\x20]", _percent, rest[end:].rstrip())
    owner, port = _port(authority)
    user, _, host = owner.rpartition("@")
    _check_host(host, user)
    return _Address(scheme, user, host.lower(), port, query if query.startswith("/") else f"/{query}")


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _port(authority: str) -> tuple[str, str]:
    """What stands before the port, and the port, empty when there is none."""
    colon = max(authority.rfind(mark) for mark in ":]@")
    if colon <= 0 or authority[colon] != ":":
        return authority, ""
    port = authority[colon + 1 :].lstrip("0")
    if not (port.isascii() and port.isdecimal() and int(port) <= _MOST_PORT):
        raise LinkError("Wrong port number specified in the URL")
    return authority[:colon], port


def _check_host(host: str, user: str) -> None:
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise LinkError("Wrong IPv6 address specified in the URL") from None
        return
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not _HOST.fullmatch(host):
        raise LinkError("Disallowed character in URL host")
    if not _USER.fullmatch(user):
        raise LinkError("Disallowed character in URL userinfo")


def check_web_app_link(url: str) -> str:
    """https only; the playground has no TLS, so its own address passes too."""
    if url.startswith("https://"):
        return check_link(url)
    if re.match(rf"http://(?:{'|'.join(map(re.escape, LOCAL_HOSTS))})(?:[:/?]|$)", url):
        return check_link(url)
    raise LinkError("Only HTTPS links are allowed")
