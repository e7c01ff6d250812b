"""The whole world of MarketingBot: emulators, functions, the script, the scheduler, and its synthetic start."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playground.apps_script import AppsScript
from playground.data import clean_partners
from playground.functions.environment import Secrets, environment, real_services
from playground.functions.logs import FunctionLogs
from playground.functions.proxy import FunctionsProxy
from playground.functions.supervisor import FunctionSource, Supervisor
from playground.kernel.emulator import Emulator, Kernel
from playground.kernel.fault import Faults
from playground.kernel.gate import Gate
from playground.kernel.lifeline import Lifeline
from playground.names import FUNCTIONS, PROJECT, TOPIC, service_account
from playground.openai import OpenAIEmulator
from playground.person import person_call
from playground.pubsub import GcloudPubsub, PubsubEmulator
from playground.scheduler import Scheduler
from playground.seed import authorised_codes, seed_promotions, seed_pubsub, seed_sheets, seed_telegram
from playground.sheets import SheetsEmulator
from playground.sheets_setup import set_up_sheets
from playground.spoilt import SpoiltCalls
from playground.telegram import TelegramEmulator

REPOSITORY = Path(__file__).parents[1]
CONCURRENCY = {"telegram-webhook": 120, "sheet-events": 80, "promo-scheduler": 80}


class NotConnectedError(RuntimeError):
    """The script's installer left no trigger behind; the text carries what it said."""


