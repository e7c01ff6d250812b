"""The browser of the tests: Debian's chromium, or the Chrome that is there anyway."""

from __future__ import annotations

import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def chromium() -> str:
    """Where it is; skips the test that needs it when it is nowhere."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
