"""Which API keys are taken.

The functions have a key of their own, made anew at each start and checked to the letter. A person at the playground's
port has none: any other key of OpenAI's simple form is taken, as a real organisation has many keys, unless it says of
itself that it is no good.
"""

from __future__ import annotations

import hmac
import re

_NO_GOOD = re.compile(r"wrong|invalid|incorrect|bad|bogus|expired|revoked|unknown|nope|not[-_ ]|^no[-_]", re.IGNORECASE)
_FORM = re.compile(r"[\w.-]{3,200}")
_PROJECT = "sk-proj-"


def is_good(given: str, own: str) -> bool:
    if hmac.compare_digest(given.encode(), own.encode()):
        return True
    spoilt = given.startswith((_PROJECT, own)) or own.startswith(given)
    return bool(_FORM.fullmatch(given)) and not spoilt and not _NO_GOOD.search(given)
