"""Counting tokens without the real tokenizer: near enough for limits, usage and the meter on the page."""

from __future__ import annotations

import math

# Russian prose and JSON under o200k_base: 3 to 4 characters a token.
CHARACTERS = 3.5
# What a model of this family spends before it speaks, in tokens; invented, but more with more effort, as there.
REASONING = {"none": 0, "minimal": 0, "low": 64, "medium": 192, "high": 512, "xhigh": 1_024, "max": 2_048}
# A prompt is cached from this size on, in steps of 128 tokens.
CACHED_FROM, CACHE_STEP = 1_024, 128


def count(text: str) -> int:
    return math.ceil(len(text) / CHARACTERS)


def cut(text: str, tokens: int) -> str:
    """The beginning of `text` that fits into `tokens`."""
    return text[: int(tokens * CHARACTERS)]


def cacheable(tokens: int) -> int:
    return tokens // CACHE_STEP * CACHE_STEP if tokens >= CACHED_FROM else 0
