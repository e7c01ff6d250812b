"""What the API's own discovery document says: methods, their parameters, and the messages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of the API. `name` is the id without its first word: `spreadsheets.values.get`."""

    name: str
    verb: str
    path: re.Pattern[str]
    parameters: dict[str, Schema]
    request: str | None
    response: str


class Discovery:
    """The discovery document of Sheets v4 that google-api-python-client ships."""

    @cached_property
    def document(self) -> Schema:
        spec = find_spec("googleapiclient")
        if spec is None or spec.origin is None:
            raise RuntimeError("google-api-python-client is needed for its discovery document of the Sheets API")
        path = Path(spec.origin).parent / "discovery_cache" / "documents" / "sheets.v4.json"
        document: Schema = json.loads(path.read_text(encoding="utf-8"))
        return document

    @cached_property
    def schemas(self) -> dict[str, Schema]:
        schemas: dict[str, Schema] = self.document["schemas"]
        return schemas

    @cached_property
    def common_parameters(self) -> frozenset[str]:
        return frozenset(self.document["parameters"])

    @cached_property
    def methods(self) -> list[Method]:
        """The most specific path first, so that `values:batchGet` is not taken for a range."""
        found = list(_methods(self.document))
        return sorted(found, key=lambda method: -len(method.path.pattern))

    def match(self, verb: str, raw_path: str) -> tuple[Method, dict[str, str]] | None:
        """Return the method of a percent-encoded path such as `/v4/spreadsheets/ID/values/A1%3AB2`, and what it says.

        One slash at the end is ignored; None for an unknown path.
        """
        path = raw_path.removesuffix("/")
        for method in self.methods:
            if method.verb == verb and (found := method.path.fullmatch(path)):
                return method, {name: unquote(value) for name, value in found.groupdict().items()}
        return None


def _methods(resource: Schema) -> list[Method]:
    found = [_method(raw) for raw in resource.get("methods", {}).values()]
    for inner in resource.get("resources", {}).values():
        found += _methods(inner)
    return found


def _method(raw: Schema) -> Method:
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+?)", re.escape(raw["flatPath"]))
    return Method(
        name=raw["id"].removeprefix("sheets."),
        verb=raw["httpMethod"],
        path=re.compile("/" + pattern),
        parameters=raw.get("parameters", {}),
        request=raw.get("request", {}).get("$ref"),
        response=raw["response"]["$ref"],
    )


API = Discovery()
