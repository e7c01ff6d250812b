"""What Telegram demands of buttons."""

from __future__ import annotations

from playground.telegram.chats.chat import Chat
from playground.telegram.errors import Json, bad_request, not_emulated
from playground.telegram.formatting.links import LinkError, check_link, check_web_app_link

MOST_BUTTONS = 100
MOST_CALLBACK_BYTES = 64
_INLINE_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_KEYBOARD_ACTIONS = (
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
_STYLES = ("danger", "success", "primary")


def check_markup(markup: Json | None, chat: Chat) -> Json | None:
    """The markup as it will stand under a message. ApiError 400 in Telegram's words."""
    if markup is None:
        return None
    rows: list[list[Json]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if "inline_keyboard" in markup:
        rows = [[_inline(button, chat) for button in row] for row in rows if row]
        return {"inline_keyboard": rows} if rows else None
    for button in buttons:
        _check_keyboard(button, chat)
    return markup


def _inline(button: Json, chat: Chat) -> Json:
    actions = [name for name in _INLINE_ACTIONS if name in button]
    _check_look(button, "inline keyboard button")
    if not actions or (actions == ["callback_data"] and not button["callback_data"]):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: exactly one action is allowed, got {', '.join(actions)}"
        )
    match actions[0]:
        case "callback_data" if len(button["callback_data"].encode()) > MOST_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            return button | {"url": _checked_url(button["url"])}
        case "web_app":
            check_web_app(button["web_app"]["url"], "inline keyboard button")
            if chat.type != "private":
                raise bad_request("BUTTON_TYPE_INVALID")
        case "copy_text" if not 1 <= len(button["copy_text"]["text"]) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "callback_game" | "pay":
            raise bad_request("BUTTON_TYPE_INVALID")
        case "login_url":
            raise not_emulated("login_url of an inline keyboard button")
    return button


def _check_keyboard(button: Json, chat: Chat) -> None:
    actions = [name for name in _KEYBOARD_ACTIONS if name in button]
    _check_look(button, "keyboard button")
    if len(actions) > 1:
        raise bad_request(f"can't parse keyboard button: at most one action is allowed, got {', '.join(actions)}")
    if not actions:
        return
    if actions[0] not in ("request_contact", "request_location", "web_app"):
        raise not_emulated(f"{actions[0]} of a keyboard button")
    if actions == ["web_app"]:
        check_web_app(button["web_app"]["url"], "keyboard button")
    if chat.type != "private":
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_look(button: Json, what: str) -> None:
    if not button["text"]:
        raise bad_request(f"{what} text must be non-empty")
    if button.get("style", _STYLES[0]) not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")


def _checked_url(url: str) -> str:
    try:
        return check_link(url)
    except LinkError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None


def check_web_app(url: str, where: str) -> None:
    try:
        check_web_app_link(url)
    except LinkError as error:
        raise bad_request(f"{where} Web App URL '{url}' is invalid: {error}") from None
