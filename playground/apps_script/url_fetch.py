"""UrlFetchApp: a blocking call from the script's thread, to the emulator that stands for the host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

import httpx2

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import Fake, ScriptError, method
from playground.apps_script.utilities import Blob

PARAMETERS = {
    "contentType",
    "headers",
    "method",
    "payload",
    "muteHttpExceptions",
    "followRedirects",
    "validateHttpsCertificates",
}
LONGEST_URL = 2_082
FORM = "application/x-www-form-urlencoded"


class UrlFetchApp(Fake):
    google = "UrlFetchApp"
    scopes: ClassVar = ("script.external_request",)
    in_simple_triggers = False

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("fetch", ("String",), ("String", "Object"))
    def fetch(self, url: str, parameters: Mapping[str, object] | None = None) -> HTTPResponse:
        self._execution.check_wanted()
        kernel, project = self._execution.kernel, self._execution.project
        project.count_fetch(kernel.clock.now(), limited=kernel.settings.quotas)
        request = self._request(url, parameters or {})
        follow = bool((parameters or {}).get("followRedirects", True))
        try:
            answer = self._execution.client.send(request, follow_redirects=follow)
        except httpx2.TimeoutException:
            raise ScriptError(f"Timeout: {url}") from None
        except httpx2.HTTPError:
            raise ScriptError(f"Address unavailable: {url}") from None
        if answer.status_code >= 400 and not (parameters or {}).get("muteHttpExceptions"):
            raise ScriptError(
                f"Request failed for {origin(url)} returned code {answer.status_code}. Truncated server response: "
                f"{answer.text[:500]} (use muteHttpExceptions option to examine full response)"
            )
        return HTTPResponse(answer)

    def _request(self, url: str, parameters: Mapping[str, object]) -> httpx2.Request:
        if unknown := set(parameters) - PARAMETERS:
            raise ScriptError(f"Attribute provided with invalid value: {', '.join(sorted(unknown))}")
        if len(url) > LONGEST_URL:
            raise ScriptError(f"Limit Exceeded: URLFetch URL Length. {url[:100]}")
        headers = parameters.get("headers") or {}
        if not isinstance(headers, Mapping):
            raise ScriptError("Attribute provided with invalid value: headers")
        content, content_type = _content(parameters.get("payload"))
        verb = str(parameters.get("method") or ("post" if content is not None else "get")).upper()
        sent = {str(name): str(value) for name, value in headers.items()}
        if content is not None:
            sent["Content-Type"] = str(parameters.get("contentType") or content_type)
        return self._execution.client.build_request(verb, self._real(url), headers=sent, content=content)

    def _real(self, url: str) -> str:
        real = self._execution.project.urls.get(origin(url))
        if real is None:
            raise ScriptError(f"DNS error: {url}")
        return real + url.removeprefix(origin(url))


class HTTPResponse(Fake):
    google = "UrlFetchApp.HTTPResponse"

    def __init__(self, answer: httpx2.Response) -> None:
        self._answer = answer

    @method("getResponseCode")
    def code(self) -> int:
        return self._answer.status_code

    @method("getContentText", (), ("String",))
    def text(self, charset: str = "UTF-8") -> str:
        return self._answer.content.decode(charset, "replace")

    @method("getHeaders")
    def headers(self) -> dict[str, str]:
        return dict(self._answer.headers)


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _content(payload: object) -> tuple[bytes | None, str]:
    match payload:
        case None:
            return None, FORM
        case str():
            return payload.encode(), FORM
        case Blob():
            return payload.data, payload.kind
        case Mapping():
            return urlencode({str(name): str(value) for name, value in payload.items()}).encode(), FORM
        case _:
            raise ScriptError("Attribute provided with invalid value: payload")
