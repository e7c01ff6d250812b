"""Colours as the API gives them back: eight bits a part, and each one twice, plain and as a style."""

from __future__ import annotations

import math
import struct
from typing import Any

from playground.sheets.model import Json

_THEME = {
    "TEXT": "000000",
    "BACKGROUND": "ffffff",
    "ACCENT1": "4285f4",
    "ACCENT2": "ea4335",
    "ACCENT3": "fbbc04",
    "ACCENT4": "34a853",
    "ACCENT5": "ff6d01",
    "ACCENT6": "46bdc6",
    "LINK": "1155cc",
}
_NAMES = {
    "color",
    "backgroundColor",
    "foregroundColor",
    "tabColor",
    "headerColor",
    "firstBandColor",
    "secondBandColor",
    "footerColor",
    "visibleBackgroundColor",
    "visibleForegroundColor",
}


def of_hex(text: str) -> Json:
    """`ff8000` as a Color."""
    parts = dict(zip(("red", "green", "blue"), (int(text[at : at + 2], 16) for at in (0, 2, 4)), strict=True))
    return {name: _part(number / 255) for name, number in parts.items() if number}


def to_hex(colour: Json) -> str:
    """`#ff8000`."""
    return "#" + "".join(f"{round(colour.get(name, 0) * 255):02x}" for name in ("red", "green", "blue"))


# of one level, added before the fraction is cut off: clients send a level in single precision, or in four decimals
_TOLERANCE = 0.02


def _part(value: float) -> float | int:
    """One part as Google keeps it: a whole number of 255ths, in single precision."""
    bits = min(max(math.floor(value * 255 + _TOLERANCE), 0), 255)
    if bits in (0, 255):
        return bits // 255
    single: float = struct.unpack("f", struct.pack("f", bits / 255))[0]
    return float(f"{single:.8g}")


def _kept(colour: Json) -> Json:
    parts = {name: _part(colour.get(name, 0)) for name in ("red", "green", "blue")}
    return {name: part for name, part in parts.items() if part}


def normal(value: Any) -> Any:
    """A format, property or rule with every colour in both of its spellings.

    A style that names neither a theme colour nor an RGB colour is no colour.
    """
    if isinstance(value, list | tuple):
        return [normal(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {name: normal(inner) for name, inner in value.items() if name.removesuffix("Style") not in _NAMES}
    for name in _NAMES:
        style = value.get(f"{name}Style") or None
        if style and "themeColor" in style:
            result[name] = of_hex(_THEME.get(style["themeColor"], "000000"))
            result[f"{name}Style"] = {"themeColor": style["themeColor"]}
        elif style is not None or name in value:
            colour = _kept((style or {}).get("rgbColor", value.get(name, {})) or {})
            result[name] = colour
            result[f"{name}Style"] = {"rgbColor": colour}
    return result


def drawn(borders: Json) -> Json:
    """Borders as they are read back: each with its width and colour, without those of style NONE."""
    widths = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}
    black: Json = {"color": {}, "colorStyle": {"rgbColor": {}}}
    lines = {edge: line for edge, line in borders.items() if line.get("style", "NONE") != "NONE"}
    return {edge: {**black, **line, "width": widths.get(line["style"], 1)} for edge, line in lines.items()}


_WHITE = of_hex("ffffff")


def default_format() -> Json:
    black: Json = {}
    white = dict(_WHITE)
    return {
        "backgroundColor": white,
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": black,
            "fontFamily": "arial,sans,sans-serif",
            "fontSize": 10,
            "bold": False,
            "italic": False,
            "strikethrough": False,
            "underline": False,
            "foregroundColorStyle": {"rgbColor": black},
        },
        "backgroundColorStyle": {"rgbColor": white},
    }


def theme() -> Json:
    return {
        "primaryFontFamily": "Arial",
        "themeColors": [{"colorType": kind, "color": {"rgbColor": of_hex(text)}} for kind, text in _THEME.items()],
    }
