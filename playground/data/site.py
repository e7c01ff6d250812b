"""The pages of the invented site that the synthetic answers and promotions link to."""

from __future__ import annotations

import json
from pathlib import Path


def site() -> dict[str, str]:
    """Path without its leading slash → title of the page, which is also the section's name in answers."""
    loaded: dict[str, str] = json.loads(Path(__file__).with_name("site.json").read_text(encoding="utf-8"))
    return loaded
