"""What OpenAI demands of a JSON schema with `strict: true`.

Source: the Structured Outputs guide and the texts of its errors. Keywords that the guide leaves open
(`minLength`, `maxLength`) are refused here: the worse case.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from playground.openai.errors import ApiError, bad_request

DEPTH = 10
REFUSED = (
    *("allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties"),
    *("propertyNames", "minProperties", "maxProperties", "unevaluatedProperties", "unevaluatedItems", "prefixItems"),
    *("contains", "minContains", "maxContains", "uniqueItems", "minLength", "maxLength", "default"),
)
KNOWN = (
    *("type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs"),
    *("definitions", "description", "title", "pattern", "format", "multipleOf", "minimum", "maximum"),
    *("exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "$schema", "$id", "examples"),
)
TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")
Context = tuple[str, ...]


class _Strict:
    def __init__(self, name: str, schema: dict[str, Any], param: str) -> None:
        self._name = name
        self._schema = schema
        self._param = param

    def wrong(self, problem: str) -> ApiError:
        message = f"Invalid schema for response_format '{self._name}': {problem}"
        return bad_request(message, self._param, "invalid_json_schema")

    def at(self, context: Context, problem: str) -> ApiError:
        return self.wrong(f"In context={context!r}, {problem}")

    def node(self, schema: Any, context: Context, depth: int) -> None:
        if not isinstance(schema, dict):
            raise self.at(context, "schema must be an object.")
        if depth > DEPTH:
            raise self.wrong(f"schema exceeds the maximum nesting depth of {DEPTH}.")
        for key in schema:
            if key in REFUSED or key not in KNOWN:
                raise self.at(context, f"'{key}' is not permitted.")
        for place in ("$defs", "definitions"):
            for name, inner in (schema.get(place) or {}).items():
                self.node(inner, (*context, place, name), depth)
        if "$ref" in schema:
            self.reference(schema["$ref"], context)
            return
        if "anyOf" in schema:
            for index, inner in enumerate(schema["anyOf"]):
                self.node(inner, (*context, "anyOf", str(index)), depth)
            return
        types = schema.get("type")
        if types is None:
            raise self.at(context, "schema must have a 'type' key.")
        for kind in types if isinstance(types, list) else [types]:
            self.typed(kind, schema, context, depth)

    def reference(self, target: str, context: Context) -> None:
        """To the whole schema or a definition of it; one that goes in a circle leads nowhere."""
        seen: set[str] = set()
        found: Any = {"$ref": target}
        while isinstance(found, dict) and "$ref" in found:
            target = found["$ref"]
            found = resolved(self._schema, target)
            if found is None or target in seen:
                raise self.at(context, f"reference to '{target}' cannot be resolved.")
            seen.add(target)

    def typed(self, kind: Any, schema: dict[str, Any], context: Context, depth: int) -> None:
        if kind not in TYPES:
            raise self.at(context, f"'{kind}' is not a valid type.")
        if kind == "object":
            self.object(schema, context, depth)
        if kind == "array":
            if "items" not in schema:
                raise self.at(context, "array schema missing items.")
            self.node(schema["items"], (*context, "items"), depth + 1)

    def object(self, schema: dict[str, Any], context: Context, depth: int) -> None:
        if schema.get("additionalProperties") is not False:
            raise self.at(context, "'additionalProperties' is required to be supplied and to be false.")
        properties = schema.get("properties") or {}
        required = schema.get("required")
        rule = "'required' is required to be supplied and to be an array including every key in properties."
        for key in properties:
            if not isinstance(required, list) or key not in required:
                raise self.at(context, f"{rule} Missing '{key}'.")
        for key in required or []:
            if key not in properties:
                raise self.at(context, f"{rule} Extra required key '{key}' supplied.")
        for key, inner in properties.items():
            self.node(inner, (*context, "properties", key), depth + 1)


def resolved(schema: dict[str, Any], target: str) -> dict[str, Any] | None:
    """What a `$ref` points to; None is nothing."""
    found: Any = schema
    if not target.startswith("#"):
        return None
    for step in target.removeprefix("#").strip("/").split("/"):
        found = found.get(step) if step and isinstance(found, dict) else found if not step else None
    return found if isinstance(found, dict) else None


def check_schema(name: str, schema: dict[str, Any], param: str) -> None:
    """ApiError: this is no JSON schema at all, strict or not."""
    if problem := _problem(json.dumps(schema)):
        context, message = problem
        raise _Strict(name, schema, param).at(context, message)


@lru_cache(maxsize=64)
def _problem(schema: str) -> tuple[Context, str] | None:
    """What is wrong with it and where. Every request brings the same schema again."""
    try:
        Draft202012Validator.check_schema(json.loads(schema))
    except SchemaError as error:
        return tuple(map(str, error.absolute_path)), f"{error.message}."
    return None


def check_strict(name: str, schema: dict[str, Any], param: str) -> None:
    """ApiError is OpenAI's answer to the first fault of `schema`; `param` is where it stands in the body."""
    strict = _Strict(name, schema, param)
    kind = schema.get("type")
    if kind != "object":
        shown = "None" if kind is None else f'"{kind}"'
        raise strict.wrong(f"schema must be a JSON Schema of 'type: \"object\"', got 'type: {shown}'.")
    strict.node(schema, (), 1)
