"""Repetitions, crashes and outages, on the functions as deployed: once in the journal, once in the chat."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx2
import pytest

from playground.testing import Json, Partner, PlaygroundClient

WEBHOOK = "/functions/telegram-webhook"


@pytest.fixture
def anna(playground: PlaygroundClient) -> Partner:
    partner = playground.partner()
    playground.log_in(partner)
    return partner


def entry(playground: PlaygroundClient, number: int = 0) -> dict[str, str]:
    return playground.view("appeals", "База знаний")[number]


def update(partner: Partner, number: int, text: str) -> Json:
    person = {"id": partner.user, "is_bot": False, "first_name": "Анна"}
    chat = {"id": partner.user, "type": "private", "first_name": "Анна"}
    return {
        "update_id": 77_000 + number,
        "message": {"message_id": 7_000 + number, "from": person, "chat": chat, "date": 1_795_000_000, "text": text},
    }


def press(partner: Partner, number: int, data: str) -> Json:
    query = {"id": str(number), "from": update(partner, 0, "")["message"]["from"], "chat_instance": "1", "data": data}
    message = {"message_id": 8_000, "date": 1_795_000_000, "chat": {"id": partner.user, "type": "private"}}
    return {"update_id": 78_000 + number, "callback_query": {**query, "message": message}}


def sent(playground: PlaygroundClient, raw: Json) -> httpx2.Response:
    secret = playground.control("GET", "info")["webhook_secret"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    return playground.http.post(f"{WEBHOOK}/telegram", json=raw, headers=headers)


def post(playground: PlaygroundClient, raw: Json) -> int:
    return sent(playground, raw).status_code


def answers(playground: PlaygroundClient, user: int, text: str) -> int:
    return sum(m["from"] == "bot" and text in (m["text"] or "") for m in playground.messages(user))


def at_once(playground: PlaygroundClient, raw: Json) -> list[str]:
    """On both instances; gives what goes back in the bodies."""
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(sent, playground, raw) for _ in range(2)]
    assert [one.result().status_code for one in both] == [200, 200]
    return [body for one in both if (body := one.result().text)]


@pytest.mark.parametrize("model_ms", [0, 300])
def test_the_same_update_at_once_on_two_instances(playground: PlaygroundClient, anna: Partner, model_ms: int) -> None:
    """Journaled once, answered once, also when one of them has yet to build its world."""
    playground.control("PUT", "settings", {"instances": 2, "openai_latency_ms": model_ms, "sheets_latency_ms": 50})
    known = entry(playground)
    assert post(playground, update(anna, 0, known["Вопрос"])) == 200
    for number in range(1, 4):
        assert at_once(playground, update(anna, number, known["Вопрос"])) == []
    [appeal] = playground.view("appeals")
    assert appeal["Текст обращений"].count(known["Вопрос"]) == 4
    assert answers(playground, anna.user, known["Ответ"]) == 4


def test_the_same_hand_over_at_once_on_two_instances(playground: PlaygroundClient, anna: Partner) -> None:
    """Said once, in one of the two bodies; one notice; the same for the button that takes it back."""
    playground.control("PUT", "settings", {"instances": 2, "sheets_latency_ms": 50})
    [said] = at_once(playground, update(anna, 0, "Позовите менеджера"))
    assert "специалист" in said
    cancel = json.loads(said)["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    specialists = playground.control("GET", "info")["specialists_chat_id"]
    playground.wait_for(lambda: playground.group(specialists))
    assert at_once(playground, press(anna, 1, cancel)) == []
    assert answers(playground, anna.user, "специалиста не зовём") == 1
    assert len(playground.group(specialists)) == 1


def test_the_same_update_later(playground: PlaygroundClient, anna: Partner) -> None:
    """A repeated update costs no second model call, and the instance that answered it is silent."""
    known = entry(playground)
    for _ in range(3):
        assert post(playground, update(anna, 1, known["Вопрос"])) == 200
    assert playground.control("GET", "stats")["openai"]["calls"] == 1
    assert answers(playground, anna.user, known["Ответ"]) == 1
    assert playground.view("appeals")[0]["Текст обращений"].count(known["Вопрос"]) == 1


def test_a_function_killed_while_the_model_thinks(playground: PlaygroundClient, anna: Partner) -> None:
    """Telegram brings the update again to the next instance."""
    known = entry(playground)
    playground.control("PUT", "settings", {"openai_latency_ms": 2_000})
    playground.say(anna.user, known["Вопрос"])
    playground.wait_for(lambda: playground.control("GET", "stats")["sheets"]["reads"] > 4)
    playground.control("POST", "functions/telegram-webhook/kill")
    playground.control("PUT", "settings", {"openai_latency_ms": 0})
    playground.wait_for(lambda: answers(playground, anna.user, known["Ответ"]) == 1)
    [appeal] = playground.view("appeals")
    assert appeal["Текст обращений"].count(known["Вопрос"]) == 1


@pytest.mark.parametrize("action", [503, "apply-then-drop", "drop"])
def test_sheets_out_of_reach(playground: PlaygroundClient, anna: Partner, action: int | str) -> None:
    """The message waits at Telegram and is answered when the sheet is back; nobody is told to authorise."""
    known = entry(playground)
    fault = {"service": "sheets", "match": "", "action": action, "times": 3}
    playground.control("PUT", "faults", [fault])
    playground.say(anna.user, known["Вопрос"])
    playground.wait_for(lambda: answers(playground, anna.user, known["Ответ"]) == 1, seconds=40)
    [appeal] = playground.view("appeals")
    assert appeal["Текст обращений"].count(known["Вопрос"]) == 1
    assert answers(playground, anna.user, "Войдите один раз") == 1


def test_a_reply_survives_what_pubsub_does(playground: PlaygroundClient, anna: Partner) -> None:
    """Pushed twice, late, in another order: one message, one receipt."""
    playground.control("PUT", "settings", {"pubsub": {"duplicate": True, "delay_ms": 50, "reorder": True}})
    playground.say(anna.user, "Позовите менеджера")
    playground.wait_for(lambda: answers(playground, anna.user, "специалист") == 1)
    specialists = playground.control("GET", "info")["specialists_chat_id"]
    playground.wait_for(lambda: playground.group(specialists))
    [appeal] = playground.view("appeals")
    playground.edit("appeals", f"Обращения!G{appeal['']}", [["2500"]])
    playground.wait_for(lambda: playground.view("appeals")[0]["Доставка"].startswith("доставлено"))
    playground.wait_for(lambda: playground.control("GET", "stats")["pubsub"]["delivered"] >= 4)
    assert answers(playground, anna.user, "2500") == 1
    assert len(playground.group(specialists)) == 1


def test_a_reply_in_a_half_sorted_sheet_reaches_nobody(playground: PlaygroundClient) -> None:
    """A:H sorted without the rest: the receipt says so, and nobody reads what was meant for somebody else."""
    pair = [playground.partner(0), playground.partner(1)]
    for partner in pair:
        playground.log_in(partner)
        playground.say(partner.user, "Позовите менеджера")
        playground.wait_for(partial(answers, playground, partner.user, "специалист"))
    sort = {"spreadsheet": "appeals", "range": "Обращения!A2:H", "column": "D", "descending": True}
    playground.people("sort", sort)
    playground.edit("appeals", "Обращения!G2", [["Только для вас"]])
    playground.wait_for(lambda: playground.view("appeals")[0]["Доставка"] == "строка перепутана")
    assert all(answers(playground, partner.user, "Только для вас") == 0 for partner in pair)
    playground.say(pair[0].user, entry(playground)["Вопрос"])
    playground.wait_for(lambda: answers(playground, pair[0].user, "специалист") == 2)
    assert answers(playground, pair[0].user, entry(playground)["Ответ"]) == 0


def test_logs_name_nobody(playground: PlaygroundClient, anna: Partner) -> None:
    """One JSON line per event; no phone, no name, no text, no token in any of them."""
    text = "Мой секретный вопрос про смету"
    playground.say(anna.user, text)
    playground.wait_for(lambda: len(playground.messages(anna.user)) >= 4)
    playground.say(anna.user, f"{anna.code} {anna.phone}")
    playground.api(4242, "POST", "/api/auth", {"code": anna.code, "phone": anna.phone})
    playground.http.get(f"{WEBHOOK}/r/a{anna.user}-1?s=0")
    lines = playground.control("GET", "logs")
    assert lines
    said = json.dumps(lines, ensure_ascii=False)
    info = playground.control("GET", "info")
    for secret in (
        anna.phone,
        anna.phone[2:],
        anna.name,
        *anna.name.split(),
        text,
        info["bot_token"],
        info["webhook_secret"],
        info["link_secret"],
    ):
        assert secret not in said
    assert all("severity" in line for line in lines)


def test_a_link_shows_nothing_but_a_redirect(playground: PlaygroundClient, anna: Partner) -> None:
    """`/r/…` of the notice leads to the row where it stands now, in the playground to the page that shows it."""
    playground.say(anna.user, "Позовите менеджера")
    link = playground.row_link()
    playground.people("insert-rows", {"spreadsheet": "appeals", "sheet": "Обращения", "row": 2, "count": 3})
    answer = playground.http.get(link, follow_redirects=False)
    assert answer.status_code == 302
    workbook = playground.control("GET", "info")["spreadsheets"]["appeals"]
    assert answer.headers["location"].startswith(f"/spreadsheets/d/{workbook}/edit#gid=")
    assert answer.headers["location"].endswith("&range=5:5")
    assert playground.http.get(link, follow_redirects=True).status_code == 200
    assert not answer.content
