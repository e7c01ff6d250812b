"""Time for the functions. In the playground a file holds how far a person moved it."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo


class SystemClock:
    def __init__(self, time_zone: str) -> None:
        self._zone = ZoneInfo(time_zone)

    def now(self) -> float:
        return time.time()

    def local(self) -> datetime:
        return datetime.fromtimestamp(self.now(), self._zone).replace(tzinfo=None)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def timestamp(self, local: datetime) -> float:
        return local.replace(tzinfo=self._zone, fold=1).timestamp()


class PlaygroundClock(SystemClock):
    def __init__(self, time_zone: str, offset_file: Path) -> None:
        super().__init__(time_zone)
        self._file = offset_file

    def now(self) -> float:
        return time.time() + float(self._file.read_text())
