"""What stands in for the internet in the browser tests."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#2f6f4f"/>'
    '<circle cx="470" cy="130" r="70" fill="#e9c46a"/><path d="M0 360 220 150 360 280 460 200 640 360Z" '
    'fill="#1b4332"/></svg>'
)
TELEGRAM_SCRIPT = "https://telegram.org/js/telegram-web-app.js"
PACKAGE = "@twa-dev/sdk@8.0.2"
COPY = "package/src/telegram-web-apps.js"
SHA256 = "f4a03f7df8841ff5f232ad3a7416033df85594a23ce8b8cab64a82a9dad960d5"


def telegram_script(folder: Path) -> str:
    """Return Telegram's official Mini App script as the npm package ships it, kept in *folder* between runs.

    Skips the test where npm or its registry is out of reach.
    """
    kept = folder / "telegram-web-app.js"
    if not kept.exists():
        kept.write_bytes(_downloaded(folder))
    return kept.read_text("utf-8")


def _downloaded(folder: Path) -> bytes:
    npm = shutil.which("npm") or pytest.skip("npm is not installed: no copy of Telegram's script")
    command = [npm, "pack", PACKAGE, "--silent", "--ignore-scripts", "--pack-destination", str(folder)]
    try:
        packed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"npm cannot fetch {PACKAGE}: {error}")
    archive = folder / packed.stdout.split()[-1]
    with tarfile.open(archive) as files:
        member = files.extractfile(COPY)
        assert member is not None
        script = member.read()
    archive.unlink()
    assert hashlib.sha256(script).hexdigest() == SHA256
    return script
