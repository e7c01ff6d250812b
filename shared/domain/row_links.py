"""Signed addresses of rows, for the specialists' chat: `<public url>/r/<appeal id>?s=<signature>`.

A signature stops whoever guesses ids from costing reads of the sheet; it gives no right to open the workbook.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256


def row_link(public_url: str, appeal_id: str, secrets: Sequence[str]) -> str:
    """Return the address of the appeal's row, signed with the first secret."""
    return f"{public_url}/r/{appeal_id}?s={_signature(appeal_id, secrets[0])}"


def is_signed(appeal_id: str, signature: str, secrets: Sequence[str]) -> bool:
    """Return whether one of the secrets made the signature. The comparison takes constant time for each secret."""
    given = signature.encode(errors="replace")
    return any(hmac.compare_digest(_signature(appeal_id, secret).encode(), given) for secret in secrets)


def _signature(appeal_id: str, secret: str) -> str:
    """HMAC-SHA256 in lower-case hexadecimal, 64 characters."""
    return hmac.new(secret.encode(), appeal_id.encode(errors="replace"), sha256).hexdigest()
