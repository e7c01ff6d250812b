"""People's calls over HTTP: JSON in and out, errors as `{"error"}`."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.people import User
from playground.telegram.initdata import init_data, shared_contact
from playground.telegram.people import acting, writing
from playground.telegram.people.body import PersonError, needed, number, read_body
from playground.telegram.people.seen import messages_seen, user_seen

Endpoint = Callable[[Account, Request], Awaitable[Any]]


def _user(account: Account, request: Request) -> User:
    user_id = number(request.path_params["user_id"], "user id")
    if user_id <= 0 or user_id == account.bot.id:
        raise PersonError(404, f"{user_id} is not a person")
    return account.world.user(user_id)


def _group(account: Account, request: Request) -> Chat:
    chat = account.world.chats.get(number(request.path_params["chat_id"], "chat id"))
    if chat is None or chat.user is not None:
        raise PersonError(404, f"there is no group {request.path_params['chat_id']}")
    return chat


async def _get_user(account: Account, request: Request) -> Any:
    return user_seen(account, _user(account, request))


async def _set_user(account: Account, request: Request) -> Any:
    user = _user(account, request)
    body = await read_body(request, ("first_name", "last_name", "username"))
    for name in body:
        setattr(user, name, needed(body, name, str))
    return user_seen(account, user)


async def _get_messages(account: Account, request: Request) -> Any:
    return messages_seen(account, account.world.private(_user(account, request)))


def _sent(messages: Sequence[Message]) -> Any:
    ids = [message.message_id for message in messages]
    return {"message_id": ids[0]} | ({"message_ids": ids} if len(ids) > 1 else {})


async def _write(account: Account, request: Request) -> Any:
    user = _user(account, request)
    body = await read_body(request, writing.MESSAGE_FIELDS)
    messages = writing.write(account, account.world.private(user), user, body)
    return _sent(messages)


async def _edit(account: Account, request: Request) -> Any:
    user = _user(account, request)
    body = await read_body(request, ("text", "caption"))
    message_id = number(request.path_params["message_id"], "message id")
    writing.edit(account, account.world.private(user), user, message_id, body)
    return {"message_id": message_id}


async def _delete(account: Account, request: Request) -> Any:
    message_id = number(request.path_params["message_id"], "message id")
    writing.delete(account.world.private(_user(account, request)), message_id)
    return {"message_id": message_id}


async def _press(account: Account, request: Request) -> Any:
    user = _user(account, request)
    body = await read_body(request, ("message_id", "data", "chat_id"))
    chat = account.world.chats.get(needed(body, "chat_id", int)) if "chat_id" in body else account.world.private(user)
    if chat is None:
        raise PersonError(404, f"there is no chat {body['chat_id']}")
    message_id, data = needed(body, "message_id", int), needed(body, "data", str)
    return {"callback_query_id": acting.press(account, chat, user, message_id, data).id}


async def _callback(account: Account, request: Request) -> Any:
    query = account.callbacks.by_id.get(request.path_params["query_id"])
    if query is None or query.user is not _user(account, request):
        raise PersonError(404, "there is no such callback query")
    return query.as_seen()


async def _react(account: Account, request: Request) -> Any:
    user = _user(account, request)
    body = await read_body(request, ("message_id", "emoji"))
    message_id = needed(body, "message_id", int)
    acting.react(account, account.world.private(user), user, message_id, body.get("emoji"))
    return {"message_id": message_id}


async def _block(account: Account, request: Request) -> Any:
    user = _user(account, request)
    acting.set_blocked(account, user, blocked=request.url.path.endswith("/block"))
    return {"blocked": user.blocked}


async def _init_data(account: Account, request: Request) -> Any:
    user, query = _user(account, request), request.query_params
    query_id = f"AA{account.chance.randbytes(16).hex()}"
    account.web_apps.opened[query_id] = user
    auth_date = account.now() - number(query.get("age_s") or "0", "age_s")
    signature = secrets.token_urlsafe(64)
    start = query.get("start_param", "")
    data = init_data(
        account.token, user, query_id=query_id, auth_date=auth_date, start_param=start, signature=signature
    )
    return {"init_data": data}


async def _contact(account: Account, request: Request) -> Any:
    phone = request.query_params.get("phone", "")
    if not phone:
        raise PersonError(400, "phone: a text is needed")
    return {"contact": shared_contact(account.token, _user(account, request), phone=phone, auth_date=account.now())}


async def _get_group(account: Account, request: Request) -> Any:
    return messages_seen(account, _group(account, request))


async def _write_group(account: Account, request: Request) -> Any:
    chat = _group(account, request)
    body = await read_body(request, ("from", *writing.MESSAGE_FIELDS))
    user = account.world.user(needed(body, "from", int))
    chat.members[user.id] = user
    messages = writing.write(account, chat, user, {name: value for name, value in body.items() if name != "from"})
    return _sent(messages)


_ROUTES: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/users/{user_id}", _get_user),
    ("POST", "/users/{user_id}", _set_user),
    ("GET", "/users/{user_id}/messages", _get_messages),
    ("POST", "/users/{user_id}/messages", _write),
    ("PATCH", "/users/{user_id}/messages/{message_id}", _edit),
    ("DELETE", "/users/{user_id}/messages/{message_id}", _delete),
    ("POST", "/users/{user_id}/callbacks", _press),
    ("GET", "/users/{user_id}/callbacks/{query_id}", _callback),
    ("POST", "/users/{user_id}/reactions", _react),
    ("POST", "/users/{user_id}/block", _block),
    ("POST", "/users/{user_id}/unblock", _block),
    ("GET", "/users/{user_id}/init-data", _init_data),
    ("GET", "/users/{user_id}/contact", _contact),
    ("GET", "/chats/{chat_id}/messages", _get_group),
    ("POST", "/chats/{chat_id}/messages", _write_group),
)


def people_routes(account: Callable[[], Account]) -> list[Route]:
    """`account` gives the account of the moment: a reset makes a new one."""

    def answering(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                return JSONResponse(await endpoint(account(), request))
            except PersonError as error:
                return JSONResponse({"error": str(error)}, error.status)

        return answer

    return [Route(path, answering(endpoint), methods=[method]) for method, path, endpoint in _ROUTES]
