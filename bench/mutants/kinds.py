"""The kinds of changes, each made in the text at the place of its node."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.mutants.change import Change
from bench.mutants.defaults import Defaults

Piece = tuple[int, int, bytes]
"""The bytes from one offset to another, and what they become."""

COMPARISONS: dict[type[ast.cmpop], tuple[bytes, bytes]] = {
    ast.Eq: (rb"==", b"!="),
    ast.NotEq: (rb"!=", b"=="),
    ast.Lt: (rb"<", b"<="),
    ast.LtE: (rb"<=", b"<"),
    ast.Gt: (rb">", b">="),
    ast.GtE: (rb">=", b">"),
    ast.Is: (rb"\bis\b", b"is not"),
    ast.IsNot: (rb"\bis\s+not\b", b"is"),
    ast.In: (rb"\bin\b", b"not in"),
    ast.NotIn: (rb"\bnot\s+in\b", b"in"),
}
LOG_CALLS = frozenset({"debug", "info", "warning", "error"})


@dataclass(frozen=True, slots=True)
class Text:
    """A file's bytes, and where the nodes of its tree are in them."""

    source: bytes
    starts: list[int]

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Return the offsets of the first byte of `node` and of the one after its last."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def of(self, node: ast.expr | ast.stmt) -> bytes:
        start, end = self.span(node)
        return self.source[start:end]

    def between(self, left: ast.expr, right: ast.expr, pattern: bytes, becomes: bytes) -> Piece:
        """Replace the operator between two operands."""
        begins, ends = self.span(left)[1], self.span(right)[0]
        found = re.compile(pattern).search(self.source, begins, ends)
        assert found is not None
        return *found.span(), becomes


def changes_of(file: str, source: bytes, tree: ast.Module, defaults: Defaults) -> Iterator[Change]:
    """Yield every change of a file, those in annotations, decorators and formatted strings left out."""
    starts = [0, *(found.end() for found in re.finditer(rb"\n", source))]
    text = Text(source, starts)
    for node in _walk(tree):
        for pieces in (*(kind(text, node) for kind in KINDS), _defaults_used(text, node, defaults)):
            for start, end, becomes in pieces:
                yield Change(file=file, start=start, end=end, becomes=becomes)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _walk(child)


def _comparison(text: Text, node: ast.AST) -> Iterator[Piece]:
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for left, operator, right in zip(operands, node.ops, operands[1:], strict=False):
            yield text.between(left, right, *COMPARISONS[type(operator)])


def _and_or(text: Text, node: ast.AST) -> Iterator[Piece]:
    if isinstance(node, ast.BoolOp):
        operators = (rb"\band\b", b"or") if isinstance(node.op, ast.And) else (rb"\bor\b", b"and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield text.between(left, right, *operators)


def _not(text: Text, node: ast.AST) -> Iterator[Piece]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield *text.span(node), text.of(node.operand)


def _condition(text: Text, node: ast.AST) -> Iterator[Piece]:
    """A condition is negated; one that is a `not` loses it already."""
    conditions: list[ast.expr] = []
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        conditions = [node.test]
    elif isinstance(node, ast.comprehension):
        conditions = node.ifs
    elif isinstance(node, ast.match_case) and node.guard:
        conditions = [node.guard]
    for condition in conditions:
        if not (isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not)):
            yield *text.span(condition), b"not (" + text.of(condition) + b")"


def _constant(text: Text, node: ast.AST) -> Iterator[Piece]:
    """True and False are swapped, a number grows by one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        becomes = not node.value if isinstance(node.value, bool) else node.value + 1
        yield *text.span(node), str(becomes).encode()


def _call(text: Text, node: ast.AST) -> Iterator[Piece]:
    """A statement that is a call, and does not write a log line, is dropped."""
    if isinstance(node, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and _name(call) not in LOG_CALLS:
            yield *text.span(node), b"pass"


def _guard_clause(text: Text, node: ast.AST) -> Iterator[Piece]:
    if isinstance(node, ast.If) and not node.orelse and len(node.body) == 1 and isinstance(node.body[0], ast.Return):
        yield *text.span(node.body[0]), b"pass"


def _defaults_used(text: Text, node: ast.AST, defaults: Defaults) -> Iterator[Piece]:
    """A keyword argument is left out, the comma after it too."""
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg in defaults.get(_name(node), frozenset()):
                start, end = text.span(keyword)
                found = re.compile(rb"\s*,\s*").match(text.source, end)
                yield start, found.end() if found else end, b""


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


KINDS: tuple[Callable[[Text, ast.AST], Iterator[Piece]], ...] = (
    *(_comparison, _and_or, _not, _condition, _constant, _call, _guard_clause),
)
