"""How wide a text is in Google's standard font."""

from __future__ import annotations

from playground.sheets.model import Json

# advance widths of Arial, in thousandths of its size: width → characters
_REGULAR: dict[int, str] = {
    191: "'",
    222: "ijl’",
    260: "|",
    278: " !,./:;I[\\]ft·\u00a0",
    333: "()-`r„“”",
    334: "{}",
    350: "•",
    355: '"',
    365: "г",
    389: "*",
    438: "к",
    458: "зт",
    469: "^",
    500: "Jcksvxyzсух",
    510: "э",
    521: "чь",
    531: "в",
    542: "Гпя",
    552: "н",
    559: "ий",
    573: "бц",
    583: "Кдл",
    584: "+<=>~",
    604: "З",
    611: "FTZТ",
    625: "ъ",
    635: "У",
    656: "БЛЬ",
    667: "&ABEKPSVXYАВЕРХЧЁ",
    669: "ж",
    677: "Д",
    688: "м",
    719: "ИЙПЭы",
    722: "CDHNRUwНСЯ",
    737: "©",
    740: "Ц",
    750: "ю",
    760: "Ф",
    778: "GOQО",
    792: "Ъ",
    802: "ш",
    823: "фщ",
    833: "MmМ",
    885: "Ы",
    889: "%",
    917: "Ш",
    923: "Ж",
    938: "Щ",
    944: "W",
    1000: "—…",
    1010: "Ю",
    1015: "@",
    1073: "№",
}
_WIDTHS = {character: width for width, characters in _REGULAR.items() for character in characters}
_OTHER = 556
_PADDING = 6
# pixels of a size of one point, such that the recorded column of 1,024 letters A comes out at its 8,691 pixels
_PIXELS_A_POINT = 1.2716
_BOLD = 1.07
"""Arial's bold letters are on average so much wider."""


def column_width(text: str, text_format: Json) -> int:
    """Return the pixels that a column needs to show the text's longest line."""
    units = max(sum(_WIDTHS.get(character, _OTHER) for character in line) for line in text.split("\n"))
    size: float = text_format.get("fontSize", 10) * (_BOLD if text_format.get("bold") else 1)
    return round(units / 1000 * size * _PIXELS_A_POINT) + _PADDING
