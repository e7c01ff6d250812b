"""Which API keys are taken: the functions' own, made anew at each start, and the fixed one of tools."""

from __future__ import annotations

import hmac

TOOLS_KEY = "conformance"
"""The same word as the Google emulators' token for tools; `/control/info` shows it, and the functions' key."""


def is_good(given: str, own: str) -> bool:
    return any(hmac.compare_digest(given.encode(), known.encode()) for known in (own, TOOLS_KEY))
