"""The Slack app, to create it "from a manifest": made from the table of commands and what is listened to."""

from __future__ import annotations

from typing import Any

import yaml

from bot.platforms.registry import Manifest, ManifestFacts
from dialogs.core.commands.row import EVERYWHERE
from dialogs.core.commands.table import SHORTCUTS, menu
from dialogs.wording.pane import DESCRIPTION

SCOPES = {
    "app_mentions:read": "be mentioned in channels",
    "assistant:write": "first words in the agent pane, that it is thinking, and what a chat is about",
    "channels:history": "follow-ups in a thread, without another mention",
    "groups:history": "the same in private channels",
    "im:history": "direct messages",
    "mpim:history": "group messages",
    "channels:read": "be told when it is added to a channel; a channel's name, and whether it may post there",
    "groups:read": "the same of private channels",
    "mpim:read": "who is in a group message",
    "chat:write": "answer",
    "commands": "the slash command and the shortcuts",
    "files:write": "pictures of charts, tables to save",
    "im:write": "private answers",
    "team:read": "what another organisation's workspace calls itself, for results by organisation",
    "usergroups:read": "who is in a user group that gets a reminder",
    "users:read": "names and time zones; with the next, advisors named by e-mail address",
    "users:read.email": "advisors named by e-mail address",
}
"""What the bot asks leave for, and why."""
COMMAND = "/sharewise"
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
"""Where somebody begins to install it, and where Slack sends them back to."""
_KINDS_OF_MESSAGE = ("channels", "groups", "im", "mpim")


def build(facts: ManifestFacts) -> Manifest:
    """The manifest, as YAML."""
    head = [
        "# The Slack app, to create it from a manifest. What it asks leave for:",
        *(f"#   {scope}: {why}" for scope, why in SCOPES.items()),
    ]
    body = yaml.safe_dump(manifest(facts), sort_keys=False, allow_unicode=True, width=100)
    told = facts.own_url or (facts.socket_mode and not facts.installable)
    return Manifest("\n".join((*head, body)), "" if told else "--url, the bot's own address")


def manifest(facts: ManifestFacts) -> dict[str, Any]:
    """The manifest, as YAML's data."""
    from bot.platforms.slack.listen import ASSISTANT_EVENTS, EVENTS

    url = f"{facts.url}/slack/events"
    events = sorted(
        name
        for event in EVENTS
        if facts.assistant or event not in ASSISTANT_EVENTS
        for name in ([f"message.{kind}" for kind in _KINDS_OF_MESSAGE] if event == "message" else [event])
    )
    commands = dict.fromkeys(item.says for place in EVERYWHERE for item in menu(place))
    deck = facts.deck
    return {
        "display_information": {
            "name": "Sharewise",
            "description": f"An advisor on {deck.subject}",
            "long_description": (
                f"Ask Sharewise about {deck.subject}, in your own words. It answers from one "
                f"{deck.words.source} ({deck.title}, by {deck.author}, {deck.date}), tells you under which "
                f"heading each answer stands, keeps apart what the {deck.words.source} says and what it "
                f"adds as guidance, and says so when the {deck.words.source} has no answer."
            ),
            "background_color": "#1d3c45",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            **_pane(facts),
            "bot_user": {"display_name": "Sharewise", "always_online": True},
            "shortcuts": [
                {
                    "name": each.name,
                    "type": "message" if each.on_message else "global",
                    "callback_id": each.says,
                    "description": each.description,
                }
                for each in SHORTCUTS
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    "url": url,
                    "description": "Ask in your own words; only you see the answer",
                    "usage_hint": f"[your question, or {', '.join(commands)}]",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {
            **({"redirect_urls": [f"{facts.url}{REDIRECT}"]} if facts.installable else {}),
            "scopes": {"bot": list(SCOPES)},
        },
        "settings": {
            "event_subscriptions": {"request_url": url, "bot_events": events},
            "interactivity": {"is_enabled": True, "request_url": url},
            "socket_mode_enabled": facts.socket_mode,
            "org_deploy_enabled": facts.installable,
            "token_rotation_enabled": False,
        },
    }


def _pane(facts: ManifestFacts) -> dict[str, Any]:
    """The agent pane; Slack still has the older kind, an assistant, beside the newer."""
    description = DESCRIPTION.format(subject=facts.deck.subject)
    kind = "assistant" if facts.assistant else "agent"
    prompts = [{"title": words, "message": words} for words in facts.examples]
    return {f"{kind}_view": {f"{kind}_description": description, "suggested_prompts": prompts}}
