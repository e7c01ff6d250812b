"""Which parameters of the code's own functions and classes may be left out of a call."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

Defaults = Mapping[str, frozenset[str]]
"""The name of a function or class, as a call has it, → its parameters with a default."""


def defaults_of(trees: Iterable[ast.Module]) -> Defaults:
    """Collect the parameters by the bare name: functions of one name in two files are taken together."""
    found: dict[str, frozenset[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[node.name] = found.get(node.name, frozenset()) | _of_function(node.args)
            elif isinstance(node, ast.ClassDef):
                found[node.name] = found.get(node.name, frozenset()) | _of_class(node)
    return found


def _of_function(parameters: ast.arguments) -> frozenset[str]:
    positional = [*parameters.posonlyargs, *parameters.args]
    optional = positional[len(positional) - len(parameters.defaults) :]
    pairs = zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True)
    return frozenset(part.arg for part in [*optional, *(name for name, default in pairs if default)])


def _of_class(node: ast.ClassDef) -> frozenset[str]:
    """The fields of a dataclass, and the parameters of `__init__`."""
    fields = [part for part in node.body if isinstance(part, ast.AnnAssign) and part.value]
    made = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
    names = frozenset(field.target.id for field in fields if isinstance(field.target, ast.Name))
    return names.union(*(_of_function(part.args) for part in made))
