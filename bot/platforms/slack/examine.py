"""Whether Slack takes what the settings say, for ``python -m bot doctor``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Iterable, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.findings import Finding
from bot.platforms.ports import Revoked, Unavailable
from bot.platforms.reach import reach
from bot.platforms.slack.calls import quiet_client, told
from bot.platforms.slack.identity import OUTSIDE, home_of
from bot.platforms.slack.manifest import INSTALL, SCOPES
from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.vault import Vault
from bot.settings import Settings

PATIENCE_SECONDS = 15


class _Refused(Exception):
    """Slack said no, in its own word."""


async def examine(
    settings: Settings, session: aiohttp.ClientSession, vault: Vault | None = None
) -> list[Finding]:
    """The address, the tokens, the scopes, who the advisors are, and where we are installed (``vault``)."""
    found = await reach(session, "Slack: address", settings.slack_api_url)
    if found[0].outcome == "bad":
        return found
    if settings.slack_client_id and vault is not None:
        found += await _installed(settings, session, vault)
    if settings.slack_bot_token is None:
        return [*found, *_unresolved(settings)]
    client = quiet_client(settings.slack_api_url, session, settings.slack_bot_token.get_secret_value())
    try:
        us, headers = await _ask(client.api_call("auth.test"))
    except _Refused as refused:
        way_out = "copy the Bot User OAuth Token (OAuth & Permissions) into SLACK_BOT_TOKEN once more"
        return [*found, Finding("bad", "Slack: bot token", f"refused ({refused})", way_out)]
    found.append(Finding("good", "Slack: bot token", f"taken; we are {text(us, 'user_id')} of {_team(us)}"))
    found += _scopes(headers.get("x-oauth-scopes"))
    found.append(await _arrival(settings, client))
    found += await _channel(client, us, settings.advisors_channel)
    return found + await _advisors(client, us, settings.advisors)


async def _installed(settings: Settings, session: aiohttp.ClientSession, vault: Vault) -> list[Finding]:
    """Each workspace whose token can't be used, and how many can be."""
    about, bad, good = "Slack: installations", list[Finding](), list[str]()
    try:
        accounts = await vault.names()
    except Unavailable:
        return [Finding("warning", about, "can't be looked at: Redis is away")]
    for account in accounts:
        try:
            stored = await vault.get(account)
            token = json.loads(stored)["bot_token"] if stored else ""
            us, _ = await _ask(quiet_client(settings.slack_api_url, session, token).api_call("auth.test"))
        except Revoked as shut:
            bad.append(Finding("bad", f"{about}: {account}", f"can't be read ({shut.reason})", shut.todo))
        except (_Refused, Unavailable) as refused:
            way_out = f"have it installed there again, at {settings.public_url}{INSTALL}"
            bad.append(Finding("bad", f"{about}: {account}", f"the token is refused ({refused})", way_out))
        else:
            good.append(_team(us))
    named = f"{len(good)}: {', '.join(good)}" if good else "none yet"
    way_out = f"install it at {settings.public_url}{INSTALL}"
    return [
        Finding("good", about, f"{named}; further ones at {settings.public_url}{INSTALL}")
        if good
        else Finding("warning", about, named, way_out),
        *bad,
    ]


def _unresolved(settings: Settings) -> list[Finding]:
    """Advisors by e-mail address, where no workspace is our own."""
    about = "Slack: advisors"
    if not any("@" in advisor and "/" not in advisor for advisor in settings.advisors):
        return []
    seen = "those named by e-mail address aren't looked for: any workspace may install it"
    return [Finding("warning", about, seen, "name them by id, or set SLACK_BOT_TOKEN of your own workspace")]


def _scopes(header: str | None) -> list[Finding]:
    about = "Slack: scopes"
    if header is None:
        return [
            Finding("warning", about, "Slack doesn't tell which are granted", "look at OAuth & Permissions")
        ]
    granted = {scope.strip() for scope in header.split(",")}
    lacking = [f"{scope} ({why})" for scope, why in SCOPES.items() if scope not in granted]
    if lacking:
        way_out = "paste the manifest anew (python -m bot manifest slack) and reinstall the app"
        return [Finding("bad", about, f"not granted: {'; '.join(lacking)}", way_out)]
    return [Finding("good", about, f"all {len(SCOPES)} are granted")]


