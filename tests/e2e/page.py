"""What a newcomer does on the playground's page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def chat(page: Page) -> Locator:
    return page.get_by_label("Чат", exact=True)


def write(page: Page, text: str) -> None:
    chat(page).get_by_label("Сообщение").fill(text)
    chat(page).get_by_role("button", name="Отправить").click()


def header(page: Page, column: str) -> Locator:
    """The header cell of a column of the open tab."""
    return page.locator(".grid thead").get_by_role("columnheader", name=column, exact=True)


def cell(page: Page, column: str, row: int = 0) -> Locator:
    """A cell of the open tab by its header."""
    expect(header(page, column)).to_be_visible()
    number = page.locator(".grid thead th").all_inner_texts().index(column)
    return page.locator(".grid tbody tr").nth(row).locator("th, td").nth(number)


def tab(page: Page, title: str) -> None:
    """Open a tab; return when the grid shows its columns, not those of the tab before."""
    page.locator("#tabs").get_by_role("button", name=title).click()
    expect(page.get_by_role("table", name=title, exact=True)).to_be_visible()


def open_mini_app(page: Page) -> Locator:
    """Open the Mini App by the menu button; return the body of its page, which is loaded."""
    page.get_by_title("Открыть мини-приложение").click()
    body = page.frame_locator("#mini-app iframe").locator("body[data-page]")
    expect(body).to_be_visible()
    return body
