"""A circuit breaker: while a sheet waits for its repair, one attempt in a while is made, and no other call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from shared.adapters.sheets.calls.refusals import BookClosed
from shared.ports import NeedsRepair

PROBE_S = 15.0


@dataclass(slots=True)
class Attempt:
    """What the attempt wrote, set before it ends.

    `wrote`: something of a row. `wrote_to_book`: something that belongs to no row, which Google takes in any workbook
    that the bot may edit, whatever is wrong with its tabs.
    """

    wrote: bool
    wrote_to_book: bool = False


class Breaker:
    """Closed until an attempt raises NeedsRepair. Open, attempts raise it again, but for one caller's every PROBE_S.

    All attempts of that caller pass until one fails or PROBE_S are over: reading a row and writing it are two.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: seconds."""
        self._now = now
        self._failure: NeedsRepair | None = None
        self._failed_writing = False
        self._probe_at = 0.0
        self._probing: str | None = None

    @contextmanager
    def attempt(
        self, caller: str, *, writes: bool = False, only_reads: bool = False, of_book: bool = False
    ) -> Iterator[Attempt]:
        """Raises NeedsRepair without running the block when the breaker is open and it is not this caller's turn.

        A block that ends without an error closes the breaker; after a failed write it must have written, and what it
        wrote to no row ends BookClosed alone.
        `only_reads`: the caller will not write, so it takes no turn after a failed write.
        `of_book`: the attempt concerns no tab; it passes whoever's turn it is, unless the workbook is closed.
        """
        probes = self._failure is not None
        if self._failure and not self._may_pass(caller, only_reads=only_reads) and not (of_book and self._is_of_a_tab):
            raise NeedsRepair(str(self._failure), place=self._failure.place, problem=self._failure.problem)
        attempt = Attempt(wrote=writes)
        try:
            yield attempt
        except NeedsRepair as failure:
            self._open(failure, writing=writes)
            raise
        # what began before the failure proves nothing about it
        if probes and (attempt.wrote or not self._failed_writing or self._opens_book(attempt)):
            self._failure = None

    @property
    def _is_of_a_tab(self) -> bool:
        return not isinstance(self._failure, BookClosed)

    def _opens_book(self, attempt: Attempt) -> bool:
        return attempt.wrote_to_book and not self._is_of_a_tab

    def _may_pass(self, caller: str, *, only_reads: bool) -> bool:
        if self._now() >= self._probe_at and not (only_reads and self._failed_writing):
            self._probe_at, self._probing = self._now() + PROBE_S, caller
        return caller == self._probing

    def _open(self, failure: NeedsRepair, *, writing: bool) -> None:
        if self._failure is None:
            self._probe_at = self._now() + PROBE_S
        self._failure, self._failed_writing, self._probing = failure, writing, None
