"""Request bodies as Google's JSON parser takes them: checked against the API's own description.

Nulls are dropped, names may be in snake_case, numbers may come as strings; whatever is not in the
description is refused with Google's text, all violations together.
"""

from __future__ import annotations

import re
from typing import Any

from playground.sheets.discovery import API, Method, Schema
from playground.sheets.errors import ApiError, bad_request

PACKAGE = "type.googleapis.com/google.apps.sheets.v4."
_MISFIT = object()
ONEOFS = {
    "Request": "kind",
    "ExtendedValue": "value",
    "ColorStyle": "kind",
    "ConditionValue": "value",
    "DataFilter": "filter",
    "DeveloperMetadataLocation": "location",
}
ONEOF_FIELDS = {
    "FindReplaceRequest": ({"range", "sheetId", "allSheets"}, "scope"),
    "UpdateCellsRequest": ({"start", "range"}, "area"),
    "PasteDataRequest": ({"delimiter", "html"}, "kind"),
    "ConditionalFormatRule": ({"booleanRule", "gradientRule"}, "rule"),
    "AutoFillRequest": ({"range", "sourceAndDestination"}, "area"),
    "UpdateConditionalFormatRuleRequest": ({"rule", "newIndex"}, "instruction"),
    "AutoResizeDimensionsRequest": ({"dimensions", "dataSourceSheetDimensions"}, "dimensions_to_resize"),
    "UpdateDimensionPropertiesRequest": ({"range", "dataSourceSheetRange"}, "dimension_range_to_update"),
}


def body_of(method: Method, raw: Any) -> dict[str, Any]:
    """The checked body of a call. ApiError 400 lists everything that is wrong with it."""
    if method.request is None:
        return {}
    root = {"spreadsheets.values.update": "data", "spreadsheets.values.append": "data"}.get(method.name, "")
    reader = _Reader()
    if raw is None:
        return {}
    value = reader.message(method.request, raw, root)
    if reader.violations:
        raise bad_request(reader.violations)
    return value if isinstance(value, dict) else {}


def snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found.group(1).upper(), name)


class _Reader:
    def __init__(self) -> None:
        self.violations: list[tuple[str, str]] = []

    def message(self, name: str, raw: Any, path: str) -> Any:
        if not isinstance(raw, dict):
            return self.misfit(path, PACKAGE + name, raw)
        properties = API.schemas[name].get("properties", {})
        taken: dict[str, Any] = {}
        for key, value in raw.items():
            field = key if key in properties else camel(key)
            if field not in properties:
                self.unknown(key, path)
            elif value is not None:
                inner = f"{path}.{snake(field)}" if path else snake(field)
                read = self.value(properties[field], value, inner, owner=name, field=field)
                if read is not _MISFIT:
                    taken[field] = read
        self.oneof(name, taken, path)
        return taken

    def value(self, schema: Schema, raw: Any, path: str, *, owner: str = "", field: str = "") -> Any:
        if "$ref" in schema:
            return self.message(schema["$ref"], raw, path)
        kind = schema["type"]
        if kind == "array":
            return self.array(schema["items"], raw, path, owner=owner, field=field)
        if kind == "object":
            return self.mapping(schema, raw, path)
        if kind == "any":
            return raw
        if isinstance(raw, list):
            self.violations.append((path, _unknown_text(field, path.rpartition(".")[0], _CANNOT_START_LIST)))
            return _MISFIT
        if kind == "string":
            return self.string(schema, raw, path, owner, field)
        if kind == "boolean":
            return self.boolean(raw, path)
        return self.number(schema, raw, path)

    def array(self, items: Schema, raw: Any, path: str, *, owner: str, field: str) -> Any:
        if items.get("type") == "array":
            return self.lists(raw, path)
        if not isinstance(raw, list):
            raw = [raw]
        read = [
            self.value(items, value, f"{path}[{index}]", owner=owner, field=field)
            for index, value in enumerate(raw)
            if value is not None
        ]
        return [value for value in read if value is not _MISFIT]

    def lists(self, raw: Any, path: str) -> Any:
        """Values of cells: a list of rows, which are lists of anything."""
        if not isinstance(raw, list):
            return self.misfit(path, "type.googleapis.com/google.protobuf.ListValue", raw)
        for index, row in enumerate(raw):
            if not isinstance(row, list):
                self.misfit(f"{path}[{index}]", "type.googleapis.com/google.protobuf.ListValue", row)
        return raw

    def mapping(self, schema: Schema, raw: Any, path: str) -> Any:
        if "additionalProperties" not in schema or not isinstance(raw, dict):
            return self.misfit(path, "type.googleapis.com/google.protobuf.Struct", raw)
        inner = schema["additionalProperties"]
        return {str(key): self.value(inner, value, f"{path}[{key}]") for key, value in raw.items() if value is not None}

    def string(self, schema: Schema, raw: Any, path: str, owner: str, field: str) -> Any:
        if "enum" in schema:
            if raw in schema["enum"]:
                return raw
            if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < len(schema["enum"]):
                return schema["enum"][raw]
            return self.misfit(path, f"{PACKAGE}{_enum_name(owner, field)}", raw)
        return raw if isinstance(raw, str) else self.misfit(path, "TYPE_STRING", raw)

    def boolean(self, raw: Any, path: str) -> Any:
        if isinstance(raw, bool):
            return raw
        words: dict[Any, bool] = {"true": True, "false": False}
        return words[raw] if isinstance(raw, str) and raw in words else self.misfit(path, "TYPE_BOOL", raw)

    def number(self, schema: Schema, raw: Any, path: str) -> Any:
        kind = f"TYPE_{schema.get('format', 'int32').upper()}"
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            return self.misfit(path, kind, raw)
        try:
            number = float(raw)
        except ValueError:
            return self.misfit(path, kind, raw)
        if schema["type"] == "number":
            return number
        if not number.is_integer() or (kind == "TYPE_INT32" and not -(2**31) <= number < 2**31):
            return self.misfit(path, kind, raw)
        return int(number)

    def misfit(self, path: str, kind: str, raw: Any) -> Any:
        text = f'"{raw}"' if isinstance(raw, str) else _shown(raw)
        self.violations.append((path, f"Invalid value at '{path}' ({kind}), {text}"))
        return _MISFIT

    def unknown(self, key: str, path: str) -> None:
        self.violations.append((path, _unknown_text(key, path, "Cannot find field.")))

    def oneof(self, name: str, taken: dict[str, Any], path: str) -> None:
        fields, union = ONEOF_FIELDS.get(name, (set(taken), ONEOFS.get(name, "")))
        if not union or name == "DeveloperMetadataLocation":
            return
        chosen = [field for field in taken if field in fields]
        for extra in chosen[1:]:
            inner = f"{path}.{snake(extra)}" if path else snake(extra)
            text = f"Invalid value at '{path}' (oneof), oneof field '{union}' is already set. Cannot set '{extra}'"
            self.violations.append((inner, text))


