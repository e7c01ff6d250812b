"""What the functions print, as Cloud Logging would show it."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from itertools import count

from playground.kernel.clock import Clock

KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    seq: int
    at: float
    function: str
    instance: str
    fields: dict[str, object]

    def as_json(self) -> dict[str, object]:
        where = {"seq": self.seq, "at": self.at, "function": self.function, "instance": self.instance}
        return self.fields | where

    @property
    def text(self) -> str:
        return str(self.fields["text"]) if "text" in self.fields else json.dumps(self.fields, ensure_ascii=False)


class FunctionLogs:
    """The newest lines of all functions, each with a growing `seq`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: deque[LogLine] = deque(maxlen=KEPT)
        self._seq = count(1)

    def add(self, function: str, instance: str, line: str) -> None:
        """A JSON object is kept as its fields; anything else (a traceback) as `{"text": line}`."""
        self._lines.append(
            LogLine(
                seq=next(self._seq),
                at=self._clock.now(),
                function=function,
                instance=instance,
                fields=_parsed(line),
            )
        )

    def since(self, since: float = 0, function: str | None = None) -> list[LogLine]:
        """Lines after a `seq`, or, from 1e9 on, after a moment in epoch seconds."""
        by_time = since >= 1e9
        return [
            line
            for line in self._lines
            if (line.at if by_time else line.seq) > since and (function is None or line.function == function)
        ]

    def tail(self, instance: str, lines: int = 15) -> str:
        """What an instance printed last."""
        return "\n".join([line.text for line in self._lines if line.instance == instance][-lines:])

    def clear(self) -> None:
        self._lines.clear()


def _parsed(line: str) -> dict[str, object]:
    if line.startswith("{"):
        try:
            fields = json.loads(line)
        except ValueError:
            return {"text": line}
        if isinstance(fields, dict):
            return fields
    return {"text": line}
