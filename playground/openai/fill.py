"""A value valid under a JSON schema: the wanted one where a property takes it, the shortest one elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playground.openai.formats import SAMPLES, validator
from playground.openai.strict_schema import resolved

Schema = Mapping[str, Any]


def filled(schema: Schema, wanted: Mapping[str, Sequence[Any]]) -> Any:
    """`wanted` has values for properties by name, the best first; where none fits stands the shortest one.

    LookupError names what no value is known for.
    """
    root = dict(schema)
    value = _object(root, wanted, root) if isinstance(root.get("properties"), dict) else shortest(root, root)
    for error in validator(root).iter_errors(value):
        raise LookupError(f"no value known for {error.json_path}: {error.validator} {error.validator_value!r}")
    return value


def properties(schema: Schema) -> dict[str, Schema]:
    """The root object's properties by name, and those of the objects in them."""
    found: dict[str, Schema] = {}
    waiting = [_resolved(schema, schema)]
    while waiting:
        for name, inner in (waiting.pop(0).get("properties") or {}).items():
            if name not in found:
                found[name] = _resolved(inner, schema)
                waiting.append(found[name])
    return found


def words(schema: Schema) -> tuple[str, ...] | None:
    """The strings that a property may take, None where it is open."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else tuple(value for value in values if isinstance(value, str))


def shortest(schema: Schema, root: Schema) -> Any:
    """LookupError names a type that no value is known for."""
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return None if None in schema["enum"] else schema["enum"][0]
    if "anyOf" in schema:
        return shortest(_simplest(schema["anyOf"], root), root)
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    match kind:
        case "null":
            return None
        case "string":
            return _string(schema)
        case "boolean":
            return False
        case "integer" | "number":
            return _number(schema)
        case "array":
            return [shortest(schema.get("items") or {}, root) for _ in range(schema.get("minItems", 0))]
        case "object":
            return {name: shortest(inner, root) for name, inner in (schema.get("properties") or {}).items()}
    raise LookupError(f"no value known for the type {kind!r}")


def _simplest(choices: Sequence[Schema], root: Schema) -> Schema:
    """Null, or what is no reference: those may lead back to where they stand."""
    return min(
        choices,
        key=lambda choice: (
            _resolved(choice, root).get("type") != "null",
            not isinstance(choice, bool) and "$ref" in choice,
        ),
    )


def _object(schema: Schema, wanted: Mapping[str, Sequence[Any]], root: Schema) -> Any:
    return {name: _value(name, inner, wanted, root) for name, inner in schema["properties"].items()}


def _value(name: str, schema: Schema, wanted: Mapping[str, Sequence[Any]], root: Schema) -> Any:
    for value in wanted.get(name, ()):
        if _fits(value, schema, root):
            return value
    inner = _resolved(schema, root)
    if isinstance(inner.get("properties"), dict) and inner.get("type") == "object":
        return _object(inner, wanted, root)
    return shortest(schema, root)


def _fits(value: Any, schema: Schema, root: Schema) -> bool:
    definitions = {key: root[key] for key in ("$defs", "definitions") if key in root}
    return bool(validator({**definitions, **schema}).is_valid(value))


def _string(schema: Schema) -> str:
    """The shortest known text that the schema takes."""
    alone = {key: value for key, value in schema.items() if key != "type"}
    taken = (text for text in SAMPLES if validator(alone).is_valid(text))
    if (found := next(taken, None)) is None:
        raise LookupError(f"no text known for {', '.join(f'{key} {alone[key]!r}' for key in sorted(alone))}")
    return found


def _number(schema: Schema) -> int | float:
    low: int | float = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    high: int | float = schema.get("maximum", low)
    return 0 if low <= 0 <= high else min(low, high)


def _resolved(schema: Schema | bool, root: Schema) -> Schema:
    """What references lead to; a schema that is just true or false says nothing."""
    if isinstance(schema, bool):
        return {}
    seen: set[str] = set()
    while "$ref" in schema:
        target = schema["$ref"]
        found = resolved(dict(root), target)
        if found is None or target in seen:
            raise LookupError(f"the reference {target!r} leads nowhere")
        seen.add(target)
        schema = found
    return schema
