"""What a bot says about itself: names, descriptions, commands, menu buttons."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.telegram.errors import Json

ScopeKey = tuple[str, int, int, str]


def scope_key(scope: Json | None, language: str) -> ScopeKey:
    """Scope and language under which a list of commands is kept."""
    scope = scope or {"type": "default"}
    return scope["type"], int(scope.get("chat_id", 0)), int(scope.get("user_id", 0)), language


@dataclass(slots=True)
class Profile:
    """`texts` by (`name` | `description` | `short_description`, language code); `menu_buttons` by chat, 0 for all."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[ScopeKey, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def menu_button(self, chat_id: int) -> Json:
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or {"type": "commands"}

    def commands_seen_by(self, user_id: int) -> list[Json]:
        """What a Russian user sees in the private chat: the narrowest scope wins, then the language."""
        for scope in (("chat", user_id), ("all_private_chats", 0), ("default", 0)):
            for language in ("ru", ""):
                if found := self.commands.get((*scope, 0, language)):
                    return found
        return []
