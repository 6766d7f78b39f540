"""Channels of Slack Connect that several workspaces share which have us: for which of them an event is.

Each has a bot of its own there, but Slack tells of a message through one of them alone, whoever is meant: the
one that joined last (slackapi/bolt-js issue 2008; ``authorizations`` has one entry). So it is found by what
stands in the event, and is the same through whichever it comes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.platforms.ports import InboundHandler
from bot.platforms.slack.address import SlackPlace
from bot.platforms.slack.shapes import Json, inside, text

_MENTIONED = re.compile(r"<@([A-Z0-9]+)[|>]")


def is_shared(body: Json) -> bool:
    """Whether an event happened in such a channel."""
    return body.get("is_ext_shared_channel") is True


async def meant(body: Json, bots: Mapping[str, str], handler: InboundHandler) -> str:
    """The account whose bot an event is for; "" where nothing tells: then nobody was addressed.

    ``bots``: the user ids of our bots -> account.
    """
    event = inside(body, "event")
    message = inside(event, "message") or event
    # Whom it calls, or who joined.
    told = [*_MENTIONED.findall(text(message, "text")), text(event, "user")]
    for user in told:
        if user in bots:
            return bots[user]
    channel, thread = text(event, "channel"), text(message, "thread_ts")
    if not (channel and thread):
        return ""
    tenants = {f"slack:{account}": account for account in bots.values()}
    conversation = SlackPlace(channel, "channel", "", thread=thread).conversation
    return tenants.get(await handler.talked_in(conversation, list(tenants)), "")