class World:
    """Everything that answers below `http://127.0.0.1:port`.

    Build it inside the event loop that runs it; RealServiceError.
    """

    def __init__(self, port: int) -> None:
        self.kernel = Kernel.fresh(f"http://127.0.0.1:{port}")
        self.secrets = Secrets.fresh()
        self.gate = Gate()
        self._lifeline = Lifeline()
        self.stopping = asyncio.Event()
        self.serving = False
        self.spreadsheets: dict[str, str] = {}
        self.webapp = REPOSITORY / "webapp"
        self._folder = REPOSITORY / ".playground" / str(port)
        self._changing = asyncio.Lock()
        self._real_services = real_services(REPOSITORY / ".env")
        self._make_emulators()
        self._spoilt = SpoiltCalls(self.kernel.events, self.sheets.access_token)
        self.faults = Faults(person=self._person, told=self._spoilt.told)
        self._make_functions()

    def _make_emulators(self) -> None:
        kernel, secrets = self.kernel, self.secrets
        self.sheets = SheetsEmulator(kernel)
        self.telegram = TelegramEmulator(
            kernel, token=secrets.telegram_token, bot_username=secrets.bot_username, seed=1
        )
        self.openai = OpenAIEmulator(kernel, api_key=secrets.openai_key)
        self.pubsub: GcloudPubsub | PubsubEmulator = PubsubEmulator(kernel, project=PROJECT)
        if os.environ.get("PLAYGROUND_PUBSUB") == "gcloud":
            self.pubsub = GcloudPubsub(kernel, project=PROJECT, lifeline=self._lifeline)
        self.apps_script = AppsScript(
            kernel,
            source=REPOSITORY / "apps_script" / "Code.gs",
            properties={"PROJECT_ID": PROJECT, "TOPIC": TOPIC},
            open_workbook=self.sheets.workbook,
            urls={"https://pubsub.googleapis.com": f"{kernel.base_url}/pubsub"},
        )
        self.sheets.on_edit = self.apps_script.edited
        self.emulators: dict[str, Emulator] = {
            "sheets": self.sheets,
            "telegram": self.telegram,
            "openai": self.openai,
            "pubsub": self.pubsub,
        }

    def _make_functions(self) -> None:
        folders = {name: REPOSITORY / "functions" / name.replace("-", "_") for name in FUNCTIONS}
        self.supervisor = Supervisor(
            [
                FunctionSource(name=name, target=name.replace("-", "_"), folder=folder, concurrency=CONCURRENCY[name])
                for name, folder in folders.items()
            ],
            shared=REPOSITORY / "shared",
            requirements=REPOSITORY / "requirements.txt",
            staged=self._folder,
            environment=self._environment,
            logs=FunctionLogs(self.kernel.clock),
            lifeline=self._lifeline,
            scaled="telegram-webhook",
        )
        real_sheets = "SHEETS_API_URL" in self._real_services
        sites = {} if real_sheets else {b"https://docs.google.com": b""}
        self.proxy = FunctionsProxy(self.supervisor, self.kernel.events, sites=sites)
        self.scheduler = Scheduler(
            self.kernel,
            function_url=self.function_url("promo-scheduler"),
            service_account=service_account("promo-scheduler"),
        )

    def function_url(self, name: str) -> str:
        return f"{self.kernel.base_url}/functions/{name}"

    def tabs(self) -> dict[str, list[str]]:
        """Titles of each spreadsheet's tabs as they stand now."""
        return {key: self.sheets.workbook(key).titles() for key in self.spreadsheets.values()}

    def gids(self) -> dict[str, dict[int, str]]:
        """Sheet id → title for each spreadsheet's tabs as they stand now."""
        books = {key: self.sheets.workbook(key) for key in self.spreadsheets.values()}
        return {key: {book.sheet_id(title): title for title in book.titles()} for key, book in books.items()}

    def free_partners(self) -> list[dict[str, str]]:
        """Who may log in: clean rows of the synthetic start whose code nobody has authorised since."""
        taken = authorised_codes(self.sheets.workbook(self.spreadsheets["authorisation"]))
        return [asdict(partner) for partner in clean_partners() if partner.code not in taken]

    def stats(self) -> dict[str, dict[str, Any]]:
        """Counters since the last reset; what a fault answered counts like what the service answered."""
        return self._spoilt.added_to({name: emulator.stats() for name, emulator in self.emulators.items()})

    async def start(self) -> None:
        """Returns when everything serves; the port has to be served already.

        Raises FunctionStartError, NotConnectedError, SheetsSetupError.
        """
        await self._lifeline.start()
        self._folder.mkdir(parents=True, exist_ok=True)
        self.kernel.clock.on_move(self._write_clock)
        self._write_clock(self.kernel.clock.offset)
        for emulator in self.emulators.values():
            await emulator.start()
        seed_pubsub(self.pubsub, endpoint=f"{self.function_url('sheet-events')}/")
        self.spreadsheets = seed_sheets(self.sheets, self.kernel.clock.now())
        # beside the functions, because each of the two takes seconds
        setting_up = asyncio.create_task(set_up_sheets(self.kernel.base_url, self._lifeline))
        try:
            await self.supervisor.start(instances=self.kernel.settings.instances)
            await setting_up
        finally:
            setting_up.cancel()
        self.sheets.keep()
        self._seed()
        await self._begin()

    async def reset(self) -> None:
        """Back to the synthetic start; returns when everything serves again."""
        async with self._changing:
            self.serving = False
            self.scheduler.pause()
            self.apps_script.clear()
            self.telegram.clear()
            await self.gate.close()
            await self.supervisor.kill_all()
            await self.pubsub.clear()
            self.faults.replace([])
            self.faults.chance = random.Random(1)
            self.openai.clear()
            self.sheets.restore()
            self.kernel.settings.reset()
            self.kernel.clock.reset()
            self._seed()
            self.gate.open()
            await self.supervisor.deploy_all(instances=self.kernel.settings.instances)
            await self._begin()

    async def apply_settings(self, named: Mapping[str, object]) -> None:
        """What changed settings mean for what runs already; returns when it is so."""
        async with self._changing:
            if "instances" in named:
                await self.supervisor.scale(self.kernel.settings.instances)

    async def stop(self) -> None:
        """Nothing of the world is left running. May be called twice, and after a start that failed."""
        self.serving = False
        self.stopping.set()
        await self.scheduler.stop()
        await self.supervisor.stop()
        await self.proxy.close()
        for emulator in self.emulators.values():
            await emulator.stop()
        await self._lifeline.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _seed(self) -> None:
        seed_promotions(self.sheets, self.kernel.clock.now())
        seed_telegram(
            self.telegram,
            webhook=f"{self.function_url('telegram-webhook')}/telegram",
            secret=self.secrets.webhook_secret,
            max_connections=self.kernel.settings.max_connections,
        )

    async def _begin(self) -> None:
        """Connects the sheet as a person would; nothing of all this counts as having happened."""
        await self.apps_script.install(self.spreadsheets["appeals"])
        if not self.apps_script.triggers:
            said = [event.as_json() for event in self.kernel.events.since() if event.source == "apps_script"]
            raise NotConnectedError(f"Code.gs has not connected the Appeals sheet: {said}")
        await self._quiet()
        self.supervisor.logs.clear()
        self.kernel.events.clear()
        self._spoilt.clear()
        for emulator in self.emulators.values():
            emulator.reset_stats()
        self.scheduler.restart()
        self.serving = True

    async def _quiet(self) -> None:
        """The installer's trial message has been delivered, or takes longer than is worth waiting for."""
        for _ in range(300):
            if self.pubsub.idle():
                return
            await asyncio.sleep(0.01)

    def _environment(self, name: str, instances: int) -> dict[str, str]:
        return environment(
            self.kernel.base_url,
            self.secrets,
            service_account_key=self.sheets.service_account_key(service_account(name)),
            spreadsheets=self.spreadsheets,
            clock_file=self._clock_file,
            instances=instances,
            changes=self._real_services,
        )

    async def _person(self, edit: Mapping[str, object]) -> None:
        """What the fault `person` does; the matched call is answered even when the person could not do it."""
        call, body = person_call(edit)
        try:
            await self.sheets.person(call, body)
        except Exception as error:
            self.kernel.events.record("faults", f"the person failed: {error}", call=call)

    @property
    def _clock_file(self) -> Path:
        return self._folder / "clock"

    def _write_clock(self, offset: float) -> None:
        fresh = self._clock_file.with_suffix(".new")
        fresh.write_text(repr(offset))
        fresh.replace(self._clock_file)
