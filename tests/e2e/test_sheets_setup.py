"""`make sheets-setup` on a running playground."""

from __future__ import annotations

from ops import failing
from ops.sheets_of import connect
from ops.sheets_setup.__main__ import main
from playground.testing import PlaygroundClient


def test_the_bot_works_on_after_a_set_up(playground: PlaygroundClient) -> None:
    """In the middle of a conversation: the playground is found by its port, the reply arrives, the row has a colour."""
    partner = playground.partner()
    playground.log_in(partner)
    playground.say(partner.user, "Позовите специалиста")
    playground.wait_for(lambda: "Вопрос у специалиста" in playground.last(partner.user))
    assert failing.run(lambda: connect({"PORT": playground.base_url.rpartition(":")[2]}), main) == 0
    playground.edit("appeals", "Обращения!G2", [["Уже делаем"]])
    playground.wait_for(lambda: "Уже делаем" in playground.last(partner.user))
    playground.wait_for(lambda: "доставлено" in playground.view("appeals", "Обращения")[0]["Доставка"])
    seen = playground.http.get("/google/people/view", params={"spreadsheet": "appeals", "sheet": "Обращения"}).json()
    assert seen["rows"][0]["colour"] is not None
    assert {one["title"]: one["rows"] for one in seen["views"]} == {"Ждут ответа": [], "В работе": [2], "Все": [2]}
