"""Logging in: what a partner types, and what the page says back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def log_in(page: Page, code: str = "00101", phone: str = "8 (912) 345-67-89") -> None:
    await page.get_by_label("Код партнёра").fill(code)
    await page.get_by_label("Телефон").fill(phone)
    await page.get_by_role("button", name="Войти").click()


async def test_a_partner_logs_in_and_sees_the_cabinet(page: Page, site: Any) -> None:
    """Code and phone as typed go to the API with initData; success opens menu.html, which keeps the identity."""
    await page.goto(site.address())
    await log_in(page, " 00101 ")
    await expect(page.get_by_role("heading", name="Анна Викторовна Кедрова")).to_be_visible()
    assert ("POST", "/api/auth", {"code": "00101", "phone": "8 (912) 345-67-89"}) in site.api.calls
    assert "menu.html#tgWebAppData=" in page.url


async def test_an_authorised_partner_goes_straight_to_the_cabinet(page: Page, site: Any) -> None:
    """No form for somebody who is known."""
    site.api.authorised = True
    await page.goto(site.address())
    await page.wait_for_url("**/menu.html*")
    assert not [call for call in site.api.calls if call[0] == "POST"]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, {"code": "not_found", "message": "Код и телефон не совпали с нашим списком."}),
        (409, {"code": "taken", "message": "С этим кодом вошли с другого аккаунта. Напишите боту."}),
        (429, {"code": "paused", "message": "Слишком много попыток. Попробуйте через 8 минут."}),
        (503, {"code": "unavailable", "message": "Сейчас не получается проверить. Попробуйте через минуту."}),
    ],
)
async def test_a_refusal_is_shown_and_the_input_kept(page: Page, site: Any, status: int, error: dict[str, str]) -> None:
    """The API's own words stand above the button, the fields keep what was typed, and one can try again."""
    site.api.wrong["/api/auth"] = (status, error)
    await page.goto(site.address())
    await log_in(page)
    await expect(page.get_by_role("alert").filter(has_text=error["message"])).to_be_visible()
    await expect(page.get_by_label("Код партнёра")).to_have_value("00101")
    site.api.wrong.clear()
    await page.get_by_role("button", name="Войти").click()
    await page.wait_for_url("**/menu.html*")


async def test_wrong_fields_are_named_beside_them(page: Page, site: Any) -> None:
    """422 names fields: each error stands beside its field, which is marked invalid and focused."""
    fields = {"phone": "Такого номера не бывает."}
    site.api.wrong["/api/auth"] = (422, {"code": "invalid", "message": "Проверьте поля.", "fields": fields})
    await page.goto(site.address())
    await log_in(page)
    await expect(page.locator("#phone-error")).to_have_text("Такого номера не бывает.")
    phone = page.get_by_label("Телефон")
    await expect(phone).to_have_attribute("aria-invalid", "true")
    await expect(phone).to_be_focused()
    await phone.press("5")
    await expect(page.locator("#phone-error")).to_be_empty()


async def test_empty_fields_are_not_sent(page: Page, site: Any) -> None:
    """What is plainly missing is said without asking the API."""
    await page.goto(site.address())
    await log_in(page, "", "123")
    await expect(page.locator("#code-error")).to_have_text("Введите код партнёра.")
    await expect(page.locator("#phone-error")).to_contain_text("Введите телефон целиком")
    assert [call[1] for call in site.api.calls] == ["/api/me"]


async def test_no_connection_keeps_the_input(page: Page, site: Any) -> None:
    """Without a network the page says so and keeps what was typed."""
    await page.goto(site.address())
    await page.route("**/api/auth", lambda route: route.abort())
    await log_in(page)
    await expect(page.locator("#form-error")).to_contain_text("Нет связи")
    await expect(page.get_by_label("Код партнёра")).to_have_value("00101")


async def test_an_expired_identity_asks_to_reopen(page: Page, site: Any) -> None:
    """401: the form goes away, the API's words tell what to do."""
    await page.goto(site.address().replace("hash%3D0f", "hash%3D00"))
    await expect(page.get_by_role("heading", name="Откройте кабинет заново")).to_be_visible()
    await expect(page.get_by_text("Время входа истекло")).to_be_visible()
    await expect(page.locator("#login")).to_be_hidden()


@pytest.mark.parametrize("name", ["index.html", "menu.html"])
async def test_outside_telegram_the_page_says_how_to_open_it(page: Page, site: Any, name: str) -> None:
    """Without initData nothing is asked of the API."""
    await page.goto(f"{site.url}/webapp/{name}")
    await expect(page.get_by_role("heading", name="Откройте кабинет в Telegram")).to_be_visible()
    assert site.api.calls == []


async def test_an_api_of_a_foreign_plain_origin_is_never_called(page: Page, site: Any) -> None:
    """initData goes to an https origin or to the page's own, to nothing else."""
    await page.route(
        "**/config.js",
        lambda route: route.fulfill(
            body='window.MARKETINGBOT = {"api": "http://elsewhere.example"};', content_type="text/javascript"
        ),
    )
    await page.goto(site.address())
    await expect(page.get_by_role("heading", name="Кабинет ещё не подключён")).to_be_visible()


async def test_identity_comes_from_the_official_script_too(page: Page, site: Any) -> None:
    """When the address has no initData, the script's is taken."""
    hash_at = site.address().index("#")
    script = (
        "window.Telegram = {WebApp: {initData: "
        "'query_id=A&user=%7B%22id%22%3A1%7D&auth_date=1795300000&signature=s&hash=0f',"
        " ready() {}, expand() {}}};"
    )
    await page.route(
        "https://telegram.org/**", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    await page.goto(site.address()[:hash_at])
    await expect(page.get_by_role("heading", name="Вход для партнёров")).to_be_visible()
