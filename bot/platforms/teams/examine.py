"""Whether Microsoft takes what the settings say, for ``python -m bot doctor``."""

from __future__ import annotations

import aiohttp

from bot.findings import Finding
from bot.platforms.ports import Unavailable
from bot.platforms.reach import reach
from bot.platforms.teams.app_token import own_token
from bot.platforms.teams.trust import SigningKeys
from bot.settings import Settings


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
    found.append(await _token(settings, session, keys))
    emails = [advisor for advisor in settings.advisors if "@" in advisor]
    if emails:
        seen = "named by e-mail address are known from when each first writes to the bot"
        found.append(Finding("good", "Teams: advisors", seen))
    if settings.advisors_channel.startswith("teams:") or "@thread" in settings.advisors_channel:
        seen = "named; whether we reach it is known once somebody there has written to the bot"
        found.append(Finding("good", "Teams: advisors' channel", seen))
    return found


async def _token(settings: Settings, session: aiohttp.ClientSession, keys: SigningKeys) -> Finding:
    token = own_token(settings, session, keys)
    assert token, "only what is connected is examined"
    try:
        await token.get()
    except Unavailable as refusal:
        return Finding(
            "bad",
            "Teams: credentials",
            f"Microsoft gives no token for them ({refusal.reason})",
            "check MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID, and that the client secret in "
            "MICROSOFT_APP_PASSWORD (its value, not its id) hasn't expired",
        )
    return Finding("good", "Teams: credentials", "Microsoft gives a token for them")
