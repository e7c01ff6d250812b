"""Messages in the form of the Bot API; the same for a call and for the webhook's answer."""

from __future__ import annotations

from shared.ports import Answer, Button, Keyboard, React, Say

TEXT_LIMIT = 4096


def as_call(answer: Answer) -> dict[str, object]:
    """The JSON that Telegram executes when it stands in the webhook's answer."""
    match answer:
        case Say():
            call: dict[str, object] = {"method": "sendMessage", "chat_id": answer.chat, "text": fitting(answer.text)}
            if answer.buttons:
                call["reply_markup"] = {"inline_keyboard": keyboard(answer.buttons)}
            if not answer.preview:
                call["link_preview_options"] = {"is_disabled": True}
            return call
        case React():
            reaction = [{"type": "emoji", "emoji": answer.emoji}]
            return {
                "method": "setMessageReaction",
                "chat_id": answer.chat,
                "message_id": answer.message,
                "reaction": reaction,
            }


def keyboard(buttons: Keyboard) -> list[list[dict[str, object]]]:
    return [[_button(button) for button in row] for row in buttons]


def fitting(text: str) -> str:
    """At most 4,096 UTF-16 units, as Telegram counts them, and never half a character."""
    units = text.encode("utf-16-le")
    if len(units) <= TEXT_LIMIT * 2:
        return text
    return units[: (TEXT_LIMIT - 1) * 2].decode("utf-16-le", "ignore") + "…"


def in_parts(text: str) -> list[str]:
    """The text in messages that Telegram takes, cut at a line or a word where there is one."""
    text, parts = text.strip(), []
    while len(text.encode("utf-16-le")) > TEXT_LIMIT * 2:
        head = text.encode("utf-16-le")[: TEXT_LIMIT * 2].decode("utf-16-le", "ignore")
        cuts = (head.rfind("\n"), head.rfind(" "))
        head = head[: next((cut for cut in cuts if cut > len(head) // 2), len(head))]
        parts.append(head)
        text = text[len(head) :].lstrip()
    return [*parts, text]


def _button(button: Button) -> dict[str, object]:
    if button.web_app:
        return {"text": button.text, "web_app": {"url": button.web_app}}
    return {"text": button.text, "callback_data": button.data}
