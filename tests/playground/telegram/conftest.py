from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.playground.telegram.telegram_world import World, in_process, served


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """The emulator without sockets."""
    async with in_process() as world:
        yield world


@pytest.fixture
async def started(world: World) -> World:
    """The same, and its partner has written once."""
    await world.says("Здравствуйте")
    return world


@pytest.fixture
async def online() -> AsyncIterator[World]:
    """The emulator over HTTP; its partner has written once, the bot has no webhook yet."""
    async with served() as world:
        await world.says("Здравствуйте")
        yield world
