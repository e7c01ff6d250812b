"""The changes of the code that a test must notice: the named ones fit the code, the drawn ones are code."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.mutants.change import Change, NotFound
from bench.mutants.drawn import all_changes, drawn
from bench.mutants.named import named
from bench.mutants.run import Fate, nearest_first, tried

ROOT = Path(__file__).parents[2]
CODE = """
def send(text, *, loud=False, times=1):
    if not text or times < 1:
        return None
    log.info("sent", text=text)
    deliver(text, loud=True)
    return [part for part in text if part is not None]
"""
EXPECTED = {
    "if text or times < 1:",
    "if not text and times < 1:",
    "if not text or times <= 1:",
    "if not text or times < 2:",
    "if not (not text or times < 1):",
    "def send(text, *, loud=True, times=1):",
    "def send(text, *, loud=False, times=2):",
    "deliver(text, loud=False)",
    "pass",
    "return [part for part in text if part is None]",
    "return [part for part in text if not (part is not None)]",
}

Tree = Callable[[str], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A small tree: `tree(code)` has that code in the domain, and a module wherever changes are drawn."""

    def made(code: str) -> Path:
        for file in ("usecases/u", "adapters/sheets/s", "adapters/telegram/t", *("adapters/web", "serving")):
            (tmp_path / f"shared/{file}.py").parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / f"shared/{file}.py").write_text("")
        for file in ("shared/adapters/answering.py", "shared/adapters/push.py"):
            (tmp_path / file).write_text("")
        (tmp_path / "functions/f").mkdir(parents=True)
        (tmp_path / "functions/f/main.py").write_text("")
        (tmp_path / "shared/domain").mkdir()
        (tmp_path / "shared/domain/half.py").write_text(code)
        return tmp_path

    return made


def test_every_named_change_fits_the_code() -> None:
    """Its text is in its file exactly once, it leaves code behind, and the test that is run first is there."""
    changes = named(ROOT)
    assert changes
    for change in changes:
        if change.file.endswith(".py"):
            ast.parse(change.applied_to((ROOT / change.file).read_bytes()))
        assert not change.first or (ROOT / change.first).is_file(), change.name


def test_a_named_change_that_fits_no_more_is_an_error(tree: Tree) -> None:
    """Gone from its file, or there twice: the table says so."""
    root = tree("a = 1\nb = 1\n")
    table = root / "some.toml"
    for text in ("c = 1", "= 1"):
        table.write_text(f'[[change]]\nbreaks = "x"\nfile = "shared/domain/half.py"\ntext = "{text}"\nbecomes = ""\n')
        with pytest.raises(NotFound):
            named(root, root)


def test_every_kind_of_change_is_drawn(tree: Tree) -> None:
    """Each changes its own place and nothing else; log calls stay."""
    root = tree(CODE)
    after = {change.as_diff(CODE.encode()).partition(" → ")[2] for change in all_changes(root)}
    assert after == EXPECTED


def test_a_keyword_that_has_a_default_is_left_out(tree: Tree) -> None:
    """Of functions of the code, where the call is written out."""
    root = tree("def send(text, *, loud=False): ...\nsend(text=1, loud=2)\n")
    diffs = [change.as_diff((root / change.file).read_bytes()) for change in all_changes(root)]
    assert [diff for diff in diffs if diff.endswith("→ send(text=1, )")]
    assert not [diff for diff in diffs if diff.endswith("→ send(loud=2)")]


def test_a_seed_draws_the_same_changes_again() -> None:
    """They are Python, and each is another one."""
    changes = drawn(ROOT, seed=1, count=40)
    assert changes == drawn(ROOT, seed=1, count=40)
    assert len(set(changes)) == 40
    for change in changes:
        ast.parse(change.applied_to((ROOT / change.file).read_bytes()))


@pytest.mark.parametrize(
    ("test", "fate"),
    [("assert half(4) == 2", Fate.KILLED), ("assert half(0) == 0", Fate.SURVIVED), ("half(4, 60)", Fate.UNDECIDED)],
)
def test_what_becomes_of_a_change(tree: Tree, test: str, fate: Fate) -> None:
    """Made in a copy: a test fails, none does, or the time is up."""
    code = "import time\ndef half(of, wait=0):\n    time.sleep(wait)\n    return of // 2\n"
    root = tree(code)
    (root / "tests/domain").mkdir(parents=True)
    (root / "tests/domain/test_half.py").write_text(
        f"import sys\nsys.path.insert(0, '.')\nfrom shared.domain.half import half\ndef test_it():\n    {test}\n"
    )
    start = code.index("// 2")
    change = Change(file="shared/domain/half.py", start=start, end=start + 4, becomes=b"* 2")
    assert tried(root, change, limit_s=2 if fate is Fate.UNDECIDED else 120).fate is fate
    assert (root / change.file).read_text() == code


def test_the_nearest_tests_come_first() -> None:
    """The file that the table names, then those that import the module, then those of its layer."""
    change = Change(file="shared/usecases/resolve.py", start=0, end=0, becomes=b"", first="tests/domain/test_ids.py")
    files = nearest_first(ROOT, change)
    assert files[0] == "tests/domain/test_ids.py"
    assert all(file.startswith("tests/usecases/") for file in files[1:10])
    assert len(files) == len(set(files))
