"""`python -m bench.mutants named [TEXT]`: the named changes, or those whose name holds TEXT.

`python -m bench.mutants drawn --seed 1 --count 40`: changes drawn by chance; the same seed draws the same ones.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from bench.mutants.change import Change
from bench.mutants.drawn import drawn
from bench.mutants.named import named
from bench.mutants.run import Fate, tried

ROOT = Path(__file__).parents[2]


def main(arguments: list[str]) -> int:
    asked = _parser().parse_args(arguments)
    if asked.which == "named":
        changes = [change for change in named(ROOT) if asked.text in change.name]
    else:
        changes = drawn(ROOT, seed=asked.seed, count=asked.count)
    if asked.list:
        print("\n".join(_shown(change) for change in changes))
        return 0
    return _try_all(changes, asked.limit)


def _try_all(changes: list[Change], limit_s: float) -> int:
    """Print what became of each change. Return 0 where all were killed."""
    fates: Counter[Fate] = Counter()
    for number, change in enumerate(changes, 1):
        outcome = tried(ROOT, change, limit_s)
        fates[outcome.fate] += 1
        print(f"{number:3} {outcome.fate:9} {_shown(change)}\n{'':14}{outcome.test}".rstrip(), flush=True)
    print(", ".join(f"{count} {fate}" for fate, count in fates.items()) or "no such change")
    return 0 if set(fates) == {Fate.KILLED} else 1


def _shown(change: Change) -> str:
    diff = change.as_diff((ROOT / change.file).read_bytes())
    return f"{change.name}\n{'':14}{diff}" if change.name else diff


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.mutants")
    parser.add_argument("--limit", type=float, default=600, help="seconds for one change")
    parser.add_argument("--list", action="store_true", help="print the changes and try none")
    which = parser.add_subparsers(dest="which", required=True)
    which.add_parser("named").add_argument("text", nargs="?", default="")
    by_chance = which.add_parser("drawn")
    by_chance.add_argument("--seed", type=int, required=True)
    by_chance.add_argument("--count", type=int, default=40)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
