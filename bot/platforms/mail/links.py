"""The links of a mail: what pressing one says, and for whom, sealed so that nobody else can read or make one.

A link is sealed (AES-SIV), not only signed: what stands in a proxy's log must not tell who answered what.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from datetime import timedelta
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

PATH = "/mail/"
"""Where the pages are; a link's token follows."""
GOOD_FOR = timedelta(days=60)
STOP_GOOD_FOR = timedelta(days=730)
"""How long a link does what it says; the second for those that end the mails."""
LONGEST = 1_000
"""Characters of a token that is read."""
_PADDED = 32
"""Bytes to a multiple of which a link is padded, so that its length doesn't tell what it says."""
_WHAT = [b"sharewise mail link"]


class Link(msgspec.Struct, frozen=True, array_like=True):
    """What a link does."""

    person: str
    """Whose it is, as ``events.Speaker.id``."""
    says: str
    """What pressing it says."""
    label: str
    """What stands on its button."""
    until: int
    """When it ends, in seconds since 1970."""


class Links:
    """Makes and reads links under one key."""

    def __init__(self, key: str, url: str) -> None:
        """``key``: the secret of the deployment; ``url``: its address, without a slash at its end."""
        self._cipher = AESSIV(hashlib.blake2b(key.encode(), digest_size=64, person=b"mail links").digest())
        self._url = url

    def url(self, link: Link) -> str:
        """The address of a link; always the same one for the same link."""
        return f"{self._url}{PATH}{self.token(link)}"

    def token(self, link: Link) -> str:
        """What names it in its address."""
        plain = msgspec.json.encode(link)
        padded = plain + b" " * (-len(plain) % _PADDED)
        return base64.urlsafe_b64encode(self._cipher.encrypt(padded, _WHAT)).decode().rstrip("=")

    def read(self, token: str) -> Link | None:
        """The link that ``token`` names; None for one that we didn't make, or not under this key."""
        if len(token) > LONGEST:
            return None
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
            return msgspec.json.decode(self._cipher.decrypt(sealed, _WHAT), type=Link)
        except (InvalidTag, ValueError, binascii.Error, msgspec.MsgspecError):
            return None


def kept_key(folder: Path) -> str:
    """The playground's key, made once and kept in its folder."""
    path = folder / "mail-link-key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        key = secrets.token_hex(32)
        path.touch(mode=0o600)
        path.write_text(key, encoding="ascii")
        return key