async def _arrival(settings: Settings, client: AsyncWebClient) -> Finding:
    """How events get here."""
    if settings.slack_app_token is None:
        return Finding(
            "good",
            "Slack: events",
            "by HTTP at /slack/events; whether the signing secret is right, a first message shows",
        )
    try:
        await _ask(client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value()))
    except _Refused as refused:
        way_out = "make an app-level token with connections:write, and set SLACK_APP_TOKEN to it"
        return Finding("bad", "Slack: events", f"the app-level token is refused ({refused})", way_out)
    return Finding("good", "Slack: events", "by Socket Mode; the app-level token is taken")


async def _channel(client: AsyncWebClient, us: Json, named: str) -> list[Finding]:
    """The advisors' channel, where the settings name one of this workspace."""
    team, _, channel = named.removeprefix("slack:").partition("/")
    if team not in _ours(us):
        return []
    about = "Slack: advisors' channel"
    try:
        found = inside(
            (await _ask(client.api_call("conversations.info", data={"channel": channel})))[0], "channel"
        )
    except _Refused as refused:
        way_out = "invite Sharewise there, and set ADVISORS_CHANNEL to team/channel (its id, C…)"
        return [Finding("bad", about, f"{channel} not found ({refused})", way_out)]
    name = f"#{text(found, 'name') or channel}"
    if found.get("is_archived"):
        return [Finding("bad", about, f"{name} is archived", "set ADVISORS_CHANNEL to another")]
    if found.get("is_member") is False:
        return [Finding("bad", about, f"we are not in {name}", "invite Sharewise there")]
    return [Finding("good", about, f"{name}; we are in it")]


async def _advisors(client: AsyncWebClient, us: Json, advisors: Iterable[str]) -> list[Finding]:
    """Those named by e-mail address, and those by an id of this workspace; others are others' to know."""
    found = []
    for advisor in advisors:
        team, _, user = advisor.removeprefix("slack:").rpartition("/")
        if not team:
            found.append(await _advisor(client, us, advisor, "users.lookupByEmail", {"email": advisor}))
        elif team in _ours(us):
            found.append(await _advisor(client, us, advisor, "users.info", {"user": user}))
    return found


async def _advisor(
    client: AsyncWebClient, us: Json, advisor: str, method: str, whom: dict[str, str]
) -> Finding:
    about = f"Slack: advisor {advisor}"
    try:
        person = inside((await _ask(client.api_call(method, data=whom)))[0], "user")
    except _Refused as refused:
        way_out = "correct ADVISORS, or leave it: on another platform it may be right"
        return Finding("warning", about, f"not found ({refused})", way_out)
    if person.get("deleted"):
        return Finding("warning", about, "deactivated in Slack", "take them out of ADVISORS")
    workspace, enterprise = home_of(person)
    home = enterprise or workspace or text(us, "team_id")
    if "email" in whom and (home not in _ours(us) or any(person.get(flag) for flag in OUTSIDE)):
        way_out = "name them by id, if they shall be one"
        return Finding("warning", about, "a guest, or from elsewhere, and so no advisor", way_out)
    return Finding("good", about, f"is {home}/{text(person, 'id')}")


def _ours(us: Json) -> set[str]:
    """The ids of our workspace, and of the Enterprise that it belongs to."""
    return {text(us, "team_id"), text(us, "enterprise_id")} - {""}


def _team(us: Json) -> str:
    return f"{text(us, 'team')} ({text(us, 'team_id')})"


async def _ask(call: Awaitable[AsyncSlackResponse]) -> tuple[Json, Mapping[str, str]]:
    """Slack's answer and its headers. Raises _Refused."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            response = await call
    except SlackApiError as error:
        raise _Refused(told(error.response).reason) from None
    except (aiohttp.ClientError, OSError, TimeoutError, AttributeError) as error:
        raise _Refused(type(error).__name__) from None
    return (response.data if isinstance(response.data, dict) else {}), response.headers
