"""Who said what, as the model reads it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from shared.adapters.assistant import OpenAIAssistant
from shared.domain.status import Status
from tests.fakes import FakeLog
from tests.usecases.chat import Chat


class Client:
    """An OpenAI client that keeps the request and answers nothing usable."""

    def __init__(self) -> None:
        self.responses = self
        self.asked: list[dict[str, Any]] = []

    async def create(self, **request: Any) -> Any:
        self.asked.append(request)
        return SimpleNamespace(status="failed")


async def test_a_specialists_line_is_not_the_partners() -> None:
    """Each line has its author's role, also under the owner's name; names do not leave."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    await chat.person(reply="Сделаем в мае")
    chat.world.journal.person_sets(appeal.id, status=Status.ANSWERED)
    client: Any = Client()
    chat.world.assistant = OpenAIAssistant(lambda: client, model="m", log=FakeLog())  # type: ignore[assignment]
    await chat.say("А в июне?")
    said = [(item["role"], item["content"]) for item in client.asked[0]["input"]]
    assert said == [
        ("user", "Позовите менеджера"),
        ("assistant", "Специалист: Сделаем в мае"),
        ("user", "А в июне?"),
    ]
