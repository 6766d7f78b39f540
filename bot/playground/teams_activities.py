"""The activities that Teams sends to a bot, as plain data."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from bot.playground.stage import PEOPLE, TEAMS_TENANT, Person

Activity = dict[str, Any]

BOT = {"id": "28:sharewise", "name": "Sharewise"}
CHANNEL = "19:partnership-general@thread.tacv2"
TEAM = "19:partnership@thread.tacv2"

_MENTION = re.compile(rf"@{BOT['name']}\b", re.IGNORECASE)


def account(person: Person) -> dict[str, str]:
    """A person as the sender of an activity."""
    return {"id": f"29:{person.key}", "name": person.name, "aadObjectId": person.teams_id}


def member(person: Person) -> dict[str, str]:
    """A person as a conversation's roster tells it."""
    first, _, last = person.name.partition(" ")
    return {
        **account(person),
        "objectId": person.teams_id,
        "givenName": first,
        "surname": last,
        "email": person.email,
        "userPrincipalName": person.email,
        "tenantId": TEAMS_TENANT,
        "userRole": "user",
    }


def person_of(account_id: str) -> Person | None:
    """The person with an account id or an object id."""
    return next((one for one in PEOPLE if account_id in (f"29:{one.key}", one.teams_id)), None)


def personal_chat(person: Person) -> str:
    """The id of a person's chat with the bot."""
    return f"a:{person.key}"


def base(kind: str, activity_id: str, person: Person, conversation: str, service_url: str) -> Activity:
    """What every activity carries."""
    now = datetime.now(UTC)
    activity: Activity = {
        "type": kind,
        "id": activity_id,
        "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "localTimestamp": now.isoformat(timespec="milliseconds"),
        "localTimezone": person.zone,
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": account(person),
        "conversation": _talk(conversation),
        "recipient": BOT,
        "channelData": {"tenant": {"id": TEAMS_TENANT}},
        "locale": "en-GB",
    }
    if conversation.startswith(CHANNEL):
        activity["channelData"] |= {"team": {"id": TEAM}, "channel": {"id": CHANNEL}}
    return activity


def typed(activity: Activity, text: str) -> Activity:
    """Words typed; a mention of the bot becomes Teams' markup and an entity."""
    marked = f"<at>{BOT['name']}</at>"
    entities: list[dict[str, Any]] = [
        {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}
    ]
    if _MENTION.search(text):
        text = _MENTION.sub(marked, text)
        entities.append({"type": "mention", "mentioned": BOT, "text": marked})
    return {**activity, "text": text, "textFormat": "plain", "entities": entities}


def mentions_bot(text: str) -> bool:
    """Whether Teams would tell the bot of these words in a channel."""
    return bool(_MENTION.search(text))


def executed(activity: Activity, action: dict[str, Any], message: str) -> Activity:
    """A press on an ``Action.Execute``."""
    pressed = {name: action[name] for name in ("type", "id", "verb", "data") if name in action}
    return {
        **activity,
        "name": "adaptiveCard/action",
        "value": {"action": pressed, "trigger": "manual"},
        "replyToId": message,
    }


def submitted(activity: Activity, action: dict[str, Any], message: str) -> Activity:
    """A press on an ``Action.Submit``: a message that has a value and no words."""
    return {**activity, "value": action.get("data", {}), "replyToId": message}


def reacted(activity: Activity, reaction: str, message: str) -> Activity:
    """A thumb, with the feedback form left empty."""
    value = {"reaction": reaction, "feedback": '{"feedbackText":""}'}
    return {
        **activity,
        "name": "message/submitAction",
        "value": {"actionName": "feedback", "actionValue": value},
        "replyToId": message,
    }


def _talk(conversation: str) -> dict[str, Any]:
    if conversation.startswith(CHANNEL):
        return {
            "id": conversation,
            "conversationType": "channel",
            "isGroup": True,
            "tenantId": TEAMS_TENANT,
            "name": "General",
        }
    return {"id": conversation, "conversationType": "personal", "tenantId": TEAMS_TENANT}
