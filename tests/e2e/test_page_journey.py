"""The main job as a newcomer sees it: the playground's page in a real browser, by clicking and typing only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from playground.testing import PlaygroundClient
from tests.e2e.page import cell, chat, tab, write


@pytest.mark.parametrize("telegram_org", ["official script", "blocked"], indirect=True)
def test_the_whole_journey_by_clicking(page: Page, playground: PlaygroundClient) -> None:
    """Start, login in the Mini App, question, answer, specialist, reply in the grid, receipt, commands, solved.

    With Telegram's script and where telegram.org is not reachable: no red message, no error in the console.
    """
    anna = playground.partner()
    expect(page.locator("#credentials")).to_have_text(f"код {anna.code}, телефон {anna.phone}")
    chat(page).get_by_role("button", name="Старт").click()
    chat(page).get_by_role("button", name="Войти").click()

    mini_app = page.frame_locator("#mini-app iframe")
    mini_app.get_by_label("Код партнёра").fill(anna.code)
    mini_app.get_by_label("Телефон").fill(anna.phone)
    mini_app.get_by_role("button", name="Войти").click()
    expect(mini_app.get_by_role("heading", name=anna.name)).to_be_visible()
    page.get_by_role("button", name="Закрыть").click()
    tab(page, "Авторизация")
    signed_in = page.locator(".grid tbody tr").filter(has_text=anna.code).filter(has_text="авторизован")
    expect(signed_in).to_contain_text(str(anna.user))

    tab(page, "База знаний")
    question = cell(page, "Вопрос").inner_text()
    answer = cell(page, "Ответ").inner_text()
    tab(page, "Обращения")
    write(page, question)
    expect(chat(page).get_by_text(answer.splitlines()[0])).to_be_visible()
    expect(cell(page, "Статус")).to_have_text("Ответ ИИ")

    chat(page).get_by_role("button", name="Позвать специалиста").click()
    expect(chat(page).get_by_text("Передали вопрос")).to_be_visible()
    expect(cell(page, "Статус")).to_have_text("Передано специалисту")

    cell(page, "Ответ специалиста").dblclick()
    page.locator(".grid textarea").fill("Пришлём макет завтра")
    page.keyboard.press("Enter")
    expect(chat(page).get_by_text("Пришлём макет завтра")).to_be_visible()
    expect(cell(page, "Доставка")).to_contain_text("доставлено")
    expect(cell(page, "Доставка")).to_be_in_viewport(ratio=0.8)
    expect(cell(page, "Статус")).to_have_text("В работе")

    write(page, "/appeals")
    expect(chat(page).get_by_text("· отвечает специалист")).to_be_visible()
    write(page, "/promotions")
    [promotion, *_] = playground.api(anna.user, "GET", "/api/promotions").json()["promotions"]
    expect(chat(page).get_by_text(promotion["title"])).to_be_visible()

    chat(page).get_by_role("button", name="Вопрос решён").first.click()
    expect(chat(page).get_by_text("Закрыли вопрос")).to_be_visible()
    expect(cell(page, "Статус")).to_have_text("Решено")


def test_what_is_typed_and_left_is_not_saved(page: Page, playground: PlaygroundClient) -> None:
    """Escape leaves the cell as it was; a line break needs Shift."""
    tab(page, "База знаний")
    before = cell(page, "Ответ").inner_text()
    cell(page, "Ответ").dblclick()
    page.locator(".grid textarea").fill("не то")
    page.keyboard.press("Escape")
    expect(cell(page, "Ответ")).to_have_text(before)

    cell(page, "Ответ").dblclick()
    page.locator(".grid textarea").fill("Первая строка")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("вторая")
    page.keyboard.press("Enter")
    expect(cell(page, "Ответ")).to_contain_text("вторая")
    assert playground.view("appeals", "База знаний")[0]["Ответ"] == "Первая строка\nвторая"


def test_markup_in_a_text_stays_text(page: Page, playground: PlaygroundClient) -> None:
    """Whatever people and partners type is shown, never run."""
    write(page, "<img src=x onerror=\"document.body.textContent=''\"> & <b>жирно</b>")
    expect(chat(page).get_by_text("& <b>жирно</b>")).to_be_visible()
    playground.edit("appeals", "База знаний!B2", [["<script>alert(1)</script>"]])
    tab(page, "База знаний")
    expect(cell(page, "Вопрос")).to_have_text("<script>alert(1)</script>")


def test_the_link_of_a_notice_opens_its_row(page: Page, playground: PlaygroundClient) -> None:
    """The tab is chosen, the row stands out, whichever tab the page opens otherwise."""
    anna = playground.partner()
    playground.log_in(anna)
    playground.say(anna.user, "Позовите менеджера")
    link = playground.row_link()
    playground.people("insert-rows", {"spreadsheet": "appeals", "sheet": "Обращения", "row": 2, "count": 3})
    page.goto(link)
    expect(page.locator("#tabs [aria-current=true]")).to_have_text("Обращения")
    expect(page.locator(".grid tbody tr").filter(has=page.locator("td.changed"))).to_contain_text(anna.name)


def test_a_link_of_the_admins_list_opens_its_cell(page: Page) -> None:
    """`/check` in the admin's chat: Google's address of an emulated workbook leads to the playground's page."""
    page.locator("#who").select_option(label="Администратор")
    write(page, "/check")
    link = chat(page).locator("a[href*='range=C27']")
    expect(link).to_be_visible()
    page.goto(str(link.evaluate("link => link.href")))
    expect(page.locator("#tabs [aria-current=true]")).to_have_text("Авторизация")
    expect(page.locator(".grid tbody tr").filter(has=page.locator("td.changed")).locator("th")).to_have_text("27")
