"""Changes drawn by chance over the code that decides, guards or writes."""

from __future__ import annotations

import ast
import random
from itertools import chain
from pathlib import Path

from bench.mutants.change import Change
from bench.mutants.defaults import defaults_of
from bench.mutants.kinds import changes_of

WHERE = (
    *("shared/domain/**/*.py", "shared/usecases/**/*.py", "shared/adapters/sheets/**/*.py"),
    *("shared/adapters/telegram/**/*.py", "shared/adapters/web.py", "shared/adapters/answering.py"),
    *("shared/adapters/push.py", "shared/serving.py", "functions/*/main.py"),
)


def drawn(root: Path, *, seed: int, count: int) -> list[Change]:
    """Return `count` different changes; each possible one is as likely as any other."""
    possible = all_changes(root)
    return random.Random(seed).sample(possible, min(count, len(possible)))


def all_changes(root: Path) -> list[Change]:
    """Return every possible change, in the order of the files. Raises FileNotFoundError for a pattern of no file."""
    files: list[str] = []
    for pattern in WHERE:
        found = sorted(str(path.relative_to(root)) for path in root.glob(pattern))
        if not found:
            raise FileNotFoundError(pattern)
        files += found
    sources = {file: (root / file).read_bytes() for file in files}
    trees = {file: ast.parse(source) for file, source in sources.items()}
    defaults = defaults_of(trees.values())
    changes = chain.from_iterable(changes_of(file, sources[file], trees[file], defaults) for file in files)
    return list(dict.fromkeys(changes))
