"""The script project: its source, manifest, properties, triggers and quotas."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from playground.apps_script.fakes import AUTH, Fake, Method, ScriptError

FETCHES_A_DAY = 20_000
TRIGGERS = 20
MANIFEST_FIELDS = {"timeZone", "runtimeVersion", "exceptionLogging", "oauthScopes", "dependencies"}


class AuthMode(StrEnum):
    LIMITED = "LIMITED"
    """Simple triggers: nothing that needs a permission."""
    FULL = "FULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`scopes` is None where the manifest leaves them to Google, which then finds them in the code."""

    time_zone: str
    scopes: frozenset[str] | None

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """ValueError names a field that the engine does not know."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        if unknown := set(raw) - MANIFEST_FIELDS:
            raise ValueError(f"{path.name}: unknown field {', '.join(sorted(unknown))}")
        if raw.get("runtimeVersion") != "V8":
            raise ValueError(f"{path.name}: runtimeVersion is not V8")
        scopes = raw.get("oauthScopes")
        return cls(time_zone=raw["timeZone"], scopes=None if scopes is None else frozenset(scopes))

    def allows(self, scopes: tuple[str, ...]) -> bool:
        return not scopes or self.scopes is None or not self.scopes.isdisjoint(scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledTrigger:
    uid: str
    function: str
    event: str
    spreadsheet_id: str


@dataclass(slots=True, kw_only=True)
class Project:
    """What lives longer than one run of the script."""

    source: str
    manifest: Manifest
    properties: dict[str, str]
    urls: Mapping[str, str]
    triggers: list[InstalledTrigger] = field(default_factory=list)
    fetches: int = 0
    fetch_day: int = 0
    created: int = 0

    def defines(self, function: str) -> bool:
        return re.search(rf"^function {function}\s*\(", self.source, re.MULTILINE) is not None

    def add_trigger(self, function: str, event: str, spreadsheet_id: str) -> InstalledTrigger:
        if len(self.triggers) >= TRIGGERS:
            raise ScriptError(
                "This script has too many triggers. Triggers must be deleted from the script before more can be added."
            )
        self.created += 1
        trigger = InstalledTrigger(
            uid=str(7_000_000_000 + self.created), function=function, event=event, spreadsheet_id=spreadsheet_id
        )
        self.triggers.append(trigger)
        return trigger

    def count_fetch(self, now: float, *, limited: bool) -> None:
        """ScriptError once the day's fetches are used up; `now` in epoch seconds."""
        day = int(now // 86_400)
        if day != self.fetch_day:
            self.fetch_day, self.fetches = day, 0
        if limited and self.fetches >= FETCHES_A_DAY:
            raise ScriptError("Service invoked too many times for one day: urlfetch.")
        self.fetches += 1


def check_permission(fake: Fake, name: str, method: Method, mode: AuthMode, manifest: Manifest) -> None:
    """ScriptError in Google's words when this run may not call the method."""
    called = f"{fake.short_name}.{name}"
    scopes = tuple(f"{AUTH}{scope}" for scope in method.scopes)
    wanted = f"({' || '.join(scopes)})" if len(scopes) > 1 else "".join(scopes)
    required = f" Required permissions: {wanted}" if wanted else ""
    if mode is AuthMode.LIMITED and not method.in_simple_triggers:
        raise ScriptError(f"You do not have permission to call {called}.{required}")
    if mode is AuthMode.FULL and not manifest.allows(scopes):
        raise ScriptError(f"Specified permissions are not sufficient to call {called}.{required}")
