"""The switches of `PUT /control/settings`; emulators read them at the moment of use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(slots=True)
class PubsubSettings:
    duplicate: bool = False
    delay_ms: int = 0
    reorder: bool = False


@dataclass(slots=True)
class Settings:
    quotas: bool = True
    telegram_limits: bool = True
    apps_script: bool = True
    guard_skips_filtered_rows: bool = False
    openai_latency_ms: int = 0
    sheets_latency_ms: int = 0
    max_connections: int = 40
    instances: int = 1
    pubsub: PubsubSettings = field(default_factory=PubsubSettings)

    def change(self, named: Mapping[str, object]) -> None:
        """Change the named fields. ValueError names a field or a type that is not known; nothing is changed then."""
        wanted = [_checked(self, name, value) for name, value in named.items()]
        for owner, name, value in (item for group in wanted for item in group):
            setattr(owner, name, value)

    def reset(self) -> None:
        fresh = Settings()
        for f in fields(self):
            setattr(self, f.name, getattr(fresh, f.name))

    def as_json(self) -> dict[str, object]:
        plain: dict[str, object] = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "pubsub"}
        plain["pubsub"] = {f.name: getattr(self.pubsub, f.name) for f in fields(self.pubsub)}
        return plain


def _checked(owner: object, name: str, value: object) -> list[tuple[object, str, object]]:
    current = getattr(owner, name, None)
    if current is None or name.startswith("_") or callable(current):
        raise ValueError(f"unknown setting: {name}")
    if isinstance(current, PubsubSettings):
        if not isinstance(value, Mapping):
            raise ValueError(f"{name}: an object is needed")
        return [item for key, inner in value.items() for item in _checked(current, str(key), inner)]
    if isinstance(value, float) and value.is_integer() and not isinstance(current, bool):
        value = int(value)
    if type(value) is not type(current):
        raise ValueError(f"{name}: {type(current).__name__} is needed, got {value!r}")
    return [(owner, name, value)]
