"""Public: Telegram's webhook, the Mini App's API, the links to rows, health."""

from __future__ import annotations

import time
from typing import Any

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from shared.adapters import miniapp, web
from shared.adapters.telegram.calls import as_call
from shared.adapters.telegram.updates import parse_update
from shared.adapters.web import Fault, HttpError
from shared.domain import ids, texts
from shared.domain.access import Partner
from shared.domain.identity import Identity
from shared.domain.row_links import is_signed
from shared.serving import Function, within
from shared.usecases import login as logins
from shared.usecases.greet import greet
from shared.usecases.list_promotions import list_promotions
from shared.usecases.receive import receive
from shared.wiring import Wired

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
DEADLINE_S = 58.0
"""Telegram gives up after 60 s. An update has less from its arrival, then its partner is told (usecases/receive.py)."""
PERSON_S = 25.0
"""So long a person looks at a page that loads."""
_function = Function("telegram-webhook")


@functions_framework.aio.http
async def telegram_webhook(request: Request) -> Response:
    request.state.entered = time.monotonic()
    return await _function.serve(request, _routed, deadline_s=DEADLINE_S)


async def _routed(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "POST", "/telegram":
            return await _update(wired, request)
        case _, "/telegram":
            raise web.wrong_method("POST")
        case _, path if path.startswith("/api/"):
            response = await within(wired, request, _api, deadline_s=PERSON_S)
            return web.allow_origin(response, web.origin_of(wired.settings.web_app_url))
        case "GET" | "HEAD", path if path.startswith("/r/"):
            return await within(wired, request, _row_link, deadline_s=PERSON_S)
        case _, path if path.startswith("/r/"):
            raise web.wrong_method("GET")
        case _:
            raise web.not_found()


async def _api(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "OPTIONS", _:
            return Response(status_code=204)
        case "POST", "/api/auth":
            return await _auth(wired, request)
        case "GET", "/api/me":
            return await _me(wired, request)
        case "GET", "/api/promotions":
            return await _promotions(wired, request)
        case "GET", "/api/appeals":
            return await _appeals(wired, request)
        case _, "/api/auth":
            raise web.wrong_method("POST")
        case _, "/api/me" | "/api/promotions" | "/api/appeals":
            raise web.wrong_method("GET")
        case _:
            raise web.not_found()


async def _update(wired: Wired, request: Request) -> Response:
    if not web.same_secret(request.headers.get(SECRET_HEADER), wired.settings.webhook_secret):
        raise HttpError(401, Fault.SECRET, texts.NOT_FOUND_PATH)
    try:
        incoming = parse_update(await web.read_json(request), _arrived(wired, request))
    except ValueError:
        raise HttpError(400, Fault.BAD_UPDATE, texts.BAD_JSON) from None
    answer = await receive(wired.outside, wired.memory, incoming)
    return JSONResponse(as_call(answer)) if answer else Response(status_code=200)


def _arrived(wired: Wired, request: Request) -> float:
    """Before this function's world was built, which takes the first request a second."""
    return wired.outside.clock.now() - (time.monotonic() - float(request.state.entered))


async def _auth(wired: Wired, request: Request) -> Response:
    identity = _identity(wired, request)
    body = await web.read_json(request)
    if not isinstance(body, dict):
        raise HttpError(400, Fault.BAD_JSON, texts.BAD_JSON)
    code = web.typed(body, "code")
    phone = _shared_phone(wired, identity, body) if "contact" in body else web.typed(body, "phone")
    match await logins.login(wired.outside, wired.memory, chat=identity.chat, code=code, phone=phone):
        case logins.LoggedIn(partner=partner):
            wired.memory.spoken.note(identity.chat)
            await greet(wired.outside, identity.chat, partner)
            return JSONResponse({"authorised": True, "name": partner.name})
        case logins.NotFound() as wrong:
            raise HttpError(404, Fault.NOT_FOUND, await logins.refusal(wired.outside, wrong))
        case logins.Taken() as taken:
            raise HttpError(409, Fault.TAKEN, await logins.refusal(wired.outside, taken))
        case logins.Invalid(fields=fields):
            raise HttpError(422, Fault.INVALID, next(iter(fields.values())), fields=fields)
        case logins.Paused() as paused:
            error = HttpError(429, Fault.PAUSED, await logins.refusal(wired.outside, paused))
            error.headers["Retry-After"] = str(max(1, round(paused.seconds)))
            raise error


def _shared_phone(wired: Wired, identity: Identity, body: dict[str, Any]) -> str:
    now = wired.outside.clock.now()
    signed = web.typed(body, "contact")
    return miniapp.shared_phone_of(signed, identity, bot_token=wired.settings.telegram_token, now=now)


async def _me(wired: Wired, request: Request) -> Response:
    partner = await wired.outside.directory.partner_of(_identity(wired, request).chat)
    content: dict[str, Any] = {"authorised": partner is not None}
    if partner:
        content["name"] = partner.name
    return JSONResponse(content)


async def _promotions(wired: Wired, request: Request) -> Response:
    await _authorised(wired, request)
    content = {"promotions": miniapp.promotions_json(await list_promotions(wired.outside))}
    tag = miniapp.etag(content)
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300"}
    if miniapp.is_current(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return JSONResponse(content, headers=headers)


async def _appeals(wired: Wired, request: Request) -> Response:
    identity, _ = await _authorised(wired, request)
    appeals = await wired.outside.journal.all_of(identity.chat)
    return JSONResponse({"appeals": miniapp.appeals_json(appeals)}, headers={"Cache-Control": "no-store"})


async def _row_link(wired: Wired, request: Request) -> Response:
    """Shows nothing of the appeal: who may not open the sheet sees Google's own refusal."""
    appeal_id = request.url.path.removeprefix("/r/")
    if not is_signed(appeal_id, request.query_params.get("s", ""), wired.settings.link_secrets):
        return web.line_for_person(404, texts.ROW_LINK_UNSIGNED)
    address = await wired.outside.journal.link(appeal_id) if ids.chat_of(appeal_id) is not None else None
    if address is None:
        return web.line_for_person(404, texts.ROW_LINK_GONE)
    return RedirectResponse(address, 302, headers=web.OF_ROW_LINKS)


async def _authorised(wired: Wired, request: Request) -> tuple[Identity, Partner]:
    identity = _identity(wired, request)
    partner = await wired.outside.directory.partner_of(identity.chat)
    if partner is None:
        raise HttpError(403, Fault.NOT_AUTHORISED, texts.NOT_AUTHORISED)
    return identity, partner


def _identity(wired: Wired, request: Request) -> Identity:
    header = request.headers.get("authorization")
    return miniapp.identity_of(header, bot_token=wired.settings.telegram_token, now=wired.outside.clock.now())
