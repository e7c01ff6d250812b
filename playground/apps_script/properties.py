"""PropertiesService: the properties of the script."""

from __future__ import annotations

from collections.abc import Mapping

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import Fake, method


class PropertiesService(Fake):
    google = "PropertiesService"

    def __init__(self, execution: Execution) -> None:
        self._properties = Properties(execution)

    @method("getScriptProperties")
    def script_properties(self) -> Properties:
        return self._properties


class Properties(Fake):
    google = "PropertiesService.Properties"

    def __init__(self, execution: Execution) -> None:
        self._values = execution.project.properties

    @method("getProperty", ("String",))
    def get(self, key: str) -> str | None:
        return self._values.get(key)

    @method("getProperties")
    def get_all(self) -> dict[str, str]:
        return dict(self._values)

    @method("getKeys")
    def keys(self) -> list[str]:
        return list(self._values)

    @method("setProperty", ("String", "String"))
    def set(self, key: str, value: str) -> Properties:
        self._values[key] = value
        return self

    @method("setProperties", ("Object",))
    def set_all(self, values: Mapping[str, object]) -> Properties:
        self._values.update({key: str(value) for key, value in values.items()})
        return self

    @method("deleteProperty", ("String",))
    def delete(self, key: str) -> Properties:
        self._values.pop(key, None)
        return self
