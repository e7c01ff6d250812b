"""Files: what stands for them in messages, and their bytes."""

from __future__ import annotations

import mimetypes
import random
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from playground.telegram.chats.file_names import address_path
from playground.telegram.errors import Json, bad_request
from playground.telegram.schema.requests import Upload

MOST_DOWNLOAD = 20 * 1024 * 1024
_THUMBNAIL = 1_200
_NOMINAL = 40_000
_KINDS = {
    "photo": ("photos", "jpg", "image/jpeg"),
    "document": ("documents", "bin", "application/octet-stream"),
    "voice": ("voice", "oga", "audio/ogg"),
    "audio": ("music", "mp3", "audio/mpeg"),
    "video": ("videos", "mp4", "video/mp4"),
    "video_note": ("video_notes", "mp4", "video/mp4"),
    "animation": ("animations", "mp4", "video/mp4"),
    "sticker": ("stickers", "webp", "image/webp"),
}
_SHAPES: dict[str, Json] = {
    "voice": {"duration": 3},
    "audio": {"duration": 30},
    "video": {"width": 1280, "height": 720, "duration": 10},
    "video_note": {"length": 240, "duration": 5},
    "animation": {"width": 320, "height": 240, "duration": 2},
    "sticker": {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False},
}
KINDS = tuple(_KINDS)


_DOCUMENT_FIELDS = ("file_id", "file_unique_id", "thumbnail", "file_name", "mime_type", "file_size")


def file_fields(kind: str, shown: Any) -> Json:
    """A file as fields of a message; an animation stands there a second time as a document, for older bots."""
    if kind != "animation":
        return {kind: shown}
    document = {name: shown[name] for name in _DOCUMENT_FIELDS if name in shown}
    return {kind: shown, "document": document}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """`shown` is the Bot API's object for it; a photo is stored once for each of its sizes."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    size: int
    name: str
    shown: Json
    content: bytes | None = None

    def as_json(self) -> Json:
        """The Bot API's File."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
            "file_path": self.path,
        }

    def read(self) -> bytes:
        """The bytes as uploaded; invented ones, of the given size, for a file that only has a name."""
        if self.content is not None:
            return self.content
        pattern = f"{self.unique_id} {self.name}\n".encode()
        return (pattern * (self.size // len(pattern) + 1))[: self.size]


class Files:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._photos: dict[str, list[Json]] = {}

    def new(self, kind: str, name: str, size: int, content: bytes | None = None, **fields: Any) -> Any:
        """Stores a file; returns what stands for it in a message. `fields` are the sender's (duration, emoji, …)."""
        if kind == "photo":
            sizes = ((90, 60, min(size, _THUMBNAIL)), (1280, 853, size))
            shown = [self._store(kind, name, z, content, width=w, height=h) for w, h, z in sizes]
            self._photos |= {photo["file_id"]: shown for photo in shown}
            return shown
        mime = mimetypes.guess_type(name)[0] or _KINDS[kind][2]
        described = (
            {"file_name": name, "mime_type": mime} if kind in ("document", "video", "audio", "animation") else {}
        )
        if kind == "voice":
            described = {"mime_type": mime}
        return self._store(kind, name, size, content, **(_SHAPES.get(kind, {}) | described | fields))

    def sent(self, kind: str, value: str | Upload, **fields: Any) -> Any:
        """A file that the bot sends: an upload, a file_id, or an address.

        Addresses are not fetched; those of the reserved zone `.invalid` fail as an unreachable picture does.
        """
        if isinstance(value, Upload):
            if not value.content:
                raise bad_request("file must be non-empty")
            return self.new(kind, value.name, len(value.content), value.content, **fields)
        if value in self._by_id:
            return self._again(kind, self._by_id[value])
        path = address_path(value)
        return self.new(kind, PurePath(path).name or kind, _NOMINAL, **fields)

    def by_id(self, file_id: str) -> StoredFile:
        if file_id not in self._by_id:
            raise bad_request("invalid file_id")
        return self._by_id[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def _again(self, kind: str, stored: StoredFile) -> Any:
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
        return self._photos.get(stored.file_id, stored.shown)

    def _store(self, kind: str, name: str, size: int, content: bytes | None, **described: Any) -> Json:
        folder, suffix, _ = _KINDS[kind]
        extension = PurePath(name).suffix.lstrip(".") or suffix
        unique, file_id = self._identifier(11), "AgAC" + self._identifier(48)
        shown = {"file_id": file_id, "file_unique_id": unique, "file_size": size, **described}
        stored = StoredFile(
            file_id=file_id,
            unique_id=unique,
            kind=kind,
            path=f"{folder}/file_{len(self._by_id)}.{extension}",
            size=size,
            name=name,
            shown=shown,
            content=content[:size] if content is not None else None,
        )
        self._by_id[file_id] = self._by_path[stored.path] = stored
        return shown

    def _identifier(self, size: int) -> str:
        return urlsafe_b64encode(self._chance.randbytes(size)).decode().rstrip("=")
