"""What the synthetic answers name can be found: sections of the cabinet, pages of the invented site."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from playground.data import site
from playground.data.tab import records
from playground.page.site import SITE as SITE_ROUTE

SITE = "https://partners.example.com/"
MENU = (Path(__file__).parents[3] / "webapp" / "menu.html").read_text("utf-8")
CABINET = set(re.findall("<h2>([^<]+)</h2>", MENU))
ENTRIES = records("knowledge.json")
LINKED = [record for file in ("knowledge.json", "promotions.json") for record in records(file) if record["link"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_every_section_that_an_answer_names_exists(entry: dict[str, object]) -> None:
    """Of the cabinet, or of the partners' portal: then the answer's own link leads to it."""
    answer, link = str(entry["answer"]), str(entry["link"])
    for place, section in re.findall(r"в кабинете(,? раздел\w*)? «([^»]+)»", answer):
        assert section in CABINET, place
    for section in re.findall(r"портале?,? (?:в )?раздел\w* «([^»]+)»", answer):
        assert site()[link.removeprefix(SITE)] == section
    placed = re.findall(r"(?:в кабинете|портале?),? (?:в )?раздел", answer)
    assert len(placed) == answer.count("раздел")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_an_answer_that_promises_a_link_has_one(entry: dict[str, object]) -> None:
    """«по ссылке» without a link beside it leads nowhere."""
    assert entry["link"] or "ссылк" not in str(entry["answer"]) or "ссылка придёт" in str(entry["answer"])


@pytest.mark.parametrize("record", LINKED, ids=lambda record: str(record["link"]))
async def test_every_link_leads_to_a_page(record: dict[str, object]) -> None:
    """On the site that the playground serves in place of the invented one."""
    transport = httpx2.ASGITransport(Starlette(routes=[SITE_ROUTE]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://playground") as client:
        link = str(record["link"])
        assert link.startswith(SITE)
        answer = await client.get(f"/partners/{link.removeprefix(SITE)}")
        assert answer.status_code == 200
        assert (await client.get("/partners/nowhere")).status_code == 404
