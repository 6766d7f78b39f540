"""The activities that Teams sends to a bot, as plain data."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

from playground.stage import EVERYBODY, ORGANISATIONS, TEAMS_TENANT, Message, Person

Activity = dict[str, Any]

BOT = {"id": "28:sharewise", "name": "Sharewise"}
CHANNEL = "19:partnership-general@thread.tacv2"
TEAM = "19:partnership@thread.tacv2"
GROUP = "19:partners@thread.v2"

_MENTION = re.compile(rf"@{BOT['name']}\b", re.IGNORECASE)
_MENTIONED = {
    BOT["name"].lower(): BOT,
    "general": {"id": CHANNEL, "name": "General", "type": "channel"},
    **{
        known.lower(): {"id": f"29:{person.key}", "name": person.name}
        for person in EVERYBODY
        for known in (person.name, person.key)
    },
}
_MENTIONS = re.compile(
    "@(" + "|".join(re.escape(name) for name in sorted(_MENTIONED, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)


def tenant(person: Person) -> str:
    """The tenant of a person's own organisation."""
    return ORGANISATIONS[person.organisation][1]


def account(person: Person) -> dict[str, str]:
    """A person as the sender of an activity."""
    return {
        "id": f"29:{person.key}",
        "name": person.name,
        "aadObjectId": person.teams_id,
        "tenantId": tenant(person),
    }


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
        "userRole": "user",
    }


def person_of(account_id: str) -> Person | None:
    """The person with an account id or an object id."""
    return next((person for person in EVERYBODY if account_id in (f"29:{person.key}", person.teams_id)), None)


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
    """Words typed; "@" and a name, of the bot, a person or the channel, become markup and an entity."""
    entities: list[dict[str, Any]] = [
        {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}
    ]

    def mark(match: re.Match[str]) -> str:
        mentioned = _MENTIONED[match[1].lower()]
        marked = f"<at>{mentioned['name']}</at>"
        entities.append({"type": "mention", "mentioned": mentioned, "text": marked})
        return marked

    return {**activity, "text": _MENTIONS.sub(mark, text), "textFormat": "plain", "entities": entities}


def mentions_bot(text: str) -> bool:
    """Whether Teams would tell the bot of these words in a channel."""
    return bool(_MENTION.search(text))


def executed(activity: Activity, action: dict[str, Any], message: str, trigger: str = "manual") -> Activity:
    """A press on an ``Action.Execute``; "automatic": a card that is looked at asks what it shows now."""
    pressed = {name: action[name] for name in ("type", "id", "verb", "data") if name in action}
    return {
        **activity,
        "name": "adaptiveCard/action",
        "value": {"action": pressed, "trigger": trigger},
        "replyToId": message,
    }


def submitted(activity: Activity, action: dict[str, Any], message: str) -> Activity:
    """A press on an ``Action.Submit``: a message that has a value and no words."""
    return {**activity, "value": action.get("data", {}), "replyToId": message}


def fetched(activity: Activity, action: dict[str, Any], message: str) -> Activity:
    """A press on a button that opens a dialog."""
    value = {"data": action.get("data", {}), "context": {"theme": "default"}}
    return {**activity, "name": "task/fetch", "value": value, "replyToId": message}


def filled_in(activity: Activity, data: dict[str, Any], message: str, command: str = "") -> Activity:
    """A dialog was submitted: a button's data, with the inputs' values merged into it; ``command``: that of
    the message extension which opened it."""
    value: dict[str, Any] = {"data": data, "context": {"theme": "default"}}
    if command:
        value |= {"commandId": command, "commandContext": "message"}
        return {**activity, "name": "composeExtension/submitAction", "value": value}
    return {**activity, "name": "task/submit", "value": value, "replyToId": message}


def searched(activity: Activity, command: str, words: str) -> Activity:
    """Words typed so far into the message extension; none yet is its first run."""
    parameter = {"name": command, "value": words} if words else {"name": "initialRun", "value": "true"}
    options = {"skip": 0, "count": 25}
    value = {"commandId": command, "parameters": [parameter], "queryOptions": options}
    return {**activity, "name": "composeExtension/query", "value": value}


def chosen_on(activity: Activity, command: str, shown: dict[str, Any]) -> Activity:
    """A command of the message extension, chosen on a message."""
    value = {"commandId": command, "commandContext": "message", "messagePayload": shown}
    return {**activity, "name": "composeExtension/fetchTask", "value": value}


def message_shown(message: Message) -> dict[str, Any]:
    """A message as a command that is chosen on it is told."""
    author: dict[str, Any] = {
        "application": {"id": BOT["id"].removeprefix("28:"), "applicationIdentityType": "bot"}
    }
    if message.author != "bot":
        who = next(person for person in EVERYBODY if person.key == message.author)
        author = {"user": {"id": who.teams_id, "displayName": who.name, "userIdentityType": "aadUser"}}
    cards = message.payload.get("attachments") or []
    body = "".join(f"<p>{html.escape(line)}</p>" for line in message.payload.get("text", "").split("\n"))
    mentions = []
    for number, entity in enumerate(_mentioned(message.payload)):
        name = html.escape(entity["mentioned"]["name"])
        body = body.replace(f"&lt;at&gt;{name}&lt;/at&gt;", f'<at id="{number}">{name}</at>')
        mentions.append({"id": number, "mentionText": name, "mentioned": _as_shown(entity["mentioned"])})
    return {
        "id": message.id,
        "messageType": "message",
        "from": author,
        "body": {"contentType": "html", "content": body.replace("<p></p>", "")},
        "attachments": [{"contentType": card.get("contentType")} for card in cards],
        "mentions": mentions,
        "importance": "normal",
        "locale": "en-us",
    }


def _mentioned(payload: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in payload.get("entities") or [] if each.get("type") == "mention"]


def _as_shown(account: dict[str, Any]) -> dict[str, Any]:
    """Who is mentioned, as a message that is shown has it."""
    kind = "application" if account["id"] == BOT["id"] else "user"
    return {kind: {"id": account["id"].removeprefix("28:"), "displayName": account["name"]}}


def consented(activity: Activity, value: dict[str, Any], message: str) -> Activity:
    """A file that was offered is accepted or declined."""
    whole = {"type": "fileUpload", **value}
    return {**activity, "name": "fileConsent/invoke", "value": whole, "replyToId": message}


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
    if conversation == GROUP:
        return {
            "id": conversation,
            "conversationType": "groupChat",
            "isGroup": True,
            "tenantId": TEAMS_TENANT,
            "name": "Joint chat",
        }
    return {"id": conversation, "conversationType": "personal", "tenantId": TEAMS_TENANT}
