"""Number formats: what a number looks like in its cell."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from playground.sheets import serials
from playground.sheets.locales import Locale, locale
from playground.sheets.model import Json

_TOKEN = re.compile(
    r'\[h+\]|\[m+\]|\[s+\]|\[\$[^\]]*\]|\[[^\]]*\]|"[^"]*"|\\.|_.|\*.|am/pm|a/p|General|'
    r"y+|m+|d+|h+|s+|[eE][+-]0+|[0#?.,%@]|.",
    re.IGNORECASE | re.DOTALL,
)
_DATE_LETTERS = "ymdhs"


def is_date(number_format: Json | None) -> bool:
    """Whether a number under this format is a date, a time or both."""
    if not number_format:
        return False
    if number_format.get("type") in {"DATE", "TIME", "DATE_TIME"}:
        return True
    return _dated(number_format.get("pattern", ""))


@lru_cache(maxsize=512)
def _dated(pattern: str) -> bool:
    return any(
        token[0].lower() in _DATE_LETTERS or token[:2].lower() in {"[h", "[m", "[s"} for token in _tokens(pattern)
    )


@lru_cache(maxsize=512)
def _tokens(pattern: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(pattern))


@lru_cache(maxsize=16384)
def _number_shown(value: float, kind: str, pattern: str, locale_name: str) -> str:
    words = locale(locale_name)
    if kind == "TEXT" or not pattern or pattern == "General" or pattern == "@":
        return general(value, words)
    section, value = _section(pattern, value)
    if _dated(section):
        return _date_shown(value, section, words)
    return _figures_shown(value, section, words)


def number_shown(value: float, number_format: Json | None, locale_name: str) -> str:
    """The text in the cell."""
    if not number_format:
        return _number_shown(value, "", "", locale_name)
    kind = number_format.get("type", "")
    pattern = number_format.get("pattern") or default_pattern(kind, locale(locale_name))
    return _number_shown(value, kind, pattern, locale_name)


def text_shown(text: str, number_format: Json | None) -> str:
    pattern = number_format.get("pattern", "") if number_format else ""
    if "@" not in pattern or pattern == "@":
        return text
    section = pattern.split(";")[-1]
    return "".join(text if token == "@" else _literal(token) for token in _tokens(section))


def default_pattern(kind: str, words: Locale) -> str:
    places = {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": f'#,##0.00\\ "{words.currency}"' if words.currency_after else f'"{words.currency}"#,##0.00',
        "DATE": words.date,
        "TIME": words.time,
        "DATE_TIME": words.date_time,
        "SCIENTIFIC": "0.00E+00",
    }
    return places.get(kind, "")


def general(value: float, words: Locale) -> str:
    """The «automatic» format: at most ten significant digits, an exponent only where it must be."""
    if isinstance(value, int) or value == int(value):
        if abs(value) < 1e15:
            return str(int(value))
    elif 1e-10 <= abs(value) < 1e15:
        places = max(0, 10 - max(len(str(int(abs(value)))), 1)) if abs(value) >= 1 else 10
        rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = format(rounded, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", words.decimal)
    mantissa, _, exponent = f"{value:.5e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa.replace('.', words.decimal)}E{exponent[0]}{exponent[1:].zfill(2)}"


def _section(pattern: str, value: float) -> tuple[str, float]:
    sections = _split_sections(pattern)
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _split_sections(pattern: str) -> list[str]:
    sections = [""]
    for token in _tokens(pattern):
        if token == ";":
            sections.append("")
        else:
            sections[-1] += token
    return sections


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    if token.startswith(("[", "*")):
        return ""
    return " " if token.startswith("_") else token


def _figures_shown(value: float, section: str, words: Locale) -> str:
    tokens = list(_tokens(section))
    places = [index for index, token in enumerate(tokens) if token in "0#?" or token in ".," or token[0] in "eE"]
    if not any(tokens[index] in "0#?" for index in places):
        body = "".join(_literal(token) for token in tokens)
        return body if body.strip() or not tokens else general(value, words)
    percent = tokens.count("%")
    number = Decimal(repr(float(value))).scaleb(2 * percent)
    first, last = places[0], places[-1]
    core = tokens[first : last + 1]
    shown = _scientific(number, core, words) if core[-1][0] in "eE" else _fixed(number, core, words)
    head = "".join(_literal(token) for token in tokens[:first])
    tail = "".join(_literal(token) for token in tokens[last + 1 :])
    if shown.startswith("-"):
        return f"-{head}{shown[1:]}{tail}"
    return f"{head}{shown}{tail}"


def _fixed(number: Decimal, core: list[str], words: Locale) -> str:
    whole_part, _, fraction_part = "".join(core).partition(".")
    fraction = re.sub(r"[^0#?]", "", fraction_part)
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    digits, _, decimals = format(abs(rounded), "f").partition(".")
    digits = digits.lstrip("0").zfill(whole_part.count("0"))
    while decimals and fraction[len(decimals) - 1] == "#" and decimals.endswith("0"):
        decimals = decimals[:-1]
    if "," in whole_part:
        digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", words.group, digits)
    return sign + digits + (words.decimal + decimals if decimals else "")


def _scientific(number: Decimal, core: list[str], words: Locale) -> str:
    places = re.sub(r"[^0#?]", "", "".join(core[:-1]).partition(".")[2])
    mantissa, _, exponent = f"{number:.{len(places)}E}".partition("E")
    width = core[-1].count("0")
    sign = exponent[0] if exponent[0] == "-" or "+" in core[-1] else ""
    return f"{mantissa.replace('.', words.decimal)}E{sign}{exponent.lstrip('+-').zfill(width)}"


def _date_shown(value: float, section: str, words: Locale) -> str:
    moment = serials.moment(value)
    if moment is None:
        return general(value, words)
    tokens = _tokens(section)
    half = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    out: list[str] = []
    for index, token in enumerate(tokens):
        kind = token[0].lower()
        if token.lower() in {"am/pm", "a/p"}:
            out.append(("AM" if moment.hour < 12 else "PM")[: 1 if len(token) == 3 else 2])
        elif token[:2].lower() in {"[h", "[m", "[s"}:
            unit = {"h": 3600, "m": 60, "s": 1}[token[1].lower()]
            out.append(str(round(value * 86400) // unit).zfill(len(token) - 2))
        elif kind == "h":
            hour = (moment.hour % 12 or 12) if half else moment.hour
            out.append(str(hour).zfill(min(len(token), 2)))
        elif kind == "s":
            out.append(str(moment.second).zfill(min(len(token), 2)))
        elif kind == "m" and _is_minute(tokens, index):
            out.append(str(moment.minute).zfill(min(len(token), 2)))
        elif kind in "ymd":
            out.append(_calendar(kind, len(token), moment.year, moment.month, moment.day, moment.weekday(), words))
        else:
            out.append(_literal(token))
    return "".join(out)


def _is_minute(tokens: tuple[str, ...], index: int) -> bool:
    letters = [(place, token[0].lower() if token[0] != "[" else token[1].lower()) for place, token in enumerate(tokens)]
    timed = [(place, kind) for place, kind in letters if kind in _DATE_LETTERS and not tokens[place].startswith('"')]
    position = next(number for number, (place, _) in enumerate(timed) if place == index)
    before = timed[position - 1][1] if position else ""
    after = timed[position + 1][1] if position + 1 < len(timed) else ""
    return before == "h" or after == "s"


def _calendar(kind: str, width: int, year: int, month: int, day: int, weekday: int, words: Locale) -> str:
    if kind == "y":
        return str(year % 100).zfill(2) if width <= 2 else str(year).zfill(4)
    if kind == "m":
        if width >= 5:
            return words.months[month - 1][0]
        names = {3: words.months_short, 4: words.months}
        return names[width][month - 1] if width in names else str(month).zfill(width)
    names = {3: words.days_short}
    if width >= 3:
        return names.get(width, words.days)[weekday]
    return str(day).zfill(width)
