"""What a fake service is: named methods with the signatures and permissions that Google gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import EllipsisType
from typing import Any, ClassVar, TypeVar

Signature = tuple[str | EllipsisType, ...]
"""Names of types as `accepts` knows them; a final `...` repeats the one before it."""

Function = TypeVar("Function", bound=Callable[..., object])

AUTH = "https://www.googleapis.com/auth/"


class ScriptError(Exception):
    """An error that the script sees; `name` is what Google calls it."""

    def __init__(self, message: str, name: str = "Exception") -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class EnumValue:
    """`ScriptApp.AuthMode.FULL` is `EnumValue("ScriptApp.AuthMode", "FULL")`."""

    type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    function: Callable[..., object]
    signatures: tuple[Signature, ...]
    scopes: tuple[str, ...]
    in_simple_triggers: bool


def method(
    name: str, *signatures: Signature, scopes: tuple[str, ...] | None = None, in_simple_triggers: bool | None = None
) -> Callable[[Function], Function]:
    """The Apps Script method `name`; without signatures it takes nothing. Permissions default to the class's."""

    def mark(function: Function) -> Function:
        function.__dict__["google"] = (name, signatures or ((),), scopes, in_simple_triggers)
        return function

    return mark


class Fake:
    """A service or an object of one. `google` is its full name; one of `scopes` is needed to use it."""

    google: ClassVar[str]
    scopes: ClassVar[tuple[str, ...]] = ()
    in_simple_triggers: ClassVar[bool] = True
    enums: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    methods: ClassVar[Mapping[str, Method]] = {}

    def __init_subclass__(cls) -> None:
        found: dict[str, Method] = {}
        for value in vars(cls).values():
            if marked := getattr(value, "google", None):
                name, signatures, scopes, simple = marked
                found[name] = Method(
                    function=value,
                    signatures=signatures,
                    scopes=cls.scopes if scopes is None else scopes,
                    in_simple_triggers=cls.in_simple_triggers if simple is None else simple,
                )
        cls.methods = {**cls.methods, **found}

    @property
    def short_name(self) -> str:
        return self.google.rpartition(".")[2]


def checked(fake: Fake, name: str, arguments: list[Any]) -> Method:
    """The method that takes these arguments. ScriptError in Google's words."""
    found = fake.methods[name]
    if not any(_fits(signature, arguments) for signature in found.signatures):
        types = ",".join(type_name(argument) for argument in arguments)
        raise ScriptError(f"The parameters ({types}) don't match the method signature for {fake.google}.{name}.")
    return found


def type_name(value: object) -> str:
    """What Google's messages call the type of an argument."""
    match value:
        case None:
            return "null"
        case bool():
            return "Boolean"
        case int() | float():
            return "number"
        case str():
            return "String"
        case datetime():
            return "Date"
        case list():
            inner = {type_name(item) for item in value}
            return f"{inner.pop()}[]" if len(inner) == 1 else "Object[]"
        case Fake():
            return value.google
        case EnumValue():
            return value.type
        case Mapping():
            return "Object"
        case _:
            return "(class)"


def accepts(wanted: str, value: object) -> bool:
    match wanted:
        case "any":
            return True
        case "any[]":
            return isinstance(value, list)
        case "any[][]":
            return isinstance(value, list) and all(isinstance(row, list) for row in value)
        case "number[]":
            return isinstance(value, list) and all(type_name(item) == "number" for item in value)
        case _:
            return type_name(value) == wanted


def _fits(signature: Signature, arguments: list[object]) -> bool:
    wanted = [name for name in signature if isinstance(name, str)]
    if Ellipsis in signature:
        wanted += wanted[-1:] * (len(arguments) - len(wanted))
        wanted = wanted[: max(len(arguments), len(wanted) - 1)]
    return len(wanted) == len(arguments) and all(map(accepts, wanted, arguments))
