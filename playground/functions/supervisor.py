"""The functions of the playground by name: deployed, restarted, killed, spread over instances."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playground.functions.instance import FunctionStartError, Instance, Revision
from playground.functions.logs import FunctionLogs
from playground.functions.pool import Pool
from playground.functions.staging import stage
from playground.kernel.lifeline import Lifeline

STOP_GRACE_SECONDS = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionSource:
    """A function of the repository: `name` as deployed, `target` its entry point, `folder` holds its main.py."""

    name: str
    target: str
    folder: Path
    concurrency: int


class Supervisor:
    """`staged` is the folder for the staged copies; `scaled` names the function that runs as several instances.

    `environment` gives a function's settings by its name and the number of its instances.
    """

    def __init__(
        self,
        sources: Sequence[FunctionSource],
        *,
        shared: Path,
        requirements: Path,
        staged: Path,
        environment: Callable[[str, int], Mapping[str, str]],
        logs: FunctionLogs,
        lifeline: Lifeline,
        scaled: str,
    ) -> None:
        self.logs = logs
        self._sources = {source.name: source for source in sources}
        self._shared = shared
        self._requirements = requirements
        self._staged = staged
        self._environment = environment
        self._scaled = scaled
        self._lifeline = lifeline
        self._sockets = TemporaryDirectory(prefix="playground-", ignore_cleanup_errors=True)
        self._pools: dict[str, Pool] = {}

    @property
    def names(self) -> list[str]:
        return list(self._sources)

    def up(self) -> dict[str, bool]:
        """By function, whether all its instances run; a killed one is started by its next request."""
        return {name: pool.up for name, pool in self._pools.items()}

    def pool(self, name: str) -> Pool:
        """KeyError for a function that is not deployed."""
        return self._pools[name]

    async def acquire(self, name: str) -> Instance:
        """The instance for one request. Raises FunctionStartError."""
        if name not in self._pools:
            raise FunctionStartError(f"{name} is not deployed yet")
        return await self._pools[name].acquire()

    async def start(self, *, instances: int) -> None:
        """Returns when all functions serve. Raises FunctionStartError."""
        self._lifeline.folder(self._sockets.name)
        await self.deploy_all(instances=instances)

    async def deploy_all(self, *, instances: int) -> None:
        """Everything from the repository as it is now. Raises FunctionStartError."""
        for source in self._sources.values():
            self._stage(source)
        counts = {name: instances if name == self._scaled else 1 for name in self._sources}
        await asyncio.gather(*(self._deploy(name, number) for name, number in counts.items()))

    async def scale(self, instances: int) -> None:
        """The scaled function anew as so many instances, with the settings for that number."""
        await self._deploy(self._scaled, instances)

    async def restart(self, name: str) -> None:
        """The function anew, from the repository as it is now. KeyError, FunctionStartError."""
        await self.pool(name).restart(lambda: self._stage(self._sources[name]))

    async def kill(self, name: str) -> None:
        """KeyError for a function that is not deployed."""
        await self.pool(name).kill()

    async def kill_all(self) -> None:
        await asyncio.gather(*(pool.kill() for pool in self._pools.values()))

    async def stop(self) -> None:
        await asyncio.gather(*(pool.stop(STOP_GRACE_SECONDS) for pool in self._pools.values()))
        self._sockets.cleanup()

    async def _deploy(self, name: str, instances: int) -> None:
        source = self._sources[name]
        revision = Revision(
            name=name,
            target=source.target,
            folder=self._staged / name,
            environment=self._environment(name, instances),
            concurrency=source.concurrency,
            sockets=Path(self._sockets.name),
        )
        if name not in self._pools:
            self._pools[name] = Pool(revision, logs=self.logs, lifeline=self._lifeline)
        await self._pools[name].deploy(revision, instances)

    def _stage(self, source: FunctionSource) -> None:
        stage(source.folder, self._staged / source.name, shared=self._shared, requirements=self._requirements)
