"""Paths of the REST API, the caller's token, and errors as JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.pubsub.broker import Broker
from playground.pubsub.errors import UNAUTHENTICATED, PubsubError, invalid
from playground.pubsub.methods import Call, Methods

Method = Callable[[Call], Awaitable[dict[str, object]]]

PARAMETERS = {"$alt", "alt", "prettyPrint", "$prettyPrint", "$.xgafv", "key", "quotaUser"}
VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
LISTING = {"pageSize", "pageToken"}


def app(broker: Broker) -> Starlette:
    """Everything below `/pubsub`."""
    methods = Methods(broker)
    topic, subscription = "topics/{topic}", "subscriptions/{subscription}"
    table: list[tuple[str, str, Method]] = [
        ("POST", f"{topic}:publish", methods.publish),
        ("PUT", topic, methods.create_topic),
        ("GET", topic, methods.get_topic),
        ("PATCH", topic, methods.update_topic),
        ("DELETE", topic, methods.delete_topic),
        ("GET", "topics", methods.list_topics),
        ("GET", f"{topic}/subscriptions", methods.list_topic_subscriptions),
        ("POST", f"{subscription}:pull", methods.pull),
        ("POST", f"{subscription}:acknowledge", methods.acknowledge),
        ("POST", f"{subscription}:modifyAckDeadline", methods.modify_ack_deadline),
        ("POST", f"{subscription}:modifyPushConfig", methods.modify_push_config),
        ("PUT", subscription, methods.create_subscription),
        ("GET", subscription, methods.get_subscription),
        ("PATCH", subscription, methods.update_subscription),
        ("DELETE", subscription, methods.delete_subscription),
        ("GET", "subscriptions", methods.list_subscriptions),
    ]
    routes = [
        Route(f"/v1/projects/{{project}}/{path}", _endpoint(method), methods=[verb]) for verb, path, method in table
    ]
    return Starlette(routes=[*routes, Route("/{path:path}", _unknown, methods=VERBS)])


def _endpoint(method: Method) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await method(await _call(request)))
        except PubsubError as error:
            return JSONResponse(error.body(), error.code)

    return answer


async def _call(request: Request) -> Call:
    if not _may_call(request.headers):
        raise PubsubError(401, UNAUTHENTICATED)
    listing = LISTING if request.method == "GET" else set()
    for name in request.query_params:
        if name not in PARAMETERS | listing:
            raise invalid(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message."
            )
    names: Mapping[str, str] = request.path_params
    project = names["project"]
    return Call(
        project=project,
        topic=f"projects/{project}/topics/{names['topic']}" if "topic" in names else "",
        subscription=f"projects/{project}/subscriptions/{names['subscription']}" if "subscription" in names else "",
        query=request.query_params,
        body=_json(await request.body()),
    )


def _may_call(headers: Headers) -> bool:
    """Any bearer token will do; Google's client may also come with AnonymousCredentials, as to its own emulator."""
    given = headers.get("authorization")
    if given is None:
        return "x-goog-api-client" in headers
    scheme, _, token = given.partition(" ")
    return scheme.lower() == "bearer" and bool(token.strip())


def _json(body: bytes) -> object:
    if not body.strip():
        return {}
    try:
        return json.loads(body)
    except ValueError:
        raise invalid("Invalid JSON payload received. Unexpected token.") from None


async def _unknown(request: Request) -> Response:
    path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
    error = PubsubError(404, f"The Pub/Sub emulator has no method {request.method} {path}.")
    return JSONResponse(error.body(), 404)
