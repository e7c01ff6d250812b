"""Formatted text as Telegram reads it: parse modes, entities, and the limits in UTF-16 code units."""
