"""Entries as people write them down: labelled lines, headings, list items.

### kb-1                      - [kb-1] Где логотип? — В разделе «Материалы».
**Вопрос:** Где логотип?      1. Где логотип? В разделе «Материалы».
**Ответ:** В разделе …        Q: Где логотип?  A: В разделе …
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playground.openai.notation.fields import Found, entry_of
from playground.openai.retrieval import Entry

_MARK = re.compile(r"^\s*(?:[-*•+]\s+|#{1,6}\s+|>\s+|[*_`]{1,2}(?=\S))*")
_LABELS = {
    "id": re.compile(r"(?:^|(?<=[\s;|,(\[*]))[*_`]*(?:id|ид|№)[*_`]*\s*[:=]\s*[*_`]*\s*", re.IGNORECASE),
    "question": re.compile(
        r"(?:^|(?<=[\s;|,.)\]*]))[*_`]*(?:вопрос|question|q|в)[*_`]*\s*:\s*[*_`]*\s*", re.IGNORECASE
    ),
    "answer": re.compile(r"(?:^|(?<=[\s;|,.?!)\]*]))[*_`]*(?:ответ|answer|a|о)[*_`]*\s*:\s*[*_`]*\s*", re.IGNORECASE),
}
_HEAD = re.compile(r"^(?:\[(?P<own>[\w.-]+)\]|\((?P<round>[\w.-]*\d[\w.-]*)\)|(?P<bare>[\w-]*\d[\w-]*)(?=[.:)|*\s]|$))")
_BETWEEN = re.compile(r"\s+(?:\||—|–|->|→|-|:)\s+|(?<=\?)[*_`]*:?\s+(?:[—–:|-]\s+)?")
_TAIL = re.compile(r"\s*[(\[]([\w-]*\d[\w-]*)[)\]]\s*$")
_TAG = re.compile(r"</?[\w-]+>")
_EDGE = " \t*_`:;|—–-.)"


@dataclass(slots=True)
class _Draft:
    """An entry as far as it has been read; `lines` are the numbers of its lines."""

    values: dict[str, str] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    closed: bool = False


def find(text: str) -> Found:
    drafts = [_Draft()]
    lines = text.splitlines()
    for number, line in enumerate(lines):
        _read(line, number, drafts)
    kept: list[tuple[Entry, _Draft]] = []
    for draft in drafts:
        if "question" in draft.values and (entry := entry_of(draft.values, otherwise=str(len(kept) + 1))):
            kept.append((entry, draft))
    taken = {number for _, draft in kept for number in draft.lines}
    rest = "\n".join(line for number, line in enumerate(lines) if number not in taken)
    return Found(entries=tuple(entry for entry, _ in kept), rest=rest)


def _read(line: str, number: int, drafts: list[_Draft]) -> None:
    draft = drafts[-1]
    if not line.strip() or _TAG.fullmatch(line.strip()):
        draft.closed = draft.closed or "answer" in draft.values
        return
    parts = _labelled(line) or _headed(line)
    if not parts:
        _continued(line.strip(), number, draft)
        return
    if draft.values and (set(parts) & set(draft.values) or "answer" in draft.values):
        draft = _Draft()
        drafts.append(draft)
    draft.values |= parts
    draft.lines.append(number)


def _continued(text: str, number: int, draft: _Draft) -> None:
    """A line without a mark goes on with the answer, or begins it under its question."""
    if draft.closed or "question" not in draft.values:
        draft.closed = True
        return
    before = draft.values.get("answer")
    draft.values["answer"] = f"{before}\n{text}" if before else text
    draft.lines.append(number)


def _labelled(line: str) -> dict[str, str]:
    """`id: 1; вопрос: …; ответ: …`, in this order, any of them; a head before the first label is the id."""
    text = _MARK.sub("", line, count=1)
    places: list[tuple[int, int, str]] = []
    for name, label in _LABELS.items():
        if match := label.search(text, places[-1][1] if places else 0):
            places.append((match.start(), match.end(), name))
    if not places or (places[0][0] and not _HEAD.match(text)):
        return {}
    ends = [start for start, _, _ in places[1:]] + [len(text)]
    found = {name: text[begin:end] for (_, begin, name), end in zip(places, ends, strict=True)}
    found = {name: value.strip() if name == "answer" else value.strip(_EDGE + "[](") for name, value in found.items()}
    found = {name: re.sub(r'^"(.*)"$', r"\1", value, flags=re.DOTALL) for name, value in found.items()}
    if head := _HEAD.match(text[: places[0][0]]):
        found = {"id": head["own"] or head["round"] or head["bare"]} | found
    return {name: value for name, value in found.items() if value}


def _headed(line: str) -> dict[str, str]:
    """An id with a question after it, or a marked line that asks something; the answer may stand in the same line."""
    mark = _MARK.match(line)
    text = line[mark.end() :].strip() if mark else line.strip()
    head = _HEAD.match(text)
    found = {"id": head["own"] or head["round"] or head["bare"]} if head else {}
    said = text[head.end() :].lstrip(_EDGE + "]") if head else text
    is_number = bool(head and head["bare"] and head["bare"].isdecimal())
    if not head and not (mark and mark[0].strip()):
        return {}
    if not head and (tail := _TAIL.search(said)):
        head, found, said = tail, {"id": tail[1]}, said[: tail.start()]
    pair = _BETWEEN.split(said, maxsplit=1)
    if len(pair) == 2 and pair[1].strip() and (head or "?" in pair[0]) and (not is_number or "?" in pair[0]):
        return found | {"question": pair[0].strip(_EDGE), "answer": pair[1].strip()}
    question = said.strip(_EDGE)
    if question.endswith("?") or (head and not is_number):
        return found | ({"question": question} if question else {})
    return {}
