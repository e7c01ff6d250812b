"""What a function is made of, and what it does with wrong settings."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functions.conftest import REPOSITORY, Deploy, staged

FUNCTIONS = ("telegram-webhook", "sheet-events", "promo-scheduler")
SIX = {
    *("functions-framework", "python-telegram-bot", "gspread", "google-auth", "openai", "google-cloud-pubsub"),
}
HEAVY = {"telegram", "gspread", "openai", "google.cloud.pubsub_v1", "google.oauth2", "requests", "httpx", "httpx2"}
NEVER_IMPORTED = {"tzdata"}
COMES_WITH = {"starlette": "functions-framework", "requests": "gspread"}


OWN_PATH = re.compile(r"/(?:[\w.-]+/?)*")


def requirements() -> dict[str, str]:
    lines = (REPOSITORY / "requirements.txt").read_text("utf-8").splitlines()
    found = [re.fullmatch(r"([\w-]+)==([\w.]+)\s*(?:#.*)?", line) for line in lines if line and line[0] != "#"]
    assert all(found), lines
    return {match[1]: match[2] for match in found if match}


def imported() -> set[str]:
    """The packages whose modules the functions import, at the top of a file or on first use."""
    sources = [*(REPOSITORY / "shared").rglob("*.py"), *(REPOSITORY / "functions").rglob("*.py")]
    modules: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module)
    return {package for module in modules if (package := package_of(module))}


def package_of(module: str) -> str | None:
    """google.* is shared by many packages, so the longest name decides."""
    known = {"google.cloud.pubsub_v1": "google-cloud-pubsub", "google.api_core": "google-cloud-pubsub"}
    known |= {"google.pubsub_v1": "google-cloud-pubsub"}
    known |= {"google.auth": "google-auth", "google.oauth2": "google-auth"}
    for prefix, package in known.items():
        if module == prefix or module.startswith(f"{prefix}."):
            return package
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names or top == "shared":
        return None
    [package] = importlib.metadata.packages_distributions()[top]
    return COMES_WITH.get(package, package)


def test_requirements_hold_what_the_functions_import_and_nothing_else() -> None:
    """Pinned; the six packages of the project among them; development dependencies stand elsewhere."""
    assert set(requirements()) - NEVER_IMPORTED == imported()
    assert set(requirements()) >= SIX
    development = (REPOSITORY / "requirements-dev.txt").read_text("utf-8")
    assert "-r requirements.txt" in development
    assert all(f"\n{name}==" not in development for name in requirements())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_importing_a_function_imports_no_client(name: str, tmp_path: Path) -> None:
    """A cold start pays for what its first request needs."""
    program = "import sys; sys.path.insert(0, '.'); import main; print('\\n'.join(sys.modules))"
    folder = staged(name, tmp_path / name)
    printed = subprocess.run([sys.executable, "-I", "-c", program], cwd=folder, capture_output=True, check=True)
    assert not HEAVY & set(printed.stdout.decode().split())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_staged_folder_is_the_repository_byte_for_byte(name: str, tmp_path: Path) -> None:
    """main.py, shared/ and requirements.txt, and nothing else."""
    folder = staged(name, tmp_path / name)
    source = {"main.py": REPOSITORY / "functions" / name.replace("-", "_") / "main.py"}
    source["requirements.txt"] = REPOSITORY / "requirements.txt"
    shared = [path for path in (REPOSITORY / "shared").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    source |= {str(path.relative_to(REPOSITORY)): path for path in shared}
    made = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in made.items()} == {
        name: path.read_bytes() for name, path in source.items()
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_missing_settings_are_one_line_of_the_log_and_a_500(name: str, deploy: Deploy) -> None:
    """All of them in one line of JSON, by name; the caller learns nothing, and health says so too."""
    function = deploy(name, {"TELEGRAM_TOKEN": "123456:secret", "SHEETS_SHARE": "many", "GCP_SA_JSON": '{"private_key'})
    answer = function.http.get("/health")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "failed")
    [line] = function.logged()
    assert (line["severity"], line["message"], line["function"]) == ("ERROR", "settings", name)
    for setting in ("WEBHOOK_SECRET", "SHEET_ID", "APPEALS_SHEET_ID", "OPENAI_API_KEY", "SHEETS_SHARE", "GCP_SA_JSON"):
        assert setting in line["error"]
        assert setting not in answer.text
    assert "secret" not in json.dumps(line)
    assert "private_key" not in json.dumps(line)


def own_paths() -> set[str]:
    """Return every text of the functions that is a path from the root."""
    sources = [*(REPOSITORY / "shared").rglob("*.py"), *(REPOSITORY / "functions").rglob("*.py")]
    nodes = (node for source in sources for node in ast.walk(ast.parse(source.read_text("utf-8"))))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if OWN_PATH.fullmatch(text)}


def test_no_path_ends_in_z() -> None:
    """Cloud Run's front end answers some of those itself (`/healthz`), and the function never sees the request."""
    paths = own_paths()
    assert {"/health", "/telegram", "/api/auth"} <= paths
    assert not [path for path in paths if path.rstrip("/").endswith("z")]
