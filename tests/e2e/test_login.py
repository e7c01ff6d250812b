"""Logging in, every way there is, on the functions as deployed."""

from __future__ import annotations

from playground.testing import Json, PlaygroundClient

AUTH = "/functions/telegram-webhook/api/auth"


def said(playground: PlaygroundClient, user: int) -> list[str]:
    return [message["text"] for message in playground.messages(user) if message["from"] == "bot"]


def init_data(playground: PlaygroundClient, user: int, **query: int) -> str:
    answer = playground.http.get(f"/telegram/users/{user}/init-data", params=query)
    return str(answer.json()["init_data"])


def as_user(playground: PlaygroundClient, data: str) -> Json:
    answer = playground.http.get("/functions/telegram-webhook/api/me", headers={"Authorization": f"tma {data}".strip()})
    return {"status": answer.status_code, **answer.json()}


def test_by_one_message(playground: PlaygroundClient) -> None:
    """Code and phone in the chat: logged in, and the message is gone."""
    anna = playground.partner()
    playground.say(anna.user, f"№ {anna.code} 8{anna.phone[2:]}")
    playground.wait_for(lambda: any("Вы вошли" in text for text in said(playground, anna.user)))
    assert all(message["from"] == "bot" for message in playground.messages(anna.user))
    assert playground.api(anna.user, "GET", "/api/me").json()["authorised"] is True


def test_by_a_shared_contact(playground: PlaygroundClient) -> None:
    """The account's own phone, signed by Telegram; another account's is refused."""
    anna, boris = playground.partner(0), playground.partner(1)

    def contact(user: int) -> str:
        answer = playground.http.get(f"/telegram/users/{user}/contact", params={"phone": anna.phone})
        return str(answer.json()["contact"])

    stolen = playground.api(boris.user, "POST", "/api/auth", {"code": anna.code, "contact": contact(anna.user)})
    assert stolen.status_code == 422
    own = playground.api(anna.user, "POST", "/api/auth", {"code": anna.code, "contact": contact(anna.user)})
    assert own.json() == {"authorised": True, "name": anna.name}


def test_a_row_of_another_account(playground: PlaygroundClient) -> None:
    """409; the admin gets a button, and after a press the partner can log in."""
    anna, thief = playground.partner(), 4242
    playground.log_in(anna)
    taken = playground.api(thief, "POST", "/api/auth", {"code": anna.code, "phone": anna.phone})
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "taken")
    admin = playground.control("GET", "info")["admin_id"]
    playground.wait_for(lambda: said(playground, admin))
    playground.press(admin, "Освободить")
    playground.wait_for(lambda: "свободна" in playground.last(admin))
    again = playground.api(thief, "POST", "/api/auth", {"code": anna.code, "phone": anna.phone})
    assert again.status_code == 200


def test_wrong_tries(playground: PlaygroundClient) -> None:
    """404 alike for a wrong code and a wrong phone, from the third try on with the contact; the sixth try waits."""
    anna = playground.partner()
    wrong = [{"code": "00000", "phone": anna.phone}, {"code": anna.code, "phone": "+79009009090"}]
    answers = [playground.api(anna.user, "POST", "/api/auth", body) for body in (*wrong, *wrong, wrong[0])]
    messages = [answer.json()["error"]["message"] for answer in answers]
    assert messages[0] == messages[1]
    assert len(set(messages[2:])) == 1
    assert messages[2].startswith(f"{messages[0]}\nСвязаться с нами: ")
    assert {answer.status_code for answer in answers} == {404}
    paused = playground.api(anna.user, "POST", "/api/auth", {"code": anna.code, "phone": anna.phone})
    assert (paused.status_code, paused.json()["error"]["code"]) == (429, "paused")
    playground.control("PUT", "clock", {"advance_s": int(paused.headers["Retry-After"]) + 1})
    assert playground.api(anna.user, "POST", "/api/auth", {"code": anna.code, "phone": anna.phone}).status_code == 200


def test_each_broken_identity_has_its_code(playground: PlaygroundClient) -> None:
    """Missing, forged, doubled keys, older than 24 hours."""
    good = init_data(playground, 501)
    assert as_user(playground, good) == {"status": 200, "authorised": False}
    broken = {
        "identity_missing": "",
        "identity_forged": good[:-1] + ("0" if good[-1] != "0" else "1"),
        "identity_doubled": good + "&auth_date=1",
        "identity_expired": init_data(playground, 501, age_s=24 * 3600 + 60),
    }
    for code, data in broken.items():
        answer = as_user(playground, data)
        assert (answer["status"], answer["error"]["code"]) == (401, code)
        assert answer["error"]["message"]
