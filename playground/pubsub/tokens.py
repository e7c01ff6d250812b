"""The token with which a push names itself."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from google.auth.crypt import RSASigner

ISSUER = "https://accounts.google.com"
LIFETIME_S = 3600


class Tokens:
    """Signs with a key of its own; `public_key` (PEM) checks what it signed."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        self.public_key = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        key_id = hashlib.sha256(self.public_key).hexdigest()[:40]
        self._signer = RSASigner.from_string(private.decode(), key_id)  # type: ignore[no-untyped-call]

    def identity(self, service_account: str, audience: str, now: float) -> str:
        """An OIDC identity token in Google's shape; `now` in epoch seconds."""
        subject = str(int(hashlib.sha256(service_account.encode()).hexdigest()[:16], 16))
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "azp": subject,
            "sub": subject,
            "email": service_account,
            "email_verified": True,
            "iat": int(now),
            "exp": int(now) + LIFETIME_S,
        }
        encoded: bytes = jwt.encode(self._signer, claims)  # type: ignore[no-untyped-call]
        return encoded.decode()
