"""What the `edit` of a fault `person` asks for: a person's call at the sheet, by its name and body."""

from __future__ import annotations

from collections.abc import Mapping

from playground.sheets.people.actions import ACTIONS

NAMES = ("call", "action", "path")


def person_call(edit: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """The call is named (`{"call": "sort", …}`, `{"sort": {…}}`, the rest or `body` being its body), or told by its
    fields: a column to sort by, a whole tab's values, else values to type. ValueError: no such call.
    """
    body = dict(edit)
    if len(body) == 1:
        (name, inner), *_ = body.items()
        if name in ACTIONS and isinstance(inner, Mapping):
            return name, dict(inner)
    named = next((str(body.pop(name)) for name in NAMES if name in body), "")
    call = named.rpartition("/")[2] or _implied(body)
    if call not in ACTIONS or call == "view":
        raise ValueError(f"edit: people can't do {call!r}; they can {', '.join(sorted(ACTIONS.keys() - {'view'}))}")
    inner = body.pop("body", None)
    return call, {**body, **inner} if isinstance(inner, Mapping) else body


def _implied(body: Mapping[str, object]) -> str:
    if "values" in body:
        return "edit" if "range" in body else "replace-tab"
    return "sort" if "column" in body else "edit"
