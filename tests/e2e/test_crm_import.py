"""The Authorisation tab replaced in mid-traffic, on the functions as deployed."""

from __future__ import annotations

from playground.testing import Json, PlaygroundClient

TAB = {"spreadsheet": "authorisation", "sheet": "Авторизация"}


def the_tab(playground: PlaygroundClient) -> Json:
    seen: Json = playground.http.get("/google/people/view", params=TAB).json()
    return seen


def logins(tab: Json) -> dict[str, list[str]]:
    """Code → status, Telegram ID and date, where an account stands."""
    cells = {row["values"][0]: [cell.strip() for cell in row["values"][3:6]] for row in tab["rows"]}
    return {code: login for code, login in cells.items() if login[0] and login[1].isdecimal()}


def test_an_import(playground: PlaygroundClient) -> None:
    """Who is in the export notices nothing and stands in the sheet as before; who is not has to log in; one notice."""
    removed, anna, boris = (playground.partner(n) for n in range(3))
    for partner in (removed, anna, boris):
        playground.log_in(partner)
    before = the_tab(playground)
    kept = [row["values"][:3] for row in before["rows"] if row["values"][0] not in ("", removed.code)]
    playground.people("replace-tab", {**TAB, "values": [before["header"][:6], *reversed(kept)]})
    playground.control("PUT", "clock", {"advance_s": 301})
    asked = [playground.api(one.user, "GET", "/api/me").json() for one in (anna, removed, boris)]
    assert [answer["authorised"] for answer in asked] == [True, False, True]
    expected = {code: login for code, login in logins(before).items() if code != removed.code}
    assert logins(the_tab(playground)) == expected
    admin = playground.control("GET", "info")["admin_id"]
    notice = f"восстановлены: {len(expected)}."
    playground.wait_for(lambda: any(notice in message["text"] for message in playground.messages(admin)))
    assert sum("импорт" in message["text"] for message in playground.messages(admin)) == 1
