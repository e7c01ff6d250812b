"""How the bot presents itself: commands, names, descriptions, menu buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.keyboards import check_web_app
from playground.telegram.errors import Json, bad_request
from playground.telegram.formatting import utf16
from playground.telegram.profile import ScopeKey, scope_key

MOST_COMMANDS = 100
_LONGEST = {"name": 64, "description": 512, "short_description": 120}


def _language(p: Json) -> str:
    language: str = p.get("language_code", "")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _scope(account: Account, p: Json) -> ScopeKey:
    scope = p.get("scope")
    if scope and "chat_id" in scope:
        scope = scope | {"chat_id": account.world.chat(scope["chat_id"]).id}
    return scope_key(scope, _language(p))


def set_commands(account: Account, p: Json) -> bool:
    scope = _scope(account, p)
    commands = [_command(command) for command in p["commands"]]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    account.profile.commands[scope] = commands
    return True


def _command(given: Json) -> Json:
    command, description = given["command"].strip().removeprefix("/"), given["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if utf16.length(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not re.fullmatch("[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def get_commands(account: Account, p: Json) -> list[Json]:
    return account.profile.commands.get(_scope(account, p), [])


def delete_commands(account: Account, p: Json) -> bool:
    account.profile.commands.pop(_scope(account, p), None)
    return True


def _setter(what: str) -> Callable[[Account, Json], Any]:
    def set_text(account: Account, p: Json) -> bool:
        text = p.get(what, "")
        if utf16.length(text) > _LONGEST[what]:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        account.profile.texts[what, _language(p)] = text
        return True

    return set_text


def _getter(what: str) -> Callable[[Account, Json], Any]:
    def get_text(account: Account, p: Json) -> Json:
        default = account.profile.texts.get((what, ""), account.bot.first_name if what == "name" else "")
        return {what: account.profile.texts.get((what, _language(p))) or default}

    return get_text


def set_menu_button(account: Account, p: Json) -> bool:
    chat_id = _button_chat(account, p)
    button = p.get("menu_button", {"type": "default"})
    if button["type"] == "web_app":
        if not button["text"]:
            raise bad_request("menu button text must be non-empty")
        check_web_app(button["web_app"]["url"], "menu button")
    account.profile.menu_buttons.pop(chat_id, None)
    if button["type"] != "default":
        account.profile.menu_buttons[chat_id] = button
    return True


def get_menu_button(account: Account, p: Json) -> Json:
    chat_id = _button_chat(account, p)
    return account.profile.menu_buttons.get(chat_id, {"type": "default" if chat_id else "commands"})


def _button_chat(account: Account, p: Json) -> int:
    """0 is every private chat that has no button of its own."""
    if "chat_id" not in p:
        return 0
    chat = account.world.chat(p["chat_id"])
    if chat.user is None:
        raise bad_request("chat not found")
    return chat.id


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
