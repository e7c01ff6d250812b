"""`GET /control/info`: every id, address and secret that a test or a tool needs."""

from __future__ import annotations

from playground.functions.processes import processes_of
from playground.names import ADMIN_ID, PROJECT, SPECIALISTS_CHAT_ID
from playground.world import World


def info(world: World) -> dict[str, object]:
    return {
        "base_url": world.kernel.base_url,
        "project": PROJECT,
        "bot_token": world.secrets.telegram_token,
        "bot_username": world.secrets.bot_username,
        "webhook_secret": world.secrets.webhook_secret,
        "link_secret": world.secrets.link_secret,
        "access_token": world.sheets.access_token,
        "openai_api_key": world.secrets.openai_key,
        "spreadsheets": world.spreadsheets,
        "tabs": world.tabs(),
        "partners": world.free_partners(),
        "admin_id": ADMIN_ID,
        "specialists_chat_id": SPECIALISTS_CHAT_ID,
        "functions": {name: _function(world, name) for name in world.supervisor.up()},
        "jobs": world.scheduler.names,
        "topics": world.pubsub.topics(),
    }


def _function(world: World, name: str) -> dict[str, object]:
    groups = world.supervisor.pool(name).groups
    return {
        "url": f"{world.kernel.base_url}/functions/{name}",
        "pids": [pid for group in groups for pid in processes_of(group)],
    }
