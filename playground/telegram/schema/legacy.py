"""Parameters that the Bot API has replaced and still honours: old names, given in the place of the new ones."""

from __future__ import annotations

from playground.telegram.errors import Json
from playground.telegram.schema.notation import Field, Shape

_PREVIEW, _REPLY, _ALONE = "disable_web_page_preview", "reply_to_message_id", "allow_sending_without_reply"
_REPLACED = {
    "link_preview_options": (Field(name=_PREVIEW, kinds=("Boolean",), required=False),),
    "reply_parameters": (
        Field(name=_REPLY, kinds=("Integer",), required=False),
        Field(name=_ALONE, kinds=("Boolean",), required=False),
    ),
}


def fields_of(method: Shape) -> tuple[Field, ...]:
    """The parameters of a method, those included whose successors it has."""
    old = [field for new in method.fields for field in _REPLACED.get(new.name, ())]
    return (*method.fields, *old)


def modern(params: Json) -> Json:
    """Typed parameters under their new names; where both are given, the new one is read."""
    old = {name: params[name] for name in (_PREVIEW, _REPLY, _ALONE) if name in params}
    kept = {name: value for name, value in params.items() if name not in old}
    if old.get(_PREVIEW):
        kept.setdefault("link_preview_options", {"is_disabled": True})
    if old.get(_REPLY, 0) > 0:
        alone = {"allow_sending_without_reply": True} if old.get(_ALONE) else {}
        kept.setdefault("reply_parameters", {"message_id": old[_REPLY], **alone})
    return kept
