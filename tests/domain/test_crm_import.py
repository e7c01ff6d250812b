"""An import or a person: docs/decisions/05-crm-import.md, row by row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.access import Partner
from shared.domain.crm_import import REMEMBERED_S, Known, look
from shared.domain.logins import Login, PartnerRow, mark_of, with_login

MARKED, UNMARKED = "v1", ""


def logged_in(count: int, *, mark: str) -> list[PartnerRow]:
    people = [Partner(code=f"{n:05d}", phone=f"+7912{n:07d}", name="") for n in range(count)]
    rows = [PartnerRow(number=n + 2, partner=partner, login=Login()) for n, partner in enumerate(people)]
    login = Login(status="авторизован", date="22.11.2026")
    marks = {row.number: mark_of(500 + row.number) if mark else "" for row in rows}
    return [
        with_login(row, 500 + row.number, replace(login, chat=str(500 + row.number), mark=marks[row.number]))
        for row in rows
    ]


def cleared(row: PartnerRow, *, mark: str) -> PartnerRow:
    partner = replace(row.partner, authorised=False, chat=None)
    return replace(row, partner=partner, login=Login(mark=row.login.mark if mark else ""))


@pytest.mark.parametrize(
    ("known", "lost", "before", "after", "is_import"),
    [
        (1, 1, MARKED, UNMARKED, True),
        (1, 1, MARKED, MARKED, False),
        (1, 1, UNMARKED, UNMARKED, False),
        (2, 2, UNMARKED, UNMARKED, False),
        (3, 3, UNMARKED, UNMARKED, True),
        (5, 3, UNMARKED, UNMARKED, True),
        (6, 3, UNMARKED, UNMARKED, False),
        (9, 9, MARKED, MARKED, False),
        (10, 10, MARKED, MARKED, True),
        (20, 10, MARKED, MARKED, False),
        (20, 10, MARKED, UNMARKED, False),
        (20, 11, MARKED, UNMARKED, True),
    ],
)
def test_an_import_or_a_person(known: int, lost: int, before: str, after: str, is_import: bool) -> None:
    """Over half of the known logins, and enough of them that no person has freed them one by one."""
    rows = logged_in(known, mark=before)
    remembered = look({}, rows, now=0).known
    now = [cleared(row, mark=after) for row in rows[:lost]] + rows[lost:]
    seen = look(remembered, now, now=0)
    assert seen.is_import == is_import
    assert len(seen.owed) == (lost if is_import else 0)
    assert len(seen.known) == (known if is_import else known - lost)


def test_a_status_of_a_persons_own_stays() -> None:
    """An import that brings «удалён» along says that this one is not to come in."""
    rows = logged_in(5, mark=MARKED)
    now = [cleared(row, mark=UNMARKED) for row in rows]
    now = [replace(row, login=Login(status="Авторизован")) for row in now[:4]] + [
        replace(now[4], login=Login(status="удалён"))
    ]
    seen = look(look({}, rows, now=0).known, now, now=0)
    assert seen.is_import
    assert sorted(row.number for row in seen.owed) == [2, 3, 4, 5]


def test_the_removed_do_not_count() -> None:
    """Half of the rows went, the others were cleared: an import. Those who went are remembered for an hour."""
    rows = logged_in(8, mark=MARKED)
    seen = look(look({}, rows, now=0).known, [cleared(row, mark=UNMARKED) for row in rows[4:]], now=10)
    assert len(seen.owed) == len(seen.left) == 4
    again = look(seen.known, [cleared(row, mark=UNMARKED) for row in rows], now=20)
    assert len(again.owed) == 8
    late = look(seen.known, [cleared(row, mark=UNMARKED) for row in rows[4:]], now=20 + REMEMBERED_S)
    assert len(late.known) == 4


def test_what_is_owed_needs_no_majority() -> None:
    """Most of an import's logins are back, a write for the others failed."""
    rows = logged_in(10, mark=MARKED)
    known = {500 + row.number: Known(row=row, owed=row in rows[:2]) for row in rows}
    seen = look(known, [cleared(row, mark=UNMARKED) for row in rows[:2]] + rows[2:], now=0)
    assert [row.number for row in seen.owed] == [2, 3]


def test_a_login_in_somebody_elses_row_is_never_believed() -> None:
    """We owed it to one partner and it landed in the row of another, who gets their own back."""
    anna, boris = logged_in(2, mark=MARKED)
    known = {502: Known(row=anna, owed=True), 503: Known(row=boris)}
    seen = look(known, [cleared(anna, mark=UNMARKED), replace(boris, login=anna.login, partner=anna_in(boris))], now=0)
    assert {row.partner.code: row.login.chat for row in seen.owed} == {"00000": "502", "00001": "503"}
    assert set(seen.known) == {502, 503}
    assert seen.strays == 1


def anna_in(row: PartnerRow) -> Partner:
    return replace(row.partner, chat=502)
