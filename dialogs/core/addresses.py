"""E-mail addresses as people's ids: somebody who is in neither chat is written to by mail.

The id of leader@anyshire.gov.uk is "mail:anyshire.gov.uk/leader": the domain is their organisation, as a
workspace or tenant is that of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PLATFORM = "mail"
LONGEST = 254
"""Characters of an address (RFC 5321)."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = rf"(?:{_LABEL}\.)+[A-Za-z]{{2,63}}"
ADDRESS = rf"{_LOCAL}@{_DOMAIN}"
"""A pattern of an address."""
_ADDRESS = re.compile(rf"(?:mailto:)?({_LOCAL})@({_DOMAIN})", re.IGNORECASE)
_ALLOWED = re.compile(rf"\.?{_DOMAIN}")


def person_of(said: str) -> str:
    """The id of whoever an address is; "" for anything else. Capital letters make no difference."""
    found = _ADDRESS.fullmatch(said.strip().strip("<>"))
    if found is None or len(found[1]) > 64 or len(found[1]) + len(found[2]) + 1 > LONGEST:
        return ""
    return f"{PLATFORM}:{found[2].lower()}/{found[1].lower()}"


def address_of(person: str) -> str:
    """The address of somebody who is written to by mail; "" for others."""
    platform, _, rest = person.partition(":")
    domain, _, local = rest.partition("/")
    return f"{local}@{domain}" if platform == PLATFORM and domain and local else ""


def by_mail(person: str) -> bool:
    """Whether an id is that of somebody who is written to by mail."""
    return person.startswith(f"{PLATFORM}:")


def domain_of(person: str) -> str:
    """The domain of somebody who is written to by mail."""
    return person.removeprefix(f"{PLATFORM}:").partition("/")[0]


def is_domain(said: str) -> bool:
    """Whether ``said`` may stand in the list of domains: "anyshire.gov.uk", or ".gov.uk" for all below."""
    return _ALLOWED.fullmatch(said) is not None


def allowed(person: str, domains: Iterable[str]) -> bool:
    """Whether we may write to ``person``; ``domains``: as ``is_domain`` has them, in small letters."""
    own = domain_of(person)
    return any(own.endswith(domain) if domain.startswith(".") else own == domain for domain in domains)


def masked(person: str) -> str:
    """An address as somebody may see it to whom a mail was forwarded: "le…@anyshire.gov.uk"."""
    local, _, domain = address_of(person).partition("@")
    return f"{local[: min(2, max(1, len(local) - 1))]}…@{domain}"
