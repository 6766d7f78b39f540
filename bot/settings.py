"""Settings from the environment, checked at start; the only place that reads it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_values import (
    AdvisorIds,
    Channel,
    Domains,
    EncryptionKeys,
    GuardedUrl,
    Mailbox,
    OrganisationNames,
    PublicUrl,
    RedisUrl,
    SecretKey,
    SlackApiUrl,
    SmtpUrl,
    TeamsApps,
    is_loopback,
)
from bot.teams_app import TeamsApp, TenantId

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
    redis_url: RedisUrl = Field(
        None,
        description="redis://, rediss:// or unix:// address of a Redis or Valkey 7+, or redis+sentinel:// "
        "with the sentinels that know it, or redis+cluster:// with servers of a cluster; unset: embedded",
    )
    advisors: AdvisorIds = Field(
        (),
        description="team/user ids (slack: or teams: may stand before), or e-mail addresses of your own "
        "workspace or tenant, separated by commas; guests and people of other organisations by id only",
    )
    advisors_channel: Channel = Field(
        "",
        description="team/channel (slack: or teams: may stand before): where questions for the advisors "
        "arrive; unset: in the chat of each advisor",
    )
    organisations: OrganisationNames = Field(
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
    encryption_keys: EncryptionKeys = Field(
        (),
        description="what the tokens of such workspaces are encrypted with: one key of 32 bytes in base64, "
        "or several separated by commas, of which the first encrypts and all decrypt",
    )
    slack_api_url: SlackApiUrl = Field(
        "https://slack.com/api/", description="another Slack-compatible server, ending in /api/"
    )

    microsoft_app_id: str | None = Field(None, description="connects Teams: the bot's application id")
    microsoft_app_password: SecretStr | None = Field(None, description="its client secret (the value)")
    microsoft_app_tenant_id: TenantId | None = Field(
        None, description="the id (not a domain) of the tenant it lives in"
    )
    teams_apps: TeamsApps = Field(
        (),
        description='connects further Teams apps, as JSON: [{"id": "…", "secret": "…", "tenant": "…"}, …]; '
        'an older app for several tenants has "tenants": ["…", …], from which alone it is reached',
    )
    teams_openid_url: GuardedUrl = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="who signs Teams' requests; the US Government's: "
        "https://login.botframework.azure.us/v1/.well-known/openid",
    )
    teams_login_url: GuardedUrl = Field(
        "https://login.microsoftonline.com",
        description="where the bot gets its own token; the US Government's: https://login.microsoftonline.us",
    )

    public_url: PublicUrl = Field(
        "",
        description="https://…, the address at which people and platforms reach us; mails, big screens and "
        "installations in Slack need it",
    )
    screen_key: SecretKey = Field(
        None,
        description="lets live quizzes and checks be shown on a big screen: what signs the links, 32 "
        "characters or more, made by chance and kept",
    )
    smtp_url: SmtpUrl = Field(
        None,
        description="connects mail: smtp://user:password@host:587 (by STARTTLS), or smtps://…; what is "
        "special in user or password written as in addresses (%40 for @)",
    )
    mail_from: Mailbox = Field("", description="whom mails are from: Sharewise <sharewise@yourshire.gov.uk>")
    mail_reply_to: Mailbox = Field(
        "", description="an advisor's address for replies; unset: nobody reads them"
    )
    mail_domains: Domains = Field(
        (),
        description="the domains that may be written to, separated by commas: anyshire.gov.uk, or .gov.uk "
        "for all below it",
    )
    mail_link_key: SecretKey = Field(
        None, description="what seals the links of mails: 32 characters or more, made by chance and kept"
    )

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
