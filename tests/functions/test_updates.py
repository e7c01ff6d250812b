"""One update at the webhook's route: who may post it, how long it may take, when it arrived."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain.appeals import Appeal
from tests import virtual_time
from tests.fakes import LOGO, FakeJournal, World
from tests.functions.webhook import SECRET, Webhook, said

TELEGRAM_GIVES_UP_S = 60


@pytest.mark.parametrize("given", ["", SECRET[0], SECRET[:-1], f"{SECRET}x", SECRET.upper()])
async def test_only_the_whole_secret_is_the_secret(given: str) -> None:
    """A beginning of it, one more character or another case: 401, and nothing is journaled."""
    world = World()
    answer = await Webhook(world).post(said(LOGO.question), secret=given)
    assert (answer.status_code, world.journal.rows) == (401, {})


async def test_the_secret_lets_an_update_in() -> None:
    """The same update with the whole secret is answered."""
    world = World()
    assert (await Webhook(world).post(said(LOGO.question))).status_code == 200
    assert world.messenger.to(501) == [LOGO.answer]


class Hanging(FakeJournal):
    """Sheets takes the call and never answers."""

    async def newest(self, chat: int) -> Appeal | None:
        await asyncio.Event().wait()
        raise AssertionError


def test_an_update_that_hangs_is_answered_before_telegram_gives_up() -> None:
    """503 with Retry-After, so that Telegram brings it again."""

    async def main() -> tuple[int, str | None, float]:
        answer = await Webhook(World(journal=Hanging())).post(said(LOGO.question))
        return answer.status_code, answer.headers.get("retry-after"), asyncio.get_running_loop().time()

    status, retry_after, seconds = virtual_time.run(main())
    assert (status, retry_after is not None) == (503, True)
    assert seconds < TELEGRAM_GIVES_UP_S


async def test_an_update_arrives_before_a_new_instance_has_started() -> None:
    """Recorded by another instance while this one started: the other one was at work on it, and answers."""
    world = World()
    await Webhook(world).post(said(LOGO.question))
    world.clock.advance(1)
    answer = await Webhook(world).post(said(LOGO.question), started_s_ago=1.5)
    assert (answer.status_code, answer.body) == (200, b"")
    assert world.messenger.to(501) == [LOGO.answer]


async def test_an_update_that_was_recorded_before_it_arrived_is_answered_again() -> None:
    """Nobody knows whether the instance that recorded it a second earlier sent the answer before it ended."""
    world = World()
    await Webhook(world).post(said(LOGO.question))
    world.clock.advance(1)
    await Webhook(world).post(said(LOGO.question))
    assert world.messenger.to(501) == [LOGO.answer] * 2
