"""Session and User: who is at the sheet."""

from __future__ import annotations

from typing import ClassVar

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import AUTH, Fake, method
from playground.apps_script.project import AuthMode

EMAIL = ("userinfo.email",)


class Session(Fake):
    google = "Session"

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("getActiveUser", scopes=EMAIL, in_simple_triggers=False)
    def active_user(self) -> User:
        return User(self._execution)

    @method("getScriptTimeZone")
    def time_zone(self) -> str:
        return self._execution.project.manifest.time_zone


class User(Fake):
    """Without the scope, and in a simple trigger, the address is blank."""

    google = "Session.User"
    scopes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("getEmail")
    def email(self) -> str:
        allowed = self._execution.project.manifest.allows((f"{AUTH}{EMAIL[0]}",))
        return self._execution.user if allowed and self._execution.mode is AuthMode.FULL else ""
