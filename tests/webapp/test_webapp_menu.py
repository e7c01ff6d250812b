"""The cabinet: promotions, services, own appeals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVIL = '<img src=x onerror="document.title=1"><b>жирно</b> _*[]&amp;'
PROMOTION: dict[str, Any] = {
    "id": "p1",
    "title": "Съёмка объекта со скидкой 20 %",
    "description": "Скидка действует на выезд\nи обработку до 30 кадров.",
    "kind": "акция",
    "status": "Активна",
    "starts": "2026-11-17",
    "ends": "2026-12-12",
    "link": "https://partners.example.com/promo/photo",
    "image": "https://partners.example.com/promo/photo.jpg",
    "released": "2026-11-17",
}
APPEAL: dict[str, Any] = {
    "id": "a1",
    "number": "7K3Q",
    "status": "отвечает специалист",
    "updated": "2026-11-22T14:05:00+03:00",
    "lines": [
        {"at": "2026-11-22T14:03:00+03:00", "author": "partner", "text": "Когда будет готов макет?"},
        {"at": "2026-11-22T14:05:00+03:00", "author": "specialist", "text": "Макет готов, пришлю сегодня."},
    ],
}


@pytest.fixture
def cabinet(site: Any) -> Any:
    site.api.authorised = True
    return site


async def test_promotions_are_cards(page: Page, cabinet: Any) -> None:
    """A card: picture, kind, state, title, period, description, link."""
    coming = {**PROMOTION, "id": "p2", "status": "Ожидает", "kind": "событие", "starts": None, "image": ""}
    begun = {**PROMOTION, "id": "p4", "status": "Ожидает", "ends": "2026-11-17"}
    announced = {**PROMOTION, "id": "p3", "starts": "2099-11-17", "ends": "2099-11-17"}
    cabinet.api.promotions = [PROMOTION, coming, announced, begun]
    await page.goto(cabinet.address("menu.html"))
    first, second = page.locator(".card").nth(0), page.locator(".card").nth(1)
    await expect(first.get_by_role("heading")).to_have_text(PROMOTION["title"])
    await expect(first.locator(".period")).to_have_text(re.compile(r"с 17 ноября( 2026)? по 12 декабря( 2026)?"))
    await expect(first.locator(".badges")).to_have_text("АкцияИдёт сейчас")
    await expect(first.get_by_role("link")).to_have_attribute("href", PROMOTION["link"])
    await expect(first.locator("img")).to_be_visible()
    await expect(second.locator(".badges")).to_have_text("СобытиеСкоро")
    await expect(second.locator(".period")).to_have_text(re.compile(r"^по 12 декабря( 2026)?$"))
    await expect(second.locator("img")).to_have_count(0)
    await expect(page.locator(".card").nth(2).locator(".badges")).to_have_text("АкцияСкоро")
    await expect(page.locator(".card").nth(3).locator(".badges")).to_have_text("Акция")
    await expect(page.locator(".card").nth(3).locator(".period")).to_have_text(re.compile(r"^17 ноября( 2026)?$"))


async def test_what_others_typed_stays_text(page: Page, cabinet: Any) -> None:
    """Markup in names, promotions and appeals is shown as typed; links and pictures are https or absent."""
    cabinet.api.name = EVIL
    cabinet.api.promotions = [
        {
            **PROMOTION,
            "title": EVIL,
            "description": EVIL,
            "kind": EVIL,
            "link": "javascript:alert(1)",
            "image": "data:,",
        }
    ]
    cabinet.api.appeals = [{**APPEAL, "status": EVIL, "lines": [{"at": EVIL, "author": EVIL, "text": EVIL}]}]
    await page.goto(cabinet.address("menu.html"))
    await expect(page.locator("#name")).to_have_text(EVIL)
    await expect(page.locator(".card h3")).to_have_text(EVIL)
    await expect(page.locator(".card a, .card img, main b")).to_have_count(0)
    await page.get_by_role("tab", name="Обращения").click()
    await page.locator("#appeals summary").click()
    await expect(page.locator("#appeals .text")).to_have_text(EVIL)
    await expect(page.locator("#appeals img, #appeals b")).to_have_count(0)
    assert await page.title() == "Кабинет партнёра"


async def test_services_open_as_an_accordion_and_send_nothing(page: Page, cabinet: Any) -> None:
    """Five categories from services.json; browsing them calls nothing."""
    await page.goto(cabinet.address("menu.html"))
    await expect(page.get_by_text("Сейчас акций нет")).to_be_visible()
    before = list(cabinet.api.calls)
    await page.get_by_role("tab", name="Услуги").click()
    categories = page.locator("#services details")
    await expect(categories).to_have_count(5)
    await expect(page.get_by_text("3D-визуализации")).to_be_hidden()
    await page.get_by_text("Дизайн и брендинг").click()
    await expect(page.get_by_text("3D-визуализации")).to_be_visible()
    assert cabinet.api.calls == before


async def test_own_appeals_with_their_threads(page: Page, cabinet: Any) -> None:
    """Number, status and the lines with their authors; fetched when the tab is opened."""
    cabinet.api.appeals = [APPEAL]
    await page.goto(cabinet.address("menu.html"))
    assert "/api/appeals" not in [call[1] for call in cabinet.api.calls]
    await page.get_by_role("tab", name="Обращения").click()
    await expect(page.locator("#appeals summary")).to_contain_text("№ 7K3Q")
    await expect(page.locator("#appeals summary")).to_contain_text("отвечает специалист · 22 ноября")
    await page.locator("#appeals summary").click()
    await expect(page.locator(".line").nth(0)).to_contain_text("Вы · 22 ноября")
    await expect(page.locator(".line").nth(1)).to_contain_text("Специалист")
    await expect(page.locator(".line").nth(1)).to_contain_text("пришлю сегодня")


async def test_a_link_in_a_line_can_be_opened(page: Page, cabinet: Any) -> None:
    """The address as it stands in the answer; what is no https address stays text."""
    text = "Скачать можно по ссылке.\nhttps://partners.example.com/brand/book. javascript:alert(1) http://a.example"
    cabinet.api.appeals = [{**APPEAL, "lines": [{"at": "2026-11-22T14:05", "author": "assistant", "text": text}]}]
    await page.goto(cabinet.address("menu.html"))
    await page.get_by_role("tab", name="Обращения").click()
    await page.locator("#appeals summary").click()
    links = page.locator(".line a")
    await expect(links).to_have_count(1)
    await expect(links).to_have_text("https://partners.example.com/brand/book")
    await expect(links).to_have_attribute("href", "https://partners.example.com/brand/book")
    assert await page.locator(".line .text").inner_text() == text


async def test_empty_and_failed_parts_say_so(page: Page, cabinet: Any) -> None:
    """Nothing there: a sentence. Failed: the API's words and «Повторить», which repeats only that part."""
    message = "Список временно недоступен."
    cabinet.api.wrong["/api/promotions"] = (503, {"code": "unavailable", "message": message})
    await page.goto(cabinet.address("menu.html"))
    await expect(page.locator("#promotions")).to_contain_text(message)
    cabinet.api.wrong.clear()
    await page.get_by_role("button", name="Повторить").click()
    await expect(page.locator("#promotions")).to_contain_text("Сейчас акций нет")
    await page.get_by_role("tab", name="Обращения").click()
    await expect(page.locator("#appeals")).to_contain_text("Обращений пока нет")


