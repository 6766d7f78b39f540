"""What the value of a setting must look like: each type checks its own, and says what is expected instead."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from email.utils import parseaddr
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.teams_app import TeamsApp
from dialogs.core.addresses import is_domain, person_of

SHORTEST_KEY = 32
"""Characters of a key that signs or seals."""
KEY_BYTES = 32
"""Of a key that encrypts, in base64 as addresses write it."""

_CLUSTER = re.compile(r"[a-z+]+://([^@/]*@)?[^,@/?]+(,[^,@/?]+)*/?(\?.*)?")
_SENTINELS = re.compile(r"[a-z+]+://([^@/]*@)?[^,@/]+(,[^,@/]+)*/[^/?]+(/\d+)?(\?.*)?")


def is_loopback(host: str) -> bool:
    """Whether ``host`` (a name or an address, without port) is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _advisors(value: tuple[str, ...]) -> tuple[str, ...]:
    for advisor in value:
        if "/" not in advisor and "@" not in advisor:
            raise ValueError("expected team/user ids or e-mail addresses, separated by commas")
    return value


def _channel(value: str) -> str:
    team, _, channel = value.strip().partition("/")
    if value.strip() and not (team.rpartition(":")[2] and channel):
        raise ValueError("expected team/channel, such as T012AB3CD/C045EF6GH")
    return value.strip()


def _organisations(value: tuple[str, ...]) -> tuple[str, ...]:
    for organisation in value:
        id, sign, name = organisation.partition("=")
        if not (sign and name.strip() and id.partition(":")[2]):
            raise ValueError("expected slack:TEAM=Name or teams:TENANT=Name, separated by commas")
    return value


def _teams_apps(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return tuple(json.loads(value))
    except (ValueError, TypeError):
        raise ValueError('expected JSON such as [{"id": "…", "secret": "…", "tenant": "…"}]') from None


def _guarded(parts: SplitResult) -> bool:
    """Whether what goes to an address can't be read on the way."""
    local = parts.scheme == "http" and is_loopback(parts.hostname or "")
    return bool(parts.hostname) and (parts.scheme == "https" or local)


def _guarded_url(value: str) -> str:
    if not _guarded(urlsplit(value)):
        raise ValueError("expected an address beginning with https:// (http:// only on this machine)")
    return value


def _public_url(value: str) -> str:
    return _guarded_url(value.strip()).rstrip("/") if value.strip() else ""


def _smtp_url(value: SecretStr | None) -> SecretStr | None:
    parts = urlsplit(value.get_secret_value()) if value else None
    if parts and not (parts.scheme in ("smtp", "smtps") and parts.hostname):
        raise ValueError("expected an address such as smtp://user:password@mail.yourshire.gov.uk:587")
    return value


def _mailbox(value: str) -> str:
    if value.strip() and not person_of(parseaddr(value)[1]):
        raise ValueError("expected an e-mail address, such as Sharewise <sharewise@yourshire.gov.uk>")
    return value.strip()


def _domains(value: tuple[str, ...]) -> tuple[str, ...]:
    for domain in value:
        if not is_domain(domain):
            raise ValueError("expected domains such as anyshire.gov.uk or .gov.uk, separated by commas")
    return tuple(domain.lower() for domain in value)


def _signing_key(value: SecretStr | None) -> SecretStr | None:
    if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
        raise ValueError(f"expected at least {SHORTEST_KEY} characters, such as openssl rand -hex 32 makes")
    return value


def _encryption_keys(value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    for key in value:
        try:
            found = base64.b64decode(key.get_secret_value(), b"-_", validate=True)
        except ValueError:
            found = b""
        if len(found) != KEY_BYTES:
            raise ValueError(
                "expected keys of 32 bytes in base64, separated by commas, such as "
                "python -m bot encryption key makes"
            )
    return value


def _redis_url(value: str | None) -> str | None:
    if value is None or value.startswith(("redis://", "rediss://", "unix://")):
        return value
    if value.startswith(("redis+cluster://", "rediss+cluster://")):
        if not _CLUSTER.fullmatch(value):
            raise ValueError(
                "expected some servers of the cluster and no database, such as "
                "redis+cluster://redis1:6379,redis2:6379"
            )
        return value
    if not value.startswith(("redis+sentinel://", "rediss+sentinel://")):
        raise ValueError(
            "expected an address beginning with redis://, rediss://, unix://, redis+sentinel:// or "
            "redis+cluster://"
        )
    if not _SENTINELS.fullmatch(value):
        raise ValueError(
            "expected the sentinels and the name by which they know the primary, such as "
            "redis+sentinel://sentinel1:26379,sentinel2:26379/sharewise"
        )
    return value


def _slack_api_url(value: str) -> str:
    if not value.startswith(("http://", "https://")) or not value.endswith("/api/"):
        raise ValueError("expected a base address ending in /api/, such as https://slack.com/api/")
    return value


CommaSeparated = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Values separated by commas."""
AdvisorIds = Annotated[CommaSeparated, AfterValidator(_advisors)]
Channel = Annotated[str, AfterValidator(_channel)]
OrganisationNames = Annotated[CommaSeparated, AfterValidator(_organisations)]
Domains = Annotated[CommaSeparated, AfterValidator(_domains)]
EncryptionKeys = Annotated[
    tuple[SecretStr, ...], NoDecode, BeforeValidator(_split), AfterValidator(_encryption_keys)
]
TeamsApps = Annotated[tuple[TeamsApp, ...], NoDecode, BeforeValidator(_teams_apps)]
GuardedUrl = Annotated[str, AfterValidator(_guarded_url)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
SlackApiUrl = Annotated[str, AfterValidator(_slack_api_url)]
RedisUrl = Annotated[str | None, AfterValidator(_redis_url)]
SmtpUrl = Annotated[SecretStr | None, AfterValidator(_smtp_url)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
SecretKey = Annotated[SecretStr | None, AfterValidator(_signing_key)]
