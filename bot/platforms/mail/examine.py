"""Whether the mail server takes us, as ``python -m bot doctor`` tells."""

from __future__ import annotations

import asyncio

from bot.findings import Finding
from bot.platforms.mail.relay import SETUP, Relay
from bot.platforms.ports import Revoked, Unavailable
from bot.settings import Settings

PATIENCE = 15.0


async def examine(settings: Settings) -> list[Finding]:
    """Connect and log in, as before each mail; none is sent."""
    assert settings.smtp_url is not None
    relay = Relay(settings.smtp_url.get_secret_value())
    try:
        async with asyncio.timeout(PATIENCE):
            secure = await relay.greet()
    except Revoked as refusal:
        return [
            Finding("bad", "Mail: server", f"no mail goes by it ({refusal.reason})", refusal.todo or SETUP)
        ]
    except (Unavailable, TimeoutError) as trouble:
        why = trouble.reason if isinstance(trouble, Unavailable) else "no answer"
        way_out = "check SMTP_URL, and let this machine out to it (name service, firewall, certificate)"
        return [Finding("bad", "Mail: server", f"it can't be reached ({why})", way_out)]
    finally:
        await relay.stop()
    found = [Finding("good", "Mail: server", "it takes us" + (" by TLS" if secure else ", on this machine"))]
    told = ", ".join(settings.mail_domains)
    return [*found, Finding("good", "Mail: domains", f"mails go to {told} alone")]
