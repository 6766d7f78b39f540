"""Whether Microsoft takes what the settings say, for ``python -m bot doctor``."""

from __future__ import annotations

import aiohttp

from bot.findings import Finding
from bot.platforms.ports import Unavailable
from bot.platforms.reach import reach
from bot.platforms.teams.app_token import token_of
from bot.platforms.teams.trust import SigningKeys
from bot.settings import Settings
from bot.teams_app import TeamsApp


async def examine(settings: Settings, session: aiohttp.ClientSession) -> list[Finding]:
    """The addresses, the published keys, our own token, and what can be said of advisors."""
    keys_there = await reach(session, "Teams: signing keys", settings.teams_openid_url)
    login_there = await reach(session, "Teams: login", settings.teams_login_url)
    found = [keys_there[0], *login_there]  # one clock of Microsoft's is enough
    if any(finding.outcome == "bad" and "clock" not in finding.about for finding in found):
        return found
    keys = SigningKeys(session, settings.teams_openid_url)
    if not await keys.whose():
        way_out = "correct TEAMS_OPENID_URL; unset, it is the public cloud's"
        return [*found, Finding("bad", "Teams: signing keys", "there are none at the address", way_out)]
    for app in settings.apps_of_teams:
        found.append(await _token(app, settings, session, keys))
    emails = [advisor for advisor in settings.advisors if "@" in advisor]
    if emails and settings.microsoft_app_id is None:
        seen = "those named by e-mail address aren't looked for: several tenants give addresses"
        way_out = "name them by id, or give your own app as MICROSOFT_APP_ID"
        found.append(Finding("warning", "Teams: advisors", seen, way_out))
        emails = []
    tenants = {tenant for app in settings.apps_of_teams for tenant in (app.tenant, *app.tenants)}
    own = [each for each in settings.advisors if each.removeprefix("teams:").partition("/")[0] in tenants]
    seen = "known from when they first write to the bot"
    found += [Finding("good", f"Teams: advisor {each}", seen, pending=True) for each in (*emails, *own)]
    if settings.advisors_channel.startswith("teams:") or "@thread" in settings.advisors_channel:
        seen = "named; whether we reach it is known once somebody there has written to the bot"
        found.append(Finding("good", "Teams: advisors' channel", seen))
    return found


async def _token(
    app: TeamsApp, settings: Settings, session: aiohttp.ClientSession, keys: SigningKeys
) -> Finding:
    own = app.id == settings.microsoft_app_id
    about = "Teams: credentials" if own else f"Teams: credentials of {app.id}"
    try:
        await token_of(app, settings, session, keys).get()
    except Unavailable as refusal:
        return Finding(
            "bad",
            about,
            f"Microsoft gives no token for them ({refusal.reason})",
            "check MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID, and that the client secret in "
            "MICROSOFT_APP_PASSWORD (its value, not its id) hasn't expired"
            if own
            else "check its id and tenant in TEAMS_APPS, and that its secret (the value) hasn't expired",
        )
    return Finding("good", about, "Microsoft gives a token for them")
