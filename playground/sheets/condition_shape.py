"""How many values a condition takes and where it may stand, as its documentation says."""

from __future__ import annotations

from playground.sheets.errors import RequestError
from playground.sheets.model import Json

_NO_VALUE = {"TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID", "BLANK", "NOT_BLANK"}
_ANY = {"ONE_OF_LIST", "TEXT_NOT_EQ", "DATE_NOT_EQ"}
_NOT_FOR_VALIDATION = {"TEXT_STARTS_WITH", "TEXT_ENDS_WITH", "BLANK", "NOT_BLANK", "TEXT_NOT_EQ", "DATE_NOT_EQ"}
_ONLY_FOR_VALIDATION = {
    "TEXT_IS_EMAIL",
    "TEXT_IS_URL",
    "DATE_ON_OR_BEFORE",
    "DATE_ON_OR_AFTER",
    "DATE_BETWEEN",
    "DATE_NOT_BETWEEN",
    "DATE_IS_VALID",
    "ONE_OF_RANGE",
    "ONE_OF_LIST",
    "BOOLEAN",
}


def check(condition: Json, *, validation: bool) -> None:
    """RequestError for a condition that Google would not keep."""
    kind = condition.get("type", "CONDITION_TYPE_UNSPECIFIED")
    if kind == "CONDITION_TYPE_UNSPECIFIED":
        raise RequestError("A condition must have a type.")
    if kind in (_NOT_FOR_VALIDATION if validation else _ONLY_FOR_VALIDATION):
        what = "data validation" if validation else "conditional formatting"
        raise RequestError(f"ConditionType {kind} is not supported by {what}.")
    given = len(condition.get("values", []))
    least, most = _counts(kind)
    if not least <= given <= most:
        raise RequestError(f"ConditionType {kind} takes {least} values, not {given}.")


def _counts(kind: str) -> tuple[int, int]:
    if kind in _NO_VALUE:
        return 0, 0
    if kind in _ANY:
        return 1, 10_000
    if kind == "BOOLEAN":
        return 0, 2
    return (2, 2) if kind.endswith("BETWEEN") else (1, 1)
