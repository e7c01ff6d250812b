"""What an assistant is: the same for the fake and for the real one on the OpenAI emulator."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from playground.kernel.emulator import Kernel
from playground.kernel.server import free_port, serving
from playground.openai import OpenAIEmulator
from shared.adapters import assistant as real
from shared.domain.knowledge import Entry
from shared.ports import Action, Assistant
from tests.fakes import FakeAssistant, FakeLog

KEY = "sk-proj-" + "k" * 40
ENTRIES = (
    Entry(id="kb-1", question="Где взять логотип?", answer="Логотипы лежат в кабинете."),
    Entry(id="kb-2", question="Сколько делают рилс?", answer="Рилс готов за три рабочих дня."),
)


@dataclass
class OnEmulator:
    assistant: Assistant
    log: FakeLog
    url: str

    async def next(self, kind: str, times: int = 1) -> None:
        async with httpx2.AsyncClient(trust_env=False) as client:
            answer = await client.post(f"{self.url}/openai/control/next", json={"kind": kind, "times": times})
        assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    port = free_port()
    emulator = OpenAIEmulator(Kernel.fresh(f"http://127.0.0.1:{port}"), api_key=KEY)
    with serving(Starlette(routes=[Mount("/openai", app=emulator.app)]), port=port) as address:
        yield address


@pytest.fixture
async def emulated(url: str) -> AsyncIterator[OnEmulator]:
    log = FakeLog()
    made = real.OpenAIAssistant(partial(real.connect, KEY, f"{url}/openai/v1"), model="gpt-6-luna", log=log)
    yield OnEmulator(made, log, url)
    await made.close()


@pytest.fixture(params=["fake", "emulator"])
async def assistant(request: pytest.FixtureRequest, emulated: OnEmulator) -> Assistant:
    return FakeAssistant() if request.param == "fake" else emulated.assistant


async def ask(assistant: Assistant, question: str) -> tuple[Action, str, tuple[str, ...]]:
    verdict = await assistant.consider(question, chat=501, entries=ENTRIES, context=())
    return verdict.action, verdict.text, verdict.sources


async def test_a_known_question_is_answered_with_its_source(assistant: Assistant) -> None:
    """From the entries of the request, and nothing else."""
    assert await ask(assistant, "Где взять логотип?") == (Action.ANSWER, ENTRIES[0].answer, ("kb-1",))


async def test_an_unknown_question_has_no_source(assistant: Assistant) -> None:
    """Then the code offers a specialist."""
    action, _, sources = await ask(assistant, "Какая погода на Марсе в июле?")
    assert action is Action.ANSWER
    assert sources == ()


@pytest.mark.parametrize("kind", ["refusal", "incomplete", "quota", "bad_json"])
async def test_what_fails_is_a_verdict_to_escalate(emulated: OnEmulator, kind: str) -> None:
    """Never an exception, never a text of the model's; the reason is in the log."""
    await emulated.next(kind)
    action, text, _ = await ask(emulated.assistant, "Где взять логотип?")
    assert (action, text) == (Action.ESCALATE, "")
    assert [event for _, event, _ in emulated.log.lines] == ["assistant_failed"]


@pytest.mark.parametrize("kind", ["rate_limit", "overloaded"])
async def test_what_may_pass_is_tried_once_more(emulated: OnEmulator, kind: str) -> None:
    """One retry of a transient error, within the same time."""
    await emulated.next(kind)
    action, _, _ = await ask(emulated.assistant, "Где взять логотип?")
    assert action is Action.ANSWER


async def test_an_outage_is_not_retried_for_ever(emulated: OnEmulator) -> None:
    """Twice is enough: the partner waits."""
    await emulated.next("overloaded", times=2)
    action, _, _ = await ask(emulated.assistant, "Где взять логотип?")
    assert action is Action.ESCALATE
