"""The Mini App's API: what its JSON looks like. `docs/api.md` describes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence, Set

from shared.adapters.web import Fault, HttpError
from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.history import Author, Line
from shared.domain.identity import Identity, IdentityError, IdentityFault, identify, shared_phone
from shared.domain.promotions import Promotion

SCHEME = "tma "


def identity_of(authorization: str | None, *, bot_token: str, now: float) -> Identity:
    """Who sent the request: `Authorization: tma <initData>` and nothing else. HttpError 401 says what is wrong."""
    header = authorization or ""
    init_data = header[len(SCHEME) :].strip() if header[: len(SCHEME)].casefold() == SCHEME else ""
    try:
        return identify(init_data, bot_token=bot_token, now=now)
    except IdentityError as error:
        raise _unidentified(error.fault) from None


def shared_phone_of(signed: str, identity: Identity, *, bot_token: str, now: float) -> str:
    """The phone of a signed contact. HttpError 422 when it is forged, old, or somebody else's."""
    try:
        return shared_phone(signed, chat=identity.chat, bot_token=bot_token, now=now)
    except IdentityError:
        raise HttpError(422, Fault.INVALID, texts.INVALID_CONTACT, fields={"phone": texts.INVALID_CONTACT}) from None


def _unidentified(fault: IdentityFault) -> HttpError:
    error = HttpError(401, fault, texts.NOT_IDENTIFIED[fault.value])
    error.headers["WWW-Authenticate"] = "tma"
    return error


def promotions_json(promotions: Sequence[Promotion]) -> list[dict[str, object]]:
    return [
        {
            "id": promotion.id,
            "title": promotion.title,
            "description": promotion.description,
            "kind": promotion.kind,
            "status": promotion.status.value,
            "starts": promotion.starts.isoformat() if promotion.starts else None,
            "ends": promotion.ends.isoformat() if promotion.ends else None,
            "link": promotion.link or None,
            "image": promotion.image or None,
            "released": promotion.released.isoformat(),
        }
        for promotion in promotions
    ]


def appeals_json(appeals: Sequence[Appeal]) -> list[dict[str, object]]:
    return [
        {
            "id": appeal.id,
            "number": appeal.number,
            "status": appeal.shown_status,
            "updated": appeal.updated,
            "lines": _lines_json(appeal),
        }
        for appeal in appeals
    ]


def _lines_json(appeal: Appeal) -> list[dict[str, str]]:
    names = appeal.partner_names()
    return [
        {"at": line.at.isoformat(timespec="minutes"), "author": _role(line, names), "text": line.text}
        for line in appeal.lines
    ]


def _role(line: Line, partner_names: Set[str]) -> str:
    """Who speaks, for the page: a specialist's name stays in the sheet."""
    if line.author in partner_names:
        return "partner"
    roles: dict[str, str] = {Author.ASSISTANT: "assistant", Author.BOT: "bot"}
    return roles.get(line.author, "specialist")


def is_current(if_none_match: str | None, tag: str) -> bool:
    """`If-None-Match` lists tags and compares them weakly: a front end that compresses an answer marks its tag `W/`."""
    given = (part.strip().removeprefix("W/") for part in (if_none_match or "").split(","))
    return any(part in (tag, "*") for part in given)


def etag(content: object) -> str:
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return f'"{digest[:24]}"'
