"""The emulator: HTTP in front, the event log and the counters behind."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from playground.kernel.emulator import Kernel
from playground.openai import errors
from playground.openai.answer import Answer, answer
from playground.openai.embedding import best_available
from playground.openai.errors import ApiError
from playground.openai.keys import is_good
from playground.openai.knowledge import UnreadableKnowledgeError
from playground.openai.models import MODELS, as_json
from playground.openai.request import Request, parse
from playground.openai.response import Responses
from playground.openai.retrieval import Retriever
from playground.openai.script import Script, Scripted, error_of
from playground.openai.stream import as_sse, events

NOT_SERVED = ("/v1/responses/input_tokens", "/v1/responses/compact")
"""Methods of the Responses API that are known and not emulated."""
EVENT_STREAM = "text/event-stream; charset=utf-8"


class OpenAIEmulator:
    """Serves `/v1/…` and `/control/next`; satisfies `playground.kernel.emulator.Emulator`."""

    def __init__(
        self,
        kernel: Kernel,
        *,
        api_key: str,
        retriever: Retriever | None = None,
        chance: random.Random | None = None,
    ) -> None:
        """`retriever`: by meaning where the encoder is installed, else by words. `chance`: ids and padding."""
        self._kernel = kernel
        self._key = api_key
        self._retriever = retriever or best_available()
        self._chance = chance or random.Random()
        self._responses = Responses(self._chance)
        self._stored: dict[str, dict[str, Any]] = {}
        self._script = Script()
        self._tokens: Counter[str] = Counter()
        self._errors: Counter[int] = Counter()
        self._calls = 0
        # One thread: an embedding keeps a core busy, and retrievers are called from one thread at a time.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="openai-emulator")
        self._app = Starlette(
            routes=[
                Route("/v1/responses", self._create, methods=["POST"]),
                *(Route(path, self._not_served, methods=["POST"]) for path in NOT_SERVED),
                Route("/v1/responses/{id}", self._stored_response, methods=["GET", "DELETE"]),
                Route("/v1/models", self._models, methods=["GET"]),
                Route("/v1/models/{id}", self._model, methods=["GET"]),
                Route("/control/next", self._next, methods=["POST"]),
            ],
            exception_handlers={ApiError: self._failed, HTTPException: self._no_route},
        )

    @property
    def app(self) -> ASGIApp:
        return self._app

    def error_body(self, status: int) -> bytes:
        return errors.of_status(status).body()

    def stats(self) -> dict[str, object]:
        """`{"calls", "input_tokens", "output_tokens", "errors": {status: n}}`; calls are those of /v1/responses."""
        return {
            "calls": self._calls,
            "input_tokens": self._tokens["input"],
            "output_tokens": self._tokens["output"],
            "errors": {str(status): number for status, number in sorted(self._errors.items())},
        }

    def reset_stats(self) -> None:
        self._calls = 0
        self._tokens.clear()
        self._errors.clear()

    def clear(self) -> None:
        """Forget stored responses, the prompt cache and what was scripted."""
        self._stored.clear()
        self._responses.clear()
        self._script.clear()

    async def start(self) -> None:
        """The model begins to load; a first question waits for it."""
        self._thread.submit(self._retriever.load)

    async def stop(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _create(self, http: HttpRequest) -> Response:
        self._authorise(http)
        self._calls += 1
        request = parse(await _json(http), stored=self._stored.__contains__)
        http.state.model = request.model.name
        scripted = self._script.next()
        if scripted and (error := error_of(scripted, request.model.name)):
            raise error
        started = self._kernel.clock.now()
        said = await self._said(request, scripted)
        now = self._kernel.clock.now()
        response, usage = self._responses.of(request, said, now=now)
        self._tokens += Counter({"input": usage.input, "output": usage.output})
        if request.store:
            self._stored[response["id"]] = response
        milliseconds = round((now - started) * 1000)
        self._record(model=request.model.name, action=said.action, ms=milliseconds, status=200)
        headers = self._headers(milliseconds)
        if request.stream:
            return StreamingResponse(self._sse(response, request), media_type=EVENT_STREAM, headers=headers)
        return JSONResponse(response, headers=headers)

    async def _said(self, request: Request, scripted: Scripted | None) -> Answer:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, answer, request, self._retriever, scripted)
        except UnreadableKnowledgeError as error:
            raise errors.not_emulated(f"a <knowledge> block without entries: {error}") from None
        except (LookupError, RecursionError) as error:
            raise errors.not_emulated(f"this schema: {error}", "text.format.schema") from None

    async def _sse(self, response: dict[str, Any], request: Request) -> AsyncIterator[bytes]:
        for event in events(response, obfuscated=request.obfuscated, chance=self._chance):
            yield as_sse(event)

    async def _stored_response(self, http: HttpRequest) -> Response:
        self._authorise(http)
        if http.query_params:
            raise errors.not_emulated(f"the query '{http.url.query}' of a stored response")
        name = http.path_params["id"]
        if name not in self._stored:
            raise ApiError(404, f"Response with id '{name}' not found.")
        if http.method == "DELETE":
            del self._stored[name]
            return JSONResponse({"id": name, "object": "response", "deleted": True})
        return JSONResponse(self._stored[name])

    async def _not_served(self, http: HttpRequest) -> Response:
        self._authorise(http)
        raise errors.not_emulated(f"{http.method} {_path(http)}")

    async def _models(self, http: HttpRequest) -> Response:
        self._authorise(http)
        return JSONResponse({"object": "list", "data": [as_json(model) for model in MODELS.values()]})

    async def _model(self, http: HttpRequest) -> Response:
        self._authorise(http)
        model = MODELS.get(http.path_params["id"])
        if model is None:
            raise errors.unknown_model(http.path_params["id"])
        return JSONResponse(as_json(model))

    async def _next(self, http: HttpRequest) -> Response:
        waiting = self._script.add(await _json(http))
        return JSONResponse({"waiting": waiting})

    def _authorise(self, http: HttpRequest) -> None:
        scheme, _, given = http.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not is_good(given, self._key):
            raise errors.wrong_key(given)

    async def _failed(self, http: HttpRequest, error: Exception) -> Response:
        if not isinstance(error, ApiError):
            raise error
        self._errors[error.status] += 1
        model = getattr(http.state, "model", None)
        self._record(model=model, action=error.code, ms=0, status=error.status, message=error.message)
        headers = self._headers(0) | error.headers
        return Response(error.body(), error.status, headers=headers, media_type="application/json")

    async def _no_route(self, http: HttpRequest, error: Exception) -> Response:
        path = _path(http)
        if isinstance(error, HTTPException) and error.status_code == 405:
            hint = "(HINT: Perhaps you meant to use a different HTTP method?)"
            message = f"Not allowed to {http.method} on {path}. {hint}"
            return await self._failed(http, ApiError(405, message, code="method_not_supported"))
        return await self._failed(http, errors.no_such_endpoint(http.method, path))

    def _record(self, **details: object) -> None:
        self._kernel.events.record("openai", "responses", **details)

    def _headers(self, milliseconds: int) -> dict[str, str]:
        return {
            "x-request-id": self._responses.id("req"),
            "openai-version": "2020-10-01",
            "openai-processing-ms": str(milliseconds),
        }


def _path(http: HttpRequest) -> str:
    """The path below the emulator's prefix."""
    return str(http.scope["path"]).removeprefix(http.scope.get("root_path", ""))


async def _json(http: HttpRequest) -> Any:
    try:
        return json.loads(await http.body())
    except ValueError:
        raise errors.unreadable_body() from None
