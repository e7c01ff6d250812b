"""A playground of one's own for a test, and what people do in it, as a dialogue.

with running_playground() as playground:
    partner = playground.partner()
    playground.log_in(partner)
    playground.say(partner.user, "Когда выставка?")
    playground.wait_for(lambda: "выставка" in playground.last(partner.user))
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from playground.kernel.server import free_port

REPOSITORY = Path(__file__).parents[1]
START_SECONDS = 60.0
FIRST_USER = 700_000_000
T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A clean row of the Authorisation sheet, and the Telegram account that stands for it."""

    user: int
    code: str
    phone: str
    name: str


class PlaygroundClient:
    """Every method raises AssertionError with the playground's answer when it is refused."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.http = httpx2.Client(base_url=base_url, timeout=120, trust_env=False)

    def say(self, user: int, text: str, **more: object) -> int:
        """The partner sends a message; gives its message_id."""
        return int(self._call("POST", f"/telegram/users/{user}/messages", {"text": text, **more})["message_id"])

    def messages(self, user: int) -> list[Json]:
        """What the partner sees, oldest first."""
        return list(self._call("GET", f"/telegram/users/{user}/messages"))

    def group(self, chat: int) -> list[Json]:
        return list(self._call("GET", f"/telegram/chats/{chat}/messages"))

    def row_link(self) -> str:
        """The address of a row in the newest notice to the specialists; waits for a notice."""
        chat = self.control("GET", "info")["specialists_chat_id"]
        notice = self.wait_for(lambda: self.group(chat))[-1]["text"]
        return str(notice.splitlines()[-1])

    def last(self, user: int) -> str:
        """The newest text of the bot in the chat, "" when it has said nothing."""
        said = [message for message in self.messages(user) if message["from"] == "bot"]
        return str(said[-1].get("text") or "") if said else ""

    def press(self, user: int, label: str, message_id: int | None = None) -> Json:
        """Presses the newest button with this label (of that message); gives the answer to the press."""
        for message in reversed(self.messages(user)):
            if message_id is not None and message["message_id"] != message_id:
                continue
            rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
            for button in (button for row in rows for button in row):
                if button["text"] == label and "callback_data" in button:
                    pressed = {"message_id": message["message_id"], "data": button["callback_data"]}
                    return dict(self._call("POST", f"/telegram/users/{user}/callbacks", pressed) or {})
        raise AssertionError(f"no button {label!r} in {self.messages(user)}")

    def view(self, spreadsheet: str, sheet: str | None = None) -> list[dict[str, str]]:
        """The rows of a tab (the main one by default) by header; `spreadsheet` is an alias such as "appeals"."""
        info = self.control("GET", "info")
        title = sheet or info["tabs"][info["spreadsheets"][spreadsheet]][0]
        query = httpx2.QueryParams({"spreadsheet": spreadsheet, "sheet": title})
        seen = self._call("GET", f"/google/people/view?{query}")
        return [{"": str(row["row"]), **dict(zip(seen["header"], row["values"], strict=False))} for row in seen["rows"]]

    def edit(self, spreadsheet: str, cells: str, values: Sequence[Sequence[str]], **more: object) -> None:
        """A person types, the trigger fires: `edit("appeals", "Обращения!G2", [["Добрый день"]])`."""
        self.people("edit", {"spreadsheet": spreadsheet, "range": cells, "values": values, **more})

    def people(self, call: str, body: Mapping[str, object]) -> Any:
        return self._call("POST", f"/google/people/{call}", body)

    def control(self, method: str, path: str, body: object = None) -> Any:
        """`control("PUT", "settings", {"quotas": False})`."""
        return self._call(method, f"/control/{path}", body)

    def run_job(self, name: str) -> Json:
        return dict(self._call("POST", f"/scheduler/jobs/{name}/run"))

    def api(self, user: int, method: str, path: str, json: object = None) -> httpx2.Response:
        """The Mini App calls `telegram-webhook`, e.g. `api(user, "GET", "/api/me")`, as the user who opened it."""
        data = self._call("GET", f"/telegram/users/{user}/init-data")["init_data"]
        headers = {"Authorization": f"tma {data}"}
        return self.http.request(method, f"/functions/telegram-webhook{path}", json=json, headers=headers)

    def partner(self, index: int = 0) -> Partner:
        """One of those who may log in."""
        row = self.control("GET", "info")["partners"][index]
        return Partner(user=FIRST_USER + int(row["code"]), code=row["code"], phone=row["phone"], name=row["name"])

    def log_in(self, partner: Partner) -> None:
        """/start in the chat, then code and phone in the Mini App."""
        self.say(partner.user, "/start")
        self.wait_for(lambda: self.last(partner.user))
        answer = self.api(partner.user, "POST", "/api/auth", {"code": partner.code, "phone": partner.phone})
        assert answer.status_code == 200, answer.text  # noqa: S101

    def wait_for(self, seen: Callable[[], T | None], *, seconds: float = 20.0) -> T:
        """The first truthy result of `seen`; AssertionError with the last one when the time is over."""
        until = time.monotonic() + seconds
        while not (result := seen()):
            if time.monotonic() > until:
                raise AssertionError(f"not seen within {seconds:.0f} s; last: {result!r}")
            time.sleep(0.05)
        return result

    def _call(self, method: str, path: str, body: object = None) -> Any:
        response = self.http.request(method, path, json=body)
        if response.is_error:
            raise AssertionError(f"{method} {path}: {response.status_code} {response.text}")
        return response.json() if response.content else None


@contextlib.contextmanager
def running_playground(environ: Mapping[str, str] | None = None) -> Iterator[PlaygroundClient]:
    """`python -m playground` on a free port, ready; gone when the block ends. `environ` is added to its environment."""
    port = free_port()
    surroundings = {**os.environ, "PLAYGROUND_REAL": "", **(environ or {})}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "playground", "--port", str(port)],
            cwd=REPOSITORY,
            env=surroundings,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        client = PlaygroundClient(f"http://127.0.0.1:{port}")
        try:
            _wait_until_up(client, process)
            yield client
        except BaseException as error:
            output.seek(0)
            error.add_note("the playground printed:\n" + output.read().decode(errors="replace"))
            raise
        finally:
            client.http.close()
            process.terminate()
            process.wait(30)


def _wait_until_up(client: PlaygroundClient, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the playground ended with code {process.returncode}")
        with contextlib.suppress(httpx2.TransportError):
            if client.http.get("/healthz", timeout=START_SECONDS).status_code == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the playground was not up within {START_SECONDS:.0f} s")
