"""Java's character classes and properties, as what stands between brackets in Python."""

from __future__ import annotations

CLASSES = {
    "d": "0-9",
    "w": "A-Za-z0-9_",
    "s": r" \t\n\x0b\f\r",
    "h": r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000",
    "v": r"\n\x0b\f\r\x85\u2028\u2029",
}
PROPERTIES = {
    "L": r"^\W\d_",
    "IsAlphabetic": r"^\W\d_",
    "IsL": r"^\W\d_",
    "Lu": "A-ZА-ЯЁ",
    "IsUppercase": "A-ZА-ЯЁ",
    "Upper": "A-Z",
    "Ll": "a-zа-яё",
    "IsLowercase": "a-zа-яё",
    "Lower": "a-z",
    "N": r"\d",
    "Nd": r"\d",
    "IsDigit": r"\d",
    "Digit": "0-9",
    "Alpha": "A-Za-z",
    "Alnum": "A-Za-z0-9",
    "Punct": r"!-/:-@\[-`{-~",
    "P": r"!-#%-*,-/:;?@\[-\]_{}¡§«¶·»¿\u2010-\u2027\u2030-\u205e",
    "IsPunctuation": r"!-#%-*,-/:;?@\[-\]_{}¡§«¶·»¿\u2010-\u2027\u2030-\u205e",
    "Space": r" \t\n\x0b\f\r",
    "Z": r" \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
    "Blank": r" \t",
    "ASCII": r"\x00-\x7f",
    "XDigit": "0-9a-fA-F",
    "Cntrl": r"\x00-\x1f\x7f",
    "IsCyrillic": r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "InCyrillic": r"\u0400-\u04ff",
    "IsLatin": r"A-Za-zªºÀ-ÖØ-öø-ʸ",
}
