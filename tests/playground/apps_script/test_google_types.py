"""Code.gs and the fakes beside Google's own description of the services (`@types/google-apps-script`, from npm)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.apps_script.interpreter import CLASSES, SERVICES

CODE = Path(__file__).parents[3] / "apps_script" / "Code.gs"
PACKAGES = ("typescript@7.0.2", "@types/google-apps-script@2.0.13")
NPM = ("npm", "install", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=5000")
OPTIONS = ("--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--lib", "es2022")
TYPED_ELSEWHERE = {
    "SpreadsheetApp.Ui": "Base.Ui",
    "SpreadsheetApp.Menu": "Base.Menu",
    "Session.User": "Base.User",
    "Utilities.Blob": "Base.Blob",
}
NAMESPACES = {
    "SpreadsheetApp": "Spreadsheet",
    "ScriptApp": "Script",
    "UrlFetchApp": "URL_Fetch",
    "PropertiesService": "Properties",
}
Check = Callable[[str], str]


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """What the compiler says of a script, nothing when all is well."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("node and npm are not installed")
    folder = tmp_path_factory.mktemp("types")
    try:
        subprocess.run([*NPM, *PACKAGES], cwd=folder, check=True, capture_output=True, timeout=60)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("the npm registry does not give @types/google-apps-script")

    def compiled(script: str) -> str:
        (folder / "Code.js").write_text(script, encoding="utf-8")
        tsc = [str(folder / "node_modules/.bin/tsc"), *OPTIONS, "--types", "google-apps-script", "Code.js"]
        return subprocess.run(tsc, cwd=folder, check=False, capture_output=True, text=True).stdout

    return compiled


def test_the_script_calls_what_exists(check: Check) -> None:
    """Names, arguments and results of every service are Google's; a misspelt method would be seen."""
    script = CODE.read_text(encoding="utf-8")
    assert check(script) == ""
    assert "getDisplayValuez" in check(script.replace("getDisplayValues", "getDisplayValuez", 1))


def test_the_fakes_have_no_methods_of_their_own(check: Check) -> None:
    """What the playground lets a script call is there at Google too."""
    assert check("\n".join(uses(cls.google, list(cls.methods), number) for number, cls in enumerate(CLASSES))) == ""


def uses(google: str, methods: list[str], number: int) -> str:
    service, _, kind = google.partition(".")
    if google in SERVICES:
        return "\n".join(f"{google}.{method};" for method in methods)
    name = TYPED_ELSEWHERE.get(google, f"{NAMESPACES.get(service, service)}.{kind}")
    body = " ".join(f"it.{method};" for method in methods)
    return f"/** @param {{GoogleAppsScript.{name}}} it */ function of{number}(it) {{ {body} }}"
