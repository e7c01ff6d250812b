"""The published files themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path

WEBAPP = Path(__file__).parents[2] / "webapp"


def test_the_catalogue_is_the_five_categories() -> None:
    """services.json: an id, an icon, a title and items each."""
    catalogue = json.loads((WEBAPP / "services.json").read_text("utf-8"))
    assert len(catalogue) == 5
    assert all(set(category) == {"id", "icon", "title", "items"} and category["items"] for category in catalogue)


def test_the_scripts_stay_small_and_old() -> None:
    """Own JS and CSS within 30 kB, no syntax newer than ES2019, no config.js shipped, no inline script or style."""
    own = (WEBAPP / "app.js").read_text("utf-8")
    assert len(own.encode()) + (WEBAPP / "styles.css").stat().st_size <= 30_000
    assert not re.search(r"\?\.\w|\?\?|\breplaceAll\b|replaceChildren", own)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", own)
    assert not (WEBAPP / "config.js").exists()
    for page in ("index.html", "menu.html"):
        markup = (WEBAPP / page).read_text("utf-8")
        assert "Content-Security-Policy" in markup
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", markup)