_CANNOT_START_LIST = "Proto field is not repeating, cannot start list."


def _unknown_text(key: str, path: str, why: str) -> str:
    place = f" at '{path}'" if path else ""
    return f'Invalid JSON payload received. Unknown name "{key}"{place}: {why}'


def _shown(raw: Any) -> str:
    if raw is True or raw is False:
        return str(raw).lower()
    return str(raw)


def _enum_name(owner: str, field: str) -> str:
    shared = {"dimension": "Dimension", "shiftDimension": "Dimension", "majorDimension": "Dimension"}
    shared |= {"pasteType": "PasteType", "sortOrder": "SortOrder"}
    if field in shared:
        return shared[field]
    return f"{owner}.{field[0].upper()}{field[1:]}"


def query_of(method: Method, raw: list[tuple[str, str]]) -> dict[str, Any]:
    """The checked query parameters of a call, repeated ones as lists."""
    taken: dict[str, Any] = {}
    reader = _Reader()
    for key, text in raw:
        name = key if key in method.parameters else camel(key)
        schema = method.parameters.get(name)
        if schema is None or schema.get("location") == "path":
            if key in API.common_parameters or key == "$.xgafv":
                taken[key] = text
                continue
            why = f"Cannot bind query parameter. Field '{key}' could not be found in request message."
            raise bad_request([("", f'Invalid JSON payload received. Unknown name "{key}": {why}')])
        value = _query_value(reader, schema, name, text)
        if schema.get("repeated"):
            taken.setdefault(name, []).append(value)
        else:
            taken[name] = value
    if reader.violations:
        raise bad_request(reader.violations)
    return taken


def _query_value(reader: _Reader, schema: Schema, name: str, text: str) -> Any:
    if schema["type"] == "boolean":
        return reader.boolean(text.lower(), snake(name))
    if schema["type"] == "string" and "enum" in schema:
        if text in schema["enum"]:
            return text
        return reader.misfit(snake(name), f"{PACKAGE}{_QUERY_ENUMS.get(name, name)}", text)
    if schema["type"] == "integer":
        return reader.number(schema, text, snake(name))
    return text


_QUERY_ENUMS = {
    "valueInputOption": "ValueInputOption",
    "insertDataOption": "AppendValuesRequest.InsertDataOption",
    "majorDimension": "Dimension",
    "valueRenderOption": "ValueRenderOption",
    "responseValueRenderOption": "ValueRenderOption",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
}


def not_emulated(what: str) -> ApiError:
    """Google knows this, the playground does not: said loudly, with a name."""
    return ApiError(400, f"{what} is not emulated by the playground's Google Sheets.")
