"""Pseudonyms: how it is known who has answered without their name, and nothing else.

A pulse, check or quiz without names has a secret of its own, as long as it is open. A person's pseudonym is
their id, sealed with that secret (AES-SIV: one for one person and purpose, without likeness to another). It
stops a second answer, and lets the ledger be brought up to date at the close; without the secret nothing
leads from it to a person, or from one to another. Secret and pseudonyms are erased at the close. Where
somebody is forgotten before, a mark from which nothing leads to them takes the place of their pseudonym: it
stops a second answer still, and tells the disclosure record at the close that they are in the group.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

ANSWER, COMMENT, TOOK_PART = "answer", "comment", "session"
"""Purposes: answers and comments to a pulse; live sessions, all of whose questions are one, as scores are."""
_FORGOTTEN = "~"
"""How a mark of somebody forgotten begins, and no pseudonym."""
_PADDED = 96
"""Bytes to a multiple of which an id is padded, so that a pseudonym's length tells nothing of it."""


def new_secret() -> str:
    """A secret, as hexadecimal digits."""
    return secrets.token_hex(32)


class Pseudonyms:
    """The pseudonyms of one secret for one purpose."""

    def __init__(self, secret: str, what: str) -> None:
        """``what``: the purpose; a person's pseudonyms for two of them don't show that they are one's."""
        self._cipher, self._what = AESSIV(bytes.fromhex(secret)), [what.encode()]

    def of(self, person: str) -> str:
        """The pseudonym of a person (as ``events.Speaker.id``)."""
        plain = person.encode("utf-8", "surrogatepass")
        padded = plain + b"\0" * (-len(plain) % _PADDED)
        return base64.urlsafe_b64encode(self._cipher.encrypt(padded, self._what)).decode()

    def person(self, pseudonym: str) -> str:
        """Whose pseudonym it is. Raises cryptography.exceptions.InvalidTag for one of another secret."""
        padded = self._cipher.decrypt(base64.urlsafe_b64decode(pseudonym), self._what)
        return padded.rstrip(b"\0").decode("utf-8", "surrogatepass")


def forgotten_mark(hashed: bytes) -> str:
    """What stands among pseudonyms for somebody forgotten. ``hashed``: as ``HashedPeople`` has them."""
    return _FORGOTTEN + hashed.hex()


def hashed_of(mark: str) -> bytes:
    """Whose ``forgotten_mark`` it is, as a keyed hash; empty for a pseudonym."""
    return bytes.fromhex(mark.removeprefix(_FORGOTTEN)) if mark.startswith(_FORGOTTEN) else b""
