"""The models that exist in the playground, and what each of them takes.

A constant, not a pattern: a misspelt or withdrawn model must fail here as it fails at OpenAI. These are the
text models that answer on the Responses API in November 2026 (the `openai` package's list without the shut-down
ones; the gpt-5 family ends on 2026-12-11, 4o and 4.1 on 2027-01-14).
"""

from __future__ import annotations

from dataclasses import dataclass

LADDER = ("none", "minimal", "low", "medium", "high", "xhigh", "max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`efforts` is empty for a model that does not reason."""

    name: str
    efforts: tuple[str, ...]

    @property
    def reasons(self) -> bool:
        return bool(self.efforts)


_BEFORE_NONE = ("minimal", "low", "medium", "high")
_TO_HIGH = ("none", "low", "medium", "high")
_TO_XHIGH = (*_TO_HIGH, "xhigh")
_TO_MAX = (*_TO_XHIGH, "max")
_EFFORTS: dict[tuple[str, ...], tuple[str, ...]] = {
    _TO_MAX: (
        *("gpt-6-astra", "gpt-6.2-astra", "gpt-6.1-sol", "gpt-6.2-sol", "gpt-6.1-terra", "gpt-6-sol", "gpt-6-luna"),
        *("gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna"),
    ),
    _TO_XHIGH: (
        *("gpt-5.5", "gpt-5.5-2026-04-23", "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-mini-2026-03-17", "gpt-5.4-nano"),
        *("gpt-5.4-nano-2026-03-17", "gpt-5.2", "gpt-5.2-2025-12-11"),
    ),
    _TO_HIGH: ("gpt-5.1", "gpt-5.1-2025-11-13", "gpt-5.1-mini"),
    _BEFORE_NONE: (
        *("gpt-5", "gpt-5-2025-08-07", "gpt-5-mini", "gpt-5-mini-2025-08-07", "gpt-5-nano", "gpt-5-nano-2025-08-07"),
    ),
    (): (
        *("gpt-4.1", "gpt-4.1-2025-04-14", "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14", "gpt-4.1-nano"),
        *("gpt-4o", "gpt-4o-2024-11-20", "gpt-4o-2024-08-06", "gpt-4o-mini", "gpt-4o-mini-2024-07-18"),
    ),
}
MODELS = {name: Model(name=name, efforts=efforts) for efforts, names in _EFFORTS.items() for name in names}
CREATED = 1_790_000_000


def as_json(model: Model) -> dict[str, object]:
    return {"id": model.name, "object": "model", "created": CREATED, "owned_by": "system"}
