"""People who rearrange the sheet while the bot writes into it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.testing import PlaygroundClient

SORTED_BY = ("C", "H", "A")
SORT_EVERY_S = 5.0


class SortingPeople:
    """Three people who sort the Appeals tab in turn, each by a column of their own, up and down."""

    def __init__(self, playground: PlaygroundClient, *, every_s: float = SORT_EVERY_S) -> None:
        self._people = PlaygroundClient(playground.base_url)
        self._every_s = every_s

    def __call__(self, over: threading.Event) -> None:
        turn = 0
        while not over.wait(self._every_s):
            column, descending = SORTED_BY[turn % len(SORTED_BY)], turn // len(SORTED_BY) % 2 == 1
            rows = len(self._people.view("appeals")) + 1
            wanted = {"range": f"Обращения!A2:Q{rows}", "column": column, "descending": descending}
            self._people.people("sort", {"spreadsheet": "appeals", **wanted})
            turn += 1
        self._people.http.close()


@contextmanager
def beside(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """`work` runs in a thread until the block ends, which sets its event."""
    over = threading.Event()
    worker = threading.Thread(target=work, args=(over,), daemon=True)
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join()
