"""Settings from the environment, checked at start; the only place that reads it."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.teams_app import TeamsApp, tenant_id
from dialogs.core.addresses import is_domain, person_of

SHORTEST_KEY = 32
KEY_BYTES = 32
"""Of a key that encrypts, in base64 as addresses write it."""

_CLUSTER = re.compile(r"[a-z+]+://([^@/]*@)?[^,@/?]+(,[^,@/?]+)*/?(\?.*)?")
_SENTINELS = re.compile(r"[a-z+]+://([^@/]*@)?[^,@/]+(,[^,@/]+)*/[^/?]+(/\d+)?(\?.*)?")
SURROUNDINGS = {
    "HTTPS_PROXY": "the proxy by which Slack and Microsoft are reached: http://user:password@proxy:3128",
    "NO_PROXY": "hosts that are reached around it, separated by commas: localhost,.internal",
    "SSL_CERT_FILE": "a file with all certificate authorities to trust, in the place of the system's own",
}
"""What the libraries read from the environment themselves, as other programs do."""


class BadSettings(Exception):
    """A setting has a value that can't be used; the message names it and says what is expected."""


class Settings(BaseSettings):
    """Every setting, its default and its meaning. The environment variable is the name in capitals."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field(
        "127.0.0.1", description="where to listen; loopback alone while no platform is connected"
    )
    port: int = Field(3978, ge=1, le=65535, description="port to listen on")
    data_dir: Path = Field(
        Path("data"), description="where the embedded Valkey keeps its data, and the playground its own"
    )
    knowledge_dir: Path = Field(Path("knowledge"), description="folder with deck.yaml and lessons/")
    redis_url: str | None = Field(
        None,
        description="redis://, rediss:// or unix:// address of a Redis or Valkey 7+, or redis+sentinel:// "
        "with the sentinels that know it, or redis+cluster:// with servers of a cluster; unset: embedded",
    )
    advisors: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="team/user ids (slack: or teams: may stand before), or e-mail addresses of your own "
        "workspace or tenant, separated by commas; guests and people of other organisations by id only",
    )
    advisors_channel: str = Field(
        "",
        description="team/channel (slack: or teams: may stand before): where questions for the advisors "
        "arrive; unset: in the chat of each advisor",
    )
    organisations: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="slack:TEAM=Name and teams:TENANT=Name, separated by commas: how joint results call "
        "them; unset: as each platform says",
    )
    retention_days: int = Field(
        90, ge=1, le=3650, description="days for which questions and feedback are kept"
    )
    questions_per_minute: int = Field(30, ge=1, description="what one person may ask in a minute")
    platform_limits: bool = Field(
        True,
        description="keep reminders to what platforms allow; false only beside stand-ins without limits",
    )
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR"
    )

    slack_bot_token: SecretStr | None = Field(
        None, description="connects Slack: xoxb-…, from OAuth & Permissions"
    )
    slack_signing_secret: SecretStr | None = Field(None, description="from Basic Information")
    slack_app_token: SecretStr | None = Field(
        None, description="xapp-…: Slack by Socket Mode, without an address of our own"
    )
    slack_client_id: str | None = Field(
        None,
        description="lets any number of workspaces, or a whole Enterprise, install the app at "
        "/slack/install: from Basic Information; beside or in place of SLACK_BOT_TOKEN",
    )
    slack_client_secret: SecretStr | None = Field(None, description="from Basic Information too")
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        description="what the tokens of such workspaces are encrypted with: one key of 32 bytes in base64, "
        "or several separated by commas, of which the first encrypts and all decrypt",
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="another Slack-compatible server, ending in /api/"
    )

    microsoft_app_id: str | None = Field(None, description="connects Teams: the bot's application id")
    microsoft_app_password: SecretStr | None = Field(None, description="its client secret (the value)")
    microsoft_app_tenant_id: str | None = Field(
        None, description="the id (not a domain) of the tenant it lives in"
    )
    teams_apps: Annotated[tuple[TeamsApp, ...], NoDecode] = Field(
        (),
        description='connects further Teams apps, as JSON: [{"id": "…", "secret": "…", "tenant": "…"}, …]; '
        'an older app for several tenants has "tenants": ["…", …], from which alone it is reached',
    )
    teams_openid_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="who signs Teams' requests; the US Government's: "
        "https://login.botframework.azure.us/v1/.well-known/openid",
    )
    teams_login_url: str = Field(
        "https://login.microsoftonline.com",
        description="where the bot gets its own token; the US Government's: https://login.microsoftonline.us",
    )

    public_url: str = Field(
        "",
        description="https://…, the address at which people and platforms reach us; mails, big screens and "
        "installations in Slack need it",
    )
    screen_key: SecretStr | None = Field(
        None,
        description="lets live quizzes and checks be shown on a big screen: what signs the links, 32 "
        "characters or more, made by chance and kept",
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="connects mail: smtp://user:password@host:587 (by STARTTLS), or smtps://…; what is "
        "special in user or password written as in addresses (%40 for @)",
    )
    mail_from: str = Field("", description="whom mails are from: Sharewise <sharewise@yourshire.gov.uk>")
    mail_reply_to: str = Field("", description="an advisor's address for replies; unset: nobody reads them")
    mail_domains: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="the domains that may be written to, separated by commas: anyshire.gov.uk, or .gov.uk "
        "for all below it",
    )
    mail_link_key: SecretStr | None = Field(
        None, description="what seals the links of mails: 32 characters or more, made by chance and kept"
    )

    @field_validator("advisors", "organisations", "mail_domains", "encryption_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("advisors")
    @classmethod
    def _advisor(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for inner in value:
            if "/" not in inner and "@" not in inner:
                raise ValueError("expected team/user ids or e-mail addresses, separated by commas")
        return value

    @field_validator("advisors_channel")
    @classmethod
    def _channel(cls, value: str) -> str:
        team, _, channel = value.strip().partition("/")
        if value.strip() and not (team.rpartition(":")[2] and channel):
            raise ValueError("expected team/channel, such as T012AB3CD/C045EF6GH")
        return value.strip()

    @field_validator("organisations")
    @classmethod
    def _organisation(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for inner in value:
            id, sign, name = inner.partition("=")
            if not (sign and name.strip() and id.partition(":")[2]):
                raise ValueError("expected slack:TEAM=Name or teams:TENANT=Name, separated by commas")
        return value

    @field_validator("teams_apps", mode="before")
    @classmethod
    def _apps(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(json.loads(value))
        except (ValueError, TypeError):
            raise ValueError('expected JSON such as [{"id": "…", "secret": "…", "tenant": "…"}]') from None

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        local = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if value.strip() and not (parts.hostname and (parts.scheme == "https" or local)):
            raise ValueError("expected an address beginning with https:// (http:// only on this machine)")
        return value.strip().rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value()) if value else None
        if parts and not (parts.scheme in ("smtp", "smtps") and parts.hostname):
            raise ValueError("expected an address such as smtp://user:password@mail.yourshire.gov.uk:587")
        return value

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _mailbox(cls, value: str) -> str:
        if value.strip() and not person_of(parseaddr(value)[1]):
            raise ValueError("expected an e-mail address, such as Sharewise <sharewise@yourshire.gov.uk>")
        return value.strip()

    @field_validator("mail_domains")
    @classmethod
    def _domain(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for domain in value:
            if not is_domain(domain):
                raise ValueError("expected domains such as anyshire.gov.uk or .gov.uk, separated by commas")
        return tuple(domain.lower() for domain in value)

    @field_validator("mail_link_key", "screen_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(
                f"expected at least {SHORTEST_KEY} characters, such as openssl rand -hex 32 makes"
            )
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _encrypting(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
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

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str | None) -> str | None:
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

    @field_validator("slack_api_url")
    @classmethod
    def _api(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/api/"):
            raise ValueError("expected a base address ending in /api/, such as https://slack.com/api/")
        return value

    @field_validator("microsoft_app_tenant_id")
    @classmethod
    def _tenant(cls, value: str | None) -> str | None:
        return value if value is None else tenant_id(value)

    @field_validator("teams_openid_url", "teams_login_url")
    @classmethod
    def _cloud(cls, value: str) -> str:
        parts = urlsplit(value)
        local = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or local):
            raise ValueError("expected an address beginning with https:// (http:// only on this machine)")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if self.slack_bot_token and not (self.slack_signing_secret or self.slack_app_token):
            raise ValueError("SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN) is missing beside SLACK_BOT_TOKEN")
        if (self.slack_signing_secret or self.slack_app_token) and not self.slack:
            raise ValueError(
                "SLACK_BOT_TOKEN (or SLACK_CLIENT_ID) is missing beside the other Slack settings"
            )
        if bool(self.slack_client_id) != bool(self.slack_client_secret):
            raise ValueError("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together")
        reached = self.slack_signing_secret or self.slack_app_token
        if self.slack_client_id and not (self.encryption_keys and self.public_url and reached):
            raise ValueError(
                "SLACK_CLIENT_ID needs ENCRYPTION_KEYS, PUBLIC_URL and SLACK_SIGNING_SECRET beside it"
            )
        microsoft = (self.microsoft_app_id, self.microsoft_app_password, self.microsoft_app_tenant_id)
        if any(microsoft) and not all(microsoft):
            raise ValueError(
                "MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID go together"
            )
        ids = [app.id for app in self.apps_of_teams]
        if len(ids) != len(set(ids)):
            raise ValueError("TEAMS_APPS: each app has an id of its own")
        needed = (self.mail_from, self.mail_domains, self.mail_link_key, self.public_url)
        if self.mail and not all(needed):
            raise ValueError("SMTP_URL needs MAIL_FROM, MAIL_DOMAINS, MAIL_LINK_KEY and PUBLIC_URL beside it")
        if self.screen_key and not self.public_url:
            raise ValueError("SCREEN_KEY needs PUBLIC_URL beside it")
        if self.playground and not is_loopback(self.host):
            raise ValueError(
                "HOST must be a loopback address such as 127.0.0.1 while no platform credential is set, "
                "because nothing is authenticated then"
            )
        return self

    @property
    def called(self) -> dict[str, str]:
        """Workspace or tenant (``platform:team``) -> the name to use for it."""
        pairs = (organisation.partition("=") for organisation in self.organisations)
        return {id.strip(): name.strip() for id, _, name in pairs}

    @property
    def slack(self) -> bool:
        """Slack is connected, by a token or by installations."""
        return bool(self.slack_bot_token or self.slack_client_id)

    @property
    def teams(self) -> bool:
        """Teams is connected."""
        return bool(self.apps_of_teams)

    @property
    def apps_of_teams(self) -> tuple[TeamsApp, ...]:
        """All of them, that of the three settings first."""
        id, secret, tenant = self.microsoft_app_id, self.microsoft_app_password, self.microsoft_app_tenant_id
        own = (TeamsApp(id=id, secret=secret, tenant=tenant),) if id and secret and tenant else ()
        return (*own, *self.teams_apps)

    @property
    def mail(self) -> bool:
        """People may be written to by mail."""
        return self.smtp_url is not None

    @property
    def playground(self) -> bool:
        """No platform credential at all: the stand-ins and their page are on, on loopback only."""
        return not (self.slack or self.teams)


def is_loopback(host: str) -> bool:
    """Whether ``host`` (a name or an address, without port) is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_settings() -> Settings:
    """Read the environment; raises BadSettings with one plain sentence a problem."""
    try:
        return Settings()
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_url=False, include_input=False):
            name = "_".join(str(part) for part in detail["loc"][:1]).upper()
            message = detail["msg"].removeprefix("Value error, ")
            problems.append(f"{name}: {message}" if name else message)
        raise BadSettings("; ".join(problems)) from None


def documentation() -> str:
    """Every setting as a table, for ``docs/settings.md``."""
    rows = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, (), "") else f"`{field.default}`"
        rows.append(f"| `{name.upper()}` | {default.replace('True', 'true')} | {field.description} |")
    rows += [f"| `{name}` |  | {meaning} |" for name, meaning in SURROUNDINGS.items()]
    return "\n".join(rows)