async def test_loading_is_shown(page: Page, cabinet: Any) -> None:
    """Until the API answers there are placeholders, named for those who do not see them."""
    await page.route("**/api/**", lambda route: None)
    await page.goto(cabinet.address("menu.html"))
    await expect(page.locator("#promotions .skeleton").first).to_be_visible()
    await expect(page.locator("#promotions").get_by_text("Загружаем")).to_be_attached()
    await page.unroute_all(behavior="ignoreErrors")


async def test_a_stranger_is_sent_to_the_login(page: Page, site: Any) -> None:
    """menu.html of somebody not authorised goes to index.html and keeps the identity."""
    await page.goto(site.address("menu.html"))
    await expect(page.get_by_role("heading", name="Вход для партнёров")).to_be_visible()
    assert "index.html#tgWebAppData=" in page.url


async def test_tabs_work_by_keyboard(page: Page, cabinet: Any) -> None:
    """Arrow keys move between tabs; only the chosen one is in the tab order."""
    await page.goto(cabinet.address("menu.html"))
    await page.get_by_role("tab", name="Акции").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name="Услуги")).to_be_focused()
    await expect(page.get_by_role("tab", name="Услуги")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_role("tab", name="Акции")).to_have_attribute("tabindex", "-1")


@pytest.mark.parametrize("name", ["index.html", "menu.html"])
@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_scrolls_sideways(page: Page, site: Any, name: str, width: int) -> None:
    """From 320 px on, with a word that does not fit a line."""
    site.api.authorised = name == "menu.html"
    site.api.promotions = [{**PROMOTION, "title": "Сверхдлинноеназваниебезпробелов" * 4}]
    await page.set_viewport_size({"width": width, "height": 700})
    await page.goto(site.address(name))
    await expect(page.locator(".card, #login").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_telegrams_theme_is_worn(page: Page, site: Any) -> None:
    """Colours come from the launch parameters, also without the official script."""
    theme = {"bg_color": "#101820", "text_color": "#fefefe", "button_color": "#aa5500"}
    await page.goto(site.address(theme=theme))
    await expect(page.get_by_role("button", name="Войти")).to_have_css("background-color", "rgb(170, 85, 0)")
    await expect(page.locator("body")).to_have_css("background-color", "rgb(16, 24, 32)")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
