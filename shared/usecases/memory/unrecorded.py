"""What has left and does not stand in the sheet yet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from shared.shielded import shielded
from shared.usecases.memory.once import Once
from shared.usecases.memory.recent import KEPT

T = TypeVar("T")


class Unrecorded:
    """A message is not sent again because the write that notes it failed, and its event came once more.

    Kept without a limit of time: a column that the bot may not write stays protected for days, and its rows are edited
    meanwhile. Of the `KEPT` appeals that were sent something last.
    """

    def __init__(self) -> None:
        self._left: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._sending = Once()

    async def once(self, appeal: str, what: str, send: Callable[[], Awaitable[T]]) -> T:
        """Return what `send` gives; what it gave when it was called for this before and nothing was recorded since.

        A cancellation ends the waiting, not `send`: what it gives is kept, and the next caller waits for it.
        """
        return await shielded(self._sending.run(f"{appeal} {what}", lambda: self._once(appeal, what, send)))

    async def _once(self, appeal: str, what: str, send: Callable[[], Awaitable[T]]) -> T:
        left = self._left.get(appeal, {})
        given: T = left[what] if what in left else await send()
        self._keep(appeal, what, given)
        return given

    def put(self, appeal: str, what: str, value: str) -> None:
        """Remember a note of the row's state that could not be written."""
        self._keep(appeal, what, value)

    def get(self, appeal: str, what: str) -> Any:
        """Return what `send` gave, or None when nothing is waiting to be recorded."""
        return self._left.get(appeal, {}).get(what)

    def recorded(self, appeal: str, what: str) -> None:
        """Forget it: the row holds it now, or it may be sent again."""
        left = self._left.get(appeal, {})
        left.pop(what, None)
        if not left:
            self._left.pop(appeal, None)

    def newest(self, appeal: str, beginning: str) -> str:
        """Return the end of the newest name of the appeal that begins so, "" when there is none."""
        names = [what for what in self._left.get(appeal, {}) if what.startswith(beginning)]
        return names[-1].removeprefix(beginning) if names else ""

    def forget(self, appeal: str, beginning: str) -> None:
        """Forget everything of the appeal that begins so."""
        for what in [what for what in self._left.get(appeal, {}) if what.startswith(beginning)]:
            self.recorded(appeal, what)

    def _keep(self, appeal: str, what: str, value: object) -> None:
        self._left.setdefault(appeal, {})[what] = value
        self._left.move_to_end(appeal)
        while len(self._left) > KEPT:
            self._left.popitem(last=False)
