"""The main job once through, on the functions as deployed and on the real Apps Script file."""

from __future__ import annotations

from playground.testing import Json, PlaygroundClient

REPLY = "Ответ специалиста"


def test_a_partner_asks_is_answered_calls_a_specialist_and_gets_the_reply(playground: PlaygroundClient) -> None:
    """`/start` → login in the Mini App → question → answer → «Позвать специалиста» → reply in the sheet → receipt."""
    anna = playground.partner()
    user = anna.user

    playground.say(user, "/start")
    greeting = playground.wait_for(lambda: bot_said(playground, user, "Войдите один раз"))
    button = greeting["reply_markup"]["inline_keyboard"][0][0]
    assert button["text"] == "Войти"
    assert button["web_app"]["url"].endswith("/webapp/index.html")

    assert playground.api(user, "GET", "/api/me").json() == {"authorised": False}
    answer = playground.api(user, "POST", "/api/auth", {"code": anna.code, "phone": anna.phone})
    assert answer.json() == {"authorised": True, "name": anna.name}
    [row] = [row for row in playground.view("authorisation") if row["Telegram ID"] == str(user)]
    assert row["Статус авторизации"] == "авторизован"
    assert row["Дата авторизации"]

    entry = playground.view("appeals", "База знаний")[0]
    playground.say(user, entry["Вопрос"])
    playground.wait_for(lambda: bot_said(playground, user, entry["Ответ"]))
    [appeal] = playground.view("appeals")
    assert appeal["Статус"] == "Ответ ИИ"
    assert entry["Вопрос"] in appeal["Текст обращений"]
    assert entry["Ответ"] in appeal["Текст обращений"]
    assert appeal["Код партнера"] == anna.code
    assert appeal["Telegram ID"] == str(user)

    playground.press(user, "Позвать специалиста")
    playground.wait_for(lambda: bot_said(playground, user, "Передали вопрос"))
    [appeal] = playground.view("appeals")
    assert appeal["Статус"] == "Передано специалисту"
    specialists = playground.control("GET", "info")["specialists_chat_id"]
    [notice] = playground.wait_for(lambda: playground.group(specialists))
    assert anna.name in notice["text"]
    assert f"/r/{appeal['id']}" in notice["text"]

    playground.say(user, "Макет нужен к пятнице")
    playground.wait_for(lambda: "👀" in str(playground.messages(user)[-1]["reactions"]))

    playground.edit("appeals", f"Обращения!G{appeal['']}", [["Пришлём макет завтра"]])
    playground.wait_for(lambda: bot_said(playground, user, "Пришлём макет завтра"))
    appeal = playground.wait_for(
        lambda: next((row for row in playground.view("appeals") if row["Доставка"].startswith("доставлено")), None)
    )
    assert appeal["Статус"] == "В работе"
    assert appeal[REPLY] == "Пришлём макет завтра"

    playground.press(user, "Вопрос решён")
    playground.wait_for(lambda: bot_said(playground, user, "Закрыли вопрос"))
    assert playground.view("appeals")[0]["Статус"] == "Решено"


def test_the_cabinet_shows_appeals_and_promotions(playground: PlaygroundClient) -> None:
    """`/appeals`, `/promotions` in the chat, the same through the Mini App's API."""
    anna = playground.partner()
    playground.log_in(anna)
    entry = playground.view("appeals", "База знаний")[0]
    playground.say(anna.user, entry["Вопрос"])
    playground.wait_for(lambda: bot_said(playground, anna.user, entry["Ответ"]))

    playground.say(anna.user, "/appeals")
    listed = playground.wait_for(lambda: bot_said(playground, anna.user, "ответил помощник"))
    assert entry["Вопрос"] in listed["text"]
    [appeal] = playground.api(anna.user, "GET", "/api/appeals").json()["appeals"]
    assert [line["author"] for line in appeal["lines"]] == ["assistant", "partner"]

    playground.say(anna.user, "/promotions")
    answer = playground.api(anna.user, "GET", "/api/promotions")
    promotions = answer.json()["promotions"]
    playground.wait_for(lambda: bot_said(playground, anna.user, promotions[0]["title"]))
    assert {promotion["status"] for promotion in promotions} == {"Активна", "Ожидает"}
    due = playground.run_job("promotions")
    assert due["status"] == 200
    assert due["body"]["due"]


def test_strangers_and_forgers_see_nothing(playground: PlaygroundClient) -> None:
    """No identity, a forged one, one of nobody: 401 and 403; and the functions' edges: 401, 404, 413, 400."""
    http = playground.http
    webhook = "/functions/telegram-webhook"
    assert http.get(f"{webhook}/api/appeals").json()["error"]["code"] == "identity_missing"
    forged = {"Authorization": "tma user=%7B%22id%22%3A1%7D&auth_date=1&hash=00"}
    assert http.get(f"{webhook}/api/appeals", headers=forged).status_code == 401
    assert playground.api(4242, "GET", "/api/appeals").json()["error"]["code"] == "not_authorised"

    assert http.post(f"{webhook}/telegram", json={"update_id": 1}).status_code == 401
    secret = {"X-Telegram-Bot-Api-Secret-Token": playground.control("GET", "info")["webhook_secret"]}
    assert http.post(f"{webhook}/telegram", content=b"{", headers=secret).status_code == 400
    assert http.post(f"{webhook}/telegram", content=b" " * 300_000, headers=secret).status_code == 413
    assert http.get(f"{webhook}/nothing").status_code == 404
    assert http.get(f"{webhook}/health").status_code == 200
    assert http.get(f"{webhook}/r/a1-1", follow_redirects=False).status_code == 404


def bot_said(playground: PlaygroundClient, user: int, part: str) -> Json | None:
    """The newest message of the bot that contains the text."""
    said = [message for message in playground.messages(user) if message["from"] == "bot"]
    return next((message for message in reversed(said) if part in (message["text"] or "")), None)
