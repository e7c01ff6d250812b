"""The playground's page in its first minute, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from playground.testing import PlaygroundClient
from tests.e2e.page import cell, chat, header, open_mini_app, tab, write

QUESTION = "Подскажите, пожалуйста, когда приедет монтажная бригада, очень нужно к пятнице, объект ждёт"


@pytest.mark.parametrize("width", [1280, 1440])
def test_what_a_specialist_works_with_is_seen_without_scrolling(
    page: Page, playground: PlaygroundClient, width: int
) -> None:
    """«Вопрос», «Статус», «Ответ специалиста», «Доставка» of a filled row; the technical columns are not there."""
    partner = playground.partner()
    playground.log_in(partner)
    playground.say(partner.user, QUESTION)
    playground.say(partner.user, "Позовите специалиста")
    playground.wait_for(lambda: "Передали вопрос" in playground.last(partner.user))
    playground.edit("appeals", "Обращения!G2", [["Бригада приедет в четверг до обеда, мастер позвонит за час"]])
    playground.wait_for(lambda: "Бригада" in playground.last(partner.user))
    playground.say(partner.user, QUESTION)
    page.set_viewport_size({"width": width, "height": 800})
    expect(cell(page, "Доставка")).to_contain_text("доставлено")
    expect(cell(page, "Вопрос")).to_contain_text("монтажная бригада")
    for column in ("Вопрос", "Статус", "Ответ специалиста", "Доставка"):
        expect(header(page, column)).to_be_in_viewport(ratio=0.95)
        expect(cell(page, column)).to_be_in_viewport(ratio=0.95)
    titles = page.locator(".grid thead th").all_inner_texts()
    assert {"id", "Служебное"}.isdisjoint(titles)
    assert cell(page, "Статус").evaluate("cell => getComputedStyle(cell.parentElement).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )


def test_the_phone_is_as_wide_as_a_phone(page: Page) -> None:
    """The Mini App has at least 360 pixels."""
    open_mini_app(page)
    assert page.locator("#mini-app iframe").evaluate("frame => frame.clientWidth") >= 360


def test_a_cell_beside_a_hidden_column_is_edited_where_it_stands(page: Page, playground: PlaygroundClient) -> None:
    """Columns that are not shown count for the address."""
    playground.people("insert-columns", {"spreadsheet": "appeals", "sheet": "Обращения", "column": "P", "count": 1})
    playground.edit("appeals", "Обращения!S1", [["Заметки"]])
    cell(page, "Заметки").dblclick()
    page.locator(".grid textarea").fill("перезвонить")
    page.keyboard.press("Enter")
    expect(cell(page, "Заметки")).to_have_text("перезвонить")
    assert playground.view("appeals")[0]["Заметки"] == "перезвонить"


@pytest.mark.parametrize("telegram_org", ["official script", "blocked"], indirect=True)
def test_what_the_host_does_not_know_goes_to_the_log(page: Page) -> None:
    """An event of a newer Mini App, and a message that is none: nothing is said to the person."""
    mini_app = open_mini_app(page)
    for message in ('{"eventType": "web_app_start_dancing"}', "[object Object]", "null", '{"eventType": "toString"}'):
        mini_app.evaluate("(_, message) => parent.postMessage(message, '*')", message)
    expect(page.locator("#events")).to_contain_text("not known here: toString")
    expect(page.locator("#events")).to_contain_text("not known here: web_app_start_dancing")


def test_a_job_that_does_nothing_says_so(page: Page, playground: PlaygroundClient) -> None:
    """A sweep with nothing undelivered, a promotions job with no promotion of today; and one that did something."""
    news = page.get_by_role("status")
    page.get_by_role("button", name="Обход").click()
    expect(news).to_have_text("Обход закончен: недоставленного нет, делать было нечего.")
    page.get_by_role("button", name="Рассылка акций").click()
    expect(news).to_contain_text("ЗИМА_2026")
    for row in range(2, 8):
        playground.edit("promotions", f"Акции!D{row}", [["Закончена"]])
    playground.control("POST", "functions/promo-scheduler/restart")
    page.get_by_role("button", name="Рассылка акций").click()
    expect(news).to_have_text("Рассылать нечего: акций на сегодня нет.")
    page.get_by_role("button", name="Дневное задание").click()
    expect(news).to_have_text("Дневное задание закончено. Отправлено сообщений: 1, откройте чат администратора.")


def test_an_error_is_a_sentence(any_page: tuple[Page, list[str]], playground: PlaygroundClient) -> None:
    """No path and no JSON: these stand in the event log."""
    page, _ = any_page
    page.route("**/google/people/edit", lambda route: route.fulfill(status=400, body='{"error": {"code": 400}}'))
    tab(page, "База знаний")
    cell(page, "Ответ").dblclick()
    page.locator(".grid textarea").fill("новый ответ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Ячейка не изменена: таблица отказала. Почему, написано в событиях.")
    expect(page.locator("#events")).to_contain_text("POST /google/people/edit")
    page.route(f"{playground.base_url}/telegram/users/*/messages", lambda route: route.abort())
    write(page, "привет")
    expect(page.get_by_role("alert")).to_have_text("Песочница не отвечает: она остановлена или перезапускается.")
    expect(chat(page).get_by_label("Сообщение")).to_have_value("привет")


def test_a_reset_asks_first(page: Page) -> None:
    """«Оставить как есть» and Escape change nothing; «Сбросить» brings the start back."""
    write(page, "/start")
    expect(chat(page).get_by_role("button", name="Войти")).to_be_visible()
    page.get_by_role("button", name="Сбросить всё").click()
    page.get_by_role("dialog").get_by_role("button", name="Оставить как есть").click()
    page.get_by_role("button", name="Сбросить всё").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(chat(page).get_by_role("button", name="Войти")).to_be_visible()
    page.get_by_role("button", name="Сбросить всё").click()
    page.get_by_role("dialog").get_by_role("button", name="Сбросить", exact=True).click()
    expect(chat(page).get_by_role("button", name="Старт")).to_be_visible()
