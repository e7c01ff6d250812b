"""A value valid under a JSON schema: the wanted one where a property takes it, the shortest one elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

Schema = Mapping[str, Any]


def filled(schema: Schema, wanted: Mapping[str, Any]) -> Any:
    """`wanted` names properties of the root object; those that do not fit get the shortest value instead."""
    root = dict(schema)
    properties = root.get("properties")
    if not isinstance(properties, dict):
        return shortest(root, root)
    return {name: _value(name, inner, wanted, root) for name, inner in properties.items()}


def allowed(schema: Schema, name: str) -> tuple[str, ...] | None:
    """The strings that the root property `name` may take, None where the schema leaves it open or lacks it."""
    found = (schema.get("properties") or {}).get(name)
    if found is None:
        return None
    inner = _resolved(found, schema)
    values = [inner["const"]] if "const" in inner else inner.get("enum")
    return None if values is None else tuple(value for value in values if isinstance(value, str))


def shortest(schema: Schema, root: Schema) -> Any:
    """LookupError names a type that no value is known for."""
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return None if None in schema["enum"] else schema["enum"][0]
    if "anyOf" in schema:
        choices = list(schema["anyOf"])
        empty = [choice for choice in choices if _resolved(choice, root).get("type") == "null"]
        return shortest((empty or choices)[0], root)
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    match kind:
        case "null":
            return None
        case "string":
            return ""
        case "boolean":
            return False
        case "integer" | "number":
            return _number(schema)
        case "array":
            return [shortest(schema["items"], root) for _ in range(schema.get("minItems", 0))]
        case "object":
            return {name: shortest(inner, root) for name, inner in (schema.get("properties") or {}).items()}
    raise LookupError(f"no value known for the type {kind!r}")


def _value(name: str, schema: Schema, wanted: Mapping[str, Any], root: Schema) -> Any:
    if name in wanted and _fits(wanted[name], schema, root):
        return wanted[name]
    return shortest(schema, root)


def _fits(value: Any, schema: Schema, root: Schema) -> bool:
    definitions = {key: root[key] for key in ("$defs", "definitions") if key in root}
    return bool(Draft202012Validator({**definitions, **schema}).is_valid(value))


def _number(schema: Schema) -> int | float:
    low: int | float = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    high: int | float = schema.get("maximum", low)
    return 0 if low <= 0 <= high else min(low, high)


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#").strip("/").split("/"):
            found = found[step] if step else found
        schema = found
    return schema
