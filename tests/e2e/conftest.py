"""One playground for all end-to-end tests, back at its synthetic start before each, and its page in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from playground.testing import PlaygroundClient, running_playground
from tests.webapp.chromium import ARGUMENTS, chromium
from tests.webapp.outside import PICTURE, TELEGRAM_SCRIPT, telegram_script

# a red message hides itself after a while: it is copied to the console, where it is not overlooked
TELL_PROBLEMS = """addEventListener("DOMContentLoaded", () => {
  const problem = document.querySelector("#problem");
  const told = () => problem.hidden || console.error(problem.textContent);
  if (problem) new MutationObserver(told).observe(problem, { attributes: true });
})"""


@pytest.fixture(scope="session")
def running() -> Iterator[PlaygroundClient]:
    with running_playground() as playground:
        yield playground


@pytest.fixture
def playground(running: PlaygroundClient) -> PlaygroundClient:
    running.control("POST", "reset")
    return running


@pytest.fixture
def telegram_org(request: pytest.FixtureRequest) -> str | None:
    """What telegram.org answers: the official script, or nothing (as by default) because it is blocked."""
    if getattr(request, "param", "blocked") == "blocked":
        return None
    return telegram_script(request.config.cache.mkdir("telegram-script"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the tests of a file, which all drive it: its event loop would be in the way of asynchronous tests."""
    executable = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def any_page(
    browser: Browser, playground: PlaygroundClient, telegram_org: str | None
) -> Iterator[tuple[Page, list[str]]]:
    """The page on a laptop, and what went wrong on it: scripts' errors, the console's, red messages."""

    def outside(route: Route) -> None:
        if route.request.url.startswith("https://partners.example.com/"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        elif route.request.url == TELEGRAM_SCRIPT and telegram_org:
            route.fulfill(body=telegram_org, content_type="text/javascript")
        else:
            route.abort()

    def said(message: ConsoleMessage) -> None:
        # what is blocked on purpose is no error of the page
        blocked = message.location["url"] == TELEGRAM_SCRIPT and message.text.startswith("Failed to load resource")
        if message.type == "error" and not blocked:
            complaints.append(message.text)

    expect.set_options(timeout=40_000)
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ru-RU")
    opened = context.new_page()
    opened.add_init_script(TELL_PROBLEMS)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", said)
    opened.route(lambda url: not url.startswith(playground.base_url), outside)
    opened.goto(playground.base_url)
    yield opened, complaints
    context.close()


@pytest.fixture
def page(any_page: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page; whatever goes wrong on it fails the test."""
    opened, complaints = any_page
    yield opened
    assert complaints == []
