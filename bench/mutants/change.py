"""One change of one file of the code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NotFound(Exception):
    """The text that a change replaces is not in its file exactly once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Bytes `start` to `end` of `file` become `becomes`. `first`: the test file that is run first, "" for none."""

    file: str
    start: int
    end: int
    becomes: bytes
    name: str = ""
    first: str = ""

    def applied_to(self, source: bytes) -> bytes:
        return source[: self.start] + self.becomes + source[self.end :]

    def make_in(self, root: Path) -> None:
        """Change the file of the tree at `root`."""
        path = root / self.file
        path.write_bytes(self.applied_to(path.read_bytes()))

    def as_diff(self, source: bytes) -> str:
        """Return «file:line: text → text» on one line: the changed lines of `source`, before and after."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.end)
        last = len(source) if last < 0 else last
        before = source[first:last]
        after = source[first : self.start] + self.becomes + source[self.end : last]
        number = source.count(b"\n", 0, self.start) + 1
        return f"{self.file}:{number}: {_on_one_line(before)} → {_on_one_line(after)}"


def replaced(root: Path, file: str, text: str, becomes: str, *, name: str, first: str) -> Change:
    """Return the change that puts `becomes` in the place of `text`. Raises NotFound."""
    source, wanted = (root / file).read_bytes(), text.encode()
    if source.count(wanted) != 1:
        raise NotFound(f"{name}: {file} holds the text {source.count(wanted)} times: {text!r}")
    start = source.index(wanted)
    return Change(file=file, start=start, end=start + len(wanted), becomes=becomes.encode(), name=name, first=first)


def _on_one_line(text: bytes) -> str:
    return " ⏎ ".join(line.strip() for line in text.decode().splitlines())
