"""One playground for all end-to-end tests, back at its synthetic start before each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.testing import PlaygroundClient, running_playground


@pytest.fixture(scope="session")
def running() -> Iterator[PlaygroundClient]:
    with running_playground() as playground:
        yield playground


@pytest.fixture
def playground(running: PlaygroundClient) -> PlaygroundClient:
    running.control("POST", "reset")
    return running
