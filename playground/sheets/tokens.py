"""OAuth: keys of service accounts, the JWT-bearer grant, and the bearer tokens it gives out."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from playground.sheets.errors import ApiError

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"
"""What google-auth writes into every assertion, wherever the key's `token_uri` points."""
LIFETIME_SECONDS = 3600
SKEW_SECONDS = 300
TOOL = ""
"""The account of the fixed token for tools: sees everything, outside the quotas."""
SCOPES = {
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive",
    "https://www.googleapis.com/auth/drive.file",
}
READ_SCOPES = {
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.readonly",
}


MISSING = (
    "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


class GrantError(Exception):
    """The grant is refused; `code` and text as OAuth has them."""

    def __init__(self, code: str, description: str) -> None:
        self.code = code
        super().__init__(description)

    def body(self) -> bytes:
        return json.dumps({"error": self.code, "error_description": str(self)}).encode()


class Tokens:
    """`now` is playground time; a JWT may be dated by it or by the real clock, whichever its sender lives by."""

    def __init__(self, token_uri: str, tool_token: str, now: Callable[[], float]) -> None:
        self._token_uri = token_uri
        self._tool_token = tool_token
        self._now = now
        self._accounts: set[str] = set()
        self._given: dict[str, tuple[str, float, frozenset[str]]] = {}

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def account_key(self, email: str) -> dict[str, str]:
        """The JSON key of a service account; all share one key pair."""
        self._accounts.add(email)
        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        name, _, domain = email.partition("@")
        return {
            "type": "service_account",
            "project_id": domain.partition(".")[0] or "playground",
            "private_key_id": "playground-key",
            "private_key": pem.decode(),
            "client_email": email,
            "client_id": str(abs(hash(name)) % 10**21),
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": self._token_uri,
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{email.replace('@', '%40')}",
            "universe_domain": "googleapis.com",
        }

    def grant(self, form: Mapping[str, str]) -> dict[str, object]:
        """An access token for a signed assertion; GrantError says why not."""
        if form.get("grant_type") != GRANT:
            raise GrantError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        claims = self._claims(form.get("assertion", ""))
        email = str(claims.get("iss", ""))
        if email not in self._accounts:
            raise GrantError("invalid_grant", "Invalid grant: account not found")
        if claims.get("aud") not in (self._token_uri, GOOGLE_AUDIENCE):
            raise GrantError(
                "invalid_grant", f"Invalid JWT: Failed audience check. The right audience is {self._token_uri}"
            )
        self._check_times(claims)
        if not claims.get("scope"):
            raise GrantError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        token = f"ya29.{secrets.token_urlsafe(48)}"
        scopes = frozenset(str(claims.get("scope", "")).split())
        self._given[token] = (email, self._now() + LIFETIME_SECONDS, scopes)
        return {"access_token": token, "expires_in": LIFETIME_SECONDS - 1, "token_type": "Bearer"}

    def _claims(self, assertion: str) -> dict[str, Any]:
        head, _, rest = assertion.partition(".")
        payload, _, signature = rest.partition(".")
        try:
            header = json.loads(_decoded(head))
            claims = json.loads(_decoded(payload))
            signed = _decoded(signature)
        except (ValueError, binascii.Error):
            raise GrantError("invalid_grant", "Bad Request") from None
        if not isinstance(claims, dict) or not isinstance(header, dict) or header.get("alg") != "RS256":
            raise GrantError("invalid_grant", "Invalid JWT Signature.")
        try:
            self._key.public_key().verify(signed, f"{head}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise GrantError("invalid_grant", "Invalid JWT Signature.") from None
        return claims

    def _check_times(self, claims: dict[str, Any]) -> None:
        issued, expires = claims.get("iat"), claims.get("exp")
        if not isinstance(issued, int | float) or not isinstance(expires, int | float):
            issued, expires = 0, LIFETIME_SECONDS + 1
        clocks = (self._now(), time.time())
        timely = any(issued <= now + SKEW_SECONDS and expires >= now - SKEW_SECONDS for now in clocks)
        if not timely or expires - issued > LIFETIME_SECONDS:
            raise GrantError(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim.",
            )

    def account_of(self, authorization: str | None, *, writes: bool) -> str:
        """Who sends this header; ApiError 401 for nobody, 403 for a token of another scope."""
        kind, _, token = (authorization or "").partition(" ")
        if not authorization:
            raise ApiError(401, MISSING)
        if kind.lower() != "bearer" or not token:
            raise ApiError(401)
        if secrets.compare_digest(token.encode(), self._tool_token.encode()):
            return TOOL
        known = self._given.get(token)
        if known is None or known[1] <= self._now():
            self._given.pop(token, None)
            raise ApiError(401)
        email, _, scopes = known
        if not scopes & (SCOPES if writes else SCOPES | READ_SCOPES):
            raise ApiError(403, "Request had insufficient authentication scopes.")
        return email

    def forget(self) -> None:
        self._given.clear()


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
