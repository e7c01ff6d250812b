"""Functions on texts."""

from __future__ import annotations

import re
from collections.abc import Callable

from playground.sheets.formats import number_shown
from playground.sheets.formulas.arguments import Function, values
from playground.sheets.formulas.evaluate import Evaluation, Result
from playground.sheets.formulas.grammar import Node
from playground.sheets.formulas.scalars import FormulaError, as_text


def _texts(change: Callable[[str], str]) -> Function:
    return lambda run, parts: change(run.text(parts[0]))


def _left(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return run.text(parts[0])[: int(run.number(parts[1])) if len(parts) > 1 else 1]


def _right(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    count = int(run.number(parts[1])) if len(parts) > 1 else 1
    text = run.text(parts[0])
    return text[max(len(text) - count, 0) :]


def _mid(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    start = int(run.number(parts[1])) - 1
    return run.text(parts[0])[start : start + int(run.number(parts[2]))]


def _find(fold: bool) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        needle, text = run.text(parts[0]), run.text(parts[1])
        start = int(run.number(parts[2])) - 1 if len(parts) > 2 else 0
        place = text.casefold().find(needle.casefold(), start) if fold else text.find(needle, start)
        if place < 0:
            raise FormulaError("VALUE", f"In {'SEARCH' if fold else 'FIND'} evaluation, cannot find '{needle}'.")
        return place + 1

    return function


def _substitute(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    text, old, new = (run.text(part) for part in parts[:3])
    if len(parts) == 3:
        return text.replace(old, new)
    pieces = text.split(old)
    at = int(run.number(parts[3]))
    return old.join(pieces[:at]) + new + old.join(pieces[at:]) if at < len(pieces) else text


def _join(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return run.text(parts[0]).join(as_text(value, run.book) for value in values(run, parts[1:]))


def _textjoin(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    skip = run.truth(parts[1])
    texts = [as_text(value, run.book) for value in values(run, parts[2:])]
    return run.text(parts[0]).join(text for text in texts if text or not skip)


def _text(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return number_shown(run.number(parts[0]), {"type": "NUMBER", "pattern": run.text(parts[1])}, run.book.locale)


def _regexmatch(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    try:
        return re.search(run.text(parts[1]), run.text(parts[0])) is not None
    except re.error:
        raise FormulaError("REF", "The regular expression is not valid.") from None


TEXTS: dict[str, Function] = {
    "CONCATENATE": lambda run, parts: "".join(as_text(value, run.book) for value in values(run, parts)),
    "CONCAT": lambda run, parts: run.text(parts[0]) + run.text(parts[1]),
    "JOIN": _join,
    "TEXTJOIN": _textjoin,
    "LEN": lambda run, parts: len(run.text(parts[0])),
    "LEFT": _left,
    "RIGHT": _right,
    "MID": _mid,
    "UPPER": _texts(str.upper),
    "LOWER": _texts(str.lower),
    "PROPER": _texts(str.title),
    "TRIM": _texts(lambda text: " ".join(text.split())),
    "CHAR": lambda run, parts: chr(int(run.number(parts[0]))),
    "REPT": lambda run, parts: run.text(parts[0]) * int(run.number(parts[1])),
    "EXACT": lambda run, parts: run.text(parts[0]) == run.text(parts[1]),
    "FIND": _find(fold=False),
    "SEARCH": _find(fold=True),
    "SUBSTITUTE": _substitute,
    "REGEXMATCH": _regexmatch,
    "TEXT": _text,
}
