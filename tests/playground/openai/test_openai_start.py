"""Starting and stopping with the playground."""

from __future__ import annotations

import threading

from playground.kernel.emulator import Emulator, Kernel
from playground.openai import Bm25Retriever, OpenAIEmulator


class Watched(Bm25Retriever):
    """Remembers which thread loaded it."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded = threading.Event()
        self.thread: threading.Thread | None = None

    def load(self) -> None:
        self.thread = threading.current_thread()
        self.loaded.set()


async def test_the_model_is_loaded_beside_the_event_loop() -> None:
    """start() returns at once; the retriever is loaded in a thread of its own."""
    watched = Watched()
    emulator: Emulator = OpenAIEmulator(Kernel.fresh("http://playground"), api_key="k", retriever=watched)
    await emulator.start()
    assert watched.loaded.wait(5)
    assert watched.thread is not threading.current_thread()
    await emulator.stop()
