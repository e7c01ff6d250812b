"""A method in the body of a webhook's answer is carried out; its result goes nowhere."""

from __future__ import annotations

from playground.telegram.api import BotApi
from playground.telegram.errors import ApiError
from playground.telegram.schema.requests import RawCall, read_call
from playground.telegram.webhook.attempt import Outcome

_NOT_HERE = ("setwebhook", "deletewebhook", "close", "logout")


async def carry_out(api: BotApi, outcome: Outcome) -> str | None:
    """Returns what was wrong with a body that meant to be a method; refusals of the method are the API's to note."""
    if b"method" not in outcome.body:
        return None
    try:
        answer = read_call("", outcome.content_type, outcome.body)
    except ApiError as error:
        return error.description
    method = str(answer.typed.get("method", answer.text.get("method", "")))
    if not method:
        return None
    if method.lower() in _NOT_HERE or method.lower().startswith("get"):
        return f"{method} is not carried out from a webhook's answer"
    raw = RawCall(
        text={name: value for name, value in answer.text.items() if name != "method"},
        typed={name: value for name, value in answer.typed.items() if name != "method"},
        files=answer.files,
    )
    await api.call(method, raw, via="webhook answer")
    return None
