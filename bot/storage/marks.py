"""Marks: how it is known who has answered without their name, and nothing else.

A pulse, check or quiz without names has a secret of its own, as long as it is open. A person's mark is their
id, sealed with that secret (AES-SIV: one mark for one person and purpose, without any likeness to another).
It stops a second answer, and lets the ledger be brought up to date at the close; without the secret nothing
leads from a mark to a person, or from one mark to another. Secret and marks are erased at the close.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_PADDED = 96
"""Bytes to a multiple of which an id is padded, so that a mark's length tells nothing of it."""


def new_secret() -> str:
    """A secret, as hexadecimal digits."""
    return secrets.token_hex(32)


class Marks:
    """The marks of one secret for one purpose."""

    def __init__(self, secret: str, what: str) -> None:
        """``what``: the purpose; a person's marks for two of them don't show that they are one person's."""
        self._cipher, self._what = AESSIV(bytes.fromhex(secret)), [what.encode()]

    def of(self, person: str) -> str:
        """The mark of a person (as ``model.Speaker.id``)."""
        plain = person.encode("utf-8", "surrogatepass")
        padded = plain + b"\0" * (-len(plain) % _PADDED)
        return base64.urlsafe_b64encode(self._cipher.encrypt(padded, self._what)).decode()

    def person(self, mark: str) -> str:
        """Whose mark it is. Raises cryptography.exceptions.InvalidTag for one of another secret."""
        padded = self._cipher.decrypt(base64.urlsafe_b64decode(mark), self._what)
        return padded.rstrip(b"\0").decode("utf-8", "surrogatepass")
