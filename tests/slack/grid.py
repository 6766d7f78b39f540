"""A Sharewise in a workspace of an Enterprise, and the ways in which Slack's payloads name one person.

The shapes are modelled on what Slack's own SDKs try their parsers with; the ids and words are ours. In
Enterprise E1 are the workspaces T1 (which has the bot) and T2; in another, E9, is T9; T8 is of none. Slack
Connect brings people of all of them into channel C1.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

from aiohttp import web

from bot.storage.keys import ORGANISATIONS, Keys
from dialogs.core.commands.table import SHORTCUTS
from knowledge import Knowledge
from tests.harness.waiting import until
from tests.slack.beside import BesideSlack

Json = dict[str, Any]
_numbers = itertools.count(1)

USERS: dict[str, Json] = {
    "U1": {"team_id": "T1", "enterprise_user": {"id": "U1", "enterprise_id": "E1", "teams": ["T1", "T2"]}},
    "U2": {"team_id": "T2", "enterprise_user": {"id": "U2", "enterprise_id": "E1", "teams": ["T2"]}},
    "U8": {"team_id": "T8"},
    "U9": {"team_id": "T9", "enterprise_user": {"id": "U9", "enterprise_id": "E9", "teams": ["T9"]}},
}
"""What ``users.info`` tells of each."""
OURS: Json = {"enterprise_id": "E1", "team_id": "T1", "user_id": "UBOT", "is_bot": True}
WHOLE: Json = {**OURS, "team_id": None, "is_enterprise_install": True}
"""How an app that is installed for a whole Enterprise is authorised."""


def told(user: str, team: str, enterprise: str, **words: str) -> dict[str, tuple[str, Json]]:
    """Every way in which a user of ``team`` (of ``enterprise``, "" for none) says ``text`` or presses
    ``value``, by what is peculiar to it: the kind of payload and the payload. ``view``: a form's words."""
    ours, grid = team in ("T1", "T2"), enterprise or None
    said = {"text": words.get("text", "help"), "channel": words.get("channel", f"D{user}")}
    says = {"value": words.get("value", "help"), **said}
    own = {"team_id": "T1", "enterprise_id": "E1"}
    found: dict[str, tuple[str, Json]] = {
        "message with team": ("events_api", _message(user, said, {"team": team}, own)),
        "message with user_team": (
            "events_api", _message(user, said, {"user_team": team, "team": "T1"}, own)
        ),
        "message with a profile": (
            "events_api", _message(user, said, {"user_profile": {"team": team}, "team": "T1"}, own)
        ),
        "message with a context": (
            "events_api",
            _message(
                user, said, {"user_team": team, "source_team": team},
                {
                    "team_id": team, "enterprise_id": grid,
                    "context_team_id": "T1", "context_enterprise_id": "E1",
                },
            ),
        ),
        "message that tells nothing of them": ("events_api", _message(user, said, {}, own)),
        "message in App Home": (
            "events_api", _message(user, said, {"team": team, "channel_type": "app_home"}, own)
        ),
        "message through a partner's app": (
            "events_api",
            {
                **_message(user, said, {"user_team": team}, {"team_id": None, "enterprise_id": "E1"}),
                "authorizations": [WHOLE], "is_ext_shared_channel": True,
            },
        ),
        "mention": ("events_api", _message(user, said, {"user_team": team}, own, type="app_mention")),
        "press": ("interactive", _press(user, says, {"team_id": team}, _team("T1", "E1"))),
        "press with the team alone": ("interactive", _press(user, says, {"team_id": team}, {"id": "T1"})),
        "press in their workspace": (
            "interactive", _press(user, says, {"team_id": team}, _team(team, enterprise))
        ),
        "press that tells nothing of them": ("interactive", _press(user, says, {}, _team("T1", "E1"))),
        "press in an app of the Enterprise": (
            "interactive", {**_press(user, says, {"team_id": team}, None), "is_enterprise_install": True}
        ),
    }  # fmt: skip
    if enterprise:
        found |= {
            "message with the Enterprise as user_team": (
                "events_api", _message(user, said, {"user_team": enterprise, "team": team}, own)
            ),
            "message with the Enterprise as team": (
                "events_api", _message(user, said, {"team": enterprise}, own)
            ),
            "message with the Enterprise as source_team": (
                "events_api", _message(user, said, {"user_team": team, "source_team": enterprise}, own)
            ),
            "mention with the Enterprise": (
                "events_api", _message(user, said, {"user_team": enterprise}, own, type="app_mention")
            ),
            "press with the Enterprise": (
                "interactive", _press(user, says, {"team_id": enterprise}, _team("T1", "E1"))
            ),
            "press with an Enterprise's user": (
                "interactive",
                _press(
                    user, says, {"team_id": team, "enterprise_user": {"enterprise_id": enterprise}},
                    _team("T1", "E1"),
                ),
            ),
        }  # fmt: skip
    if ours:
        found |= {
            "command": ("slash_commands", _command(user, said, team, enterprise)),
            "command of a whole Enterprise": (
                "slash_commands", {**_command(user, said, team, enterprise), "is_enterprise_install": "true"}
            ),
            "message to an app of the Enterprise": (
                "events_api", {**_message(user, said, {"team": team}, own), "authorizations": [WHOLE]}
            ),
        }  # fmt: skip
    return found


def chosen(user: str, team: str, enterprise: str) -> dict[str, tuple[str, Json]]:
    """Every way in which a user chooses one of our shortcuts."""
    says = {shortcut.on_message: shortcut.says for shortcut in SHORTCUTS}
    who = {"with their team": {"team_id": team}, "that tells nothing of them": {}}
    if enterprise:
        who["with the Enterprise"] = {"team_id": enterprise}
        who["with an Enterprise's user"] = {
            "team_id": team, "enterprise_user": {"enterprise_id": enterprise}
        }  # fmt: skip
    found: dict[str, tuple[str, Json]] = {}
    for way, told in who.items():
        base = {
            "user": {"id": user, "username": "asha", **told}, "team": _team("T1", "E1"),
            "enterprise": {"id": "E1", "name": "Councils together"}, "action_ts": f"{next(_numbers)}.3",
        }  # fmt: skip
        everywhere = {**base, "type": "shortcut", "callback_id": says[False]}
        on_message = {
            **base, "type": "message_action", "callback_id": says[True], "message_ts": "7.1",
            "channel": {"id": "C1", "name": "board"},
            "message": {"type": "message", "user": "U2", "team": "T2", "ts": "7.1", "text": "Why?"},
        }  # fmt: skip
        for kind, payload in (("shortcut", everywhere), ("shortcut on a message", on_message)):
            trigger = {"trigger_id": f"{next(_numbers)}.4.d"}
            found[f"{kind} {way}"] = ("interactive", {**payload, **trigger})
    return found


def opened_home(user: str) -> tuple[str, Json]:
    """App Home is opened, which never tells whose user that is; its view tells of us."""
    event = {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": "home"}
    event |= {"view": {"type": "home", "team_id": "T1", "app_installed_team_id": "T1"}}
    return "events_api", _envelope(event, {"team_id": "T1", "enterprise_id": "E1"})


def submission(user: str, who: Json, view: Json) -> tuple[str, Json]:
    """A form of ours, submitted; ``who``: what is told of them."""
    return "interactive", {
        "type": "view_submission", "user": {"id": user, **who}, "team": _team("T1", "E1"), "view": view
    }  # fmt: skip


def _message(user: str, said: Json, who: Json, whole: Json, type: str = "message") -> Json:
    number = next(_numbers)
    direct = said["channel"].startswith("D")
    event = {
        "type": type, "user": user, "ts": f"{number}.000100", **said, **who,
        **({"channel_type": "im" if direct else "channel"} if type == "message" else {}),
    }  # fmt: skip
    return _envelope(event, whole)


def _envelope(event: Json, whole: Json) -> Json:
    return {
        "type": "event_callback", "event_id": f"Ev{next(_numbers)}", "event": event,
        "authorizations": [OURS], "is_ext_shared_channel": False, **whole,
    }  # fmt: skip


def _press(user: str, says: Json, who: Json, team: Json | None) -> Json:
    number = next(_numbers)
    channel = says["channel"]
    return {
        "type": "block_actions", "trigger_id": f"{number}.1.a", "user": {"id": user, **who}, "team": team,
        "enterprise": {"id": "E1", "name": "Councils together"},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": channel},
        "channel": {"id": channel, "name": "directmessage" if channel.startswith("D") else "board"},
        "message": {"ts": "1.1", "text": ""},
        "actions": [{"type": "button", "action_id": "a", "block_id": "b", "value": says["value"]}],
    }  # fmt: skip


def _command(user: str, said: Json, team: str, enterprise: str) -> Json:
    direct = said["channel"].startswith("D")
    return {
        "command": "/sharewise", "text": said["text"], "user_id": user, "team_id": team,
        "enterprise_id": enterprise, "channel_id": said["channel"], "trigger_id": f"{next(_numbers)}.2.b",
        "channel_name": "directmessage" if direct else "board",
    }  # fmt: skip


def _team(team: str, enterprise: str) -> Json:
    return {"id": team, "domain": "northshire", **({"enterprise_id": enterprise} if enterprise else {})}


class Grid(BesideSlack):
    """One in an Enterprise; Slack keeps what it is sent."""

    def __init__(self, redis_url: str, knowledge: Knowledge, enterprise: str = "E1", **settings: Any) -> None:
        super().__init__(redis_url, knowledge, self._answer, **settings)
        self.enterprise, self.users = enterprise, dict(USERS)
        self.calls: list[tuple[str, Json]] = []
        """What Slack was asked, in order."""
        self.refuses: dict[str, str] = {}
        """Method -> the error word that it answers."""

    async def __aenter__(self) -> Grid:
        await super().__aenter__()
        await until(lambda: any(method == "auth.test" for method, _ in self.calls))
        return self

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await (request.json() if request.content_type == "application/json" else request.post())
        self.calls.append((method, dict(given)))
        if method in self.refuses:
            return web.json_response({"ok": False, "error": self.refuses[method]})
        answer: Json = {"channel": given.get("channel", "C1"), "ts": f"9.{next(_numbers)}"}
        if method == "auth.test":
            answer = {"team_id": "T1", "user_id": "UBOT", "enterprise_id": self.enterprise or None}
        if method in ("users.info", "users.lookupByEmail"):
            user = str(given.get("user", "U1"))
            answer = {
                "user": {"id": user, "profile": {"display_name": f"Name of {user}"}, **self.users[user]}
            }
        return web.json_response({"ok": True, **answer})

    async def unlearn(self) -> None:
        """It knows no more of who belongs where than ``auth.test`` tells."""
        (adapter,) = self.service.adapters
        me = adapter._own.me  # type: ignore[attr-defined]
        me.organisations, me.people = {"T1": "E1"}, {}
        self.service.organisations._known.clear()
        await self.service.connection.call("DEL", Keys(ORGANISATIONS).key("organisation", "known"))

    def said(self) -> str:
        """All that was sent, as JSON."""
        return "\n".join(json.dumps(payload) for method, payload in self.calls if method.startswith("chat."))

    def words(self, beginning: str) -> str:
        """What the last button says of those that begin so."""
        return [
            element["value"]
            for method, payload in self.calls
            if method.startswith("chat.")
            for block in _json(payload["blocks"])
            for element in (*block.get("elements", ()), block.get("accessory") or {})
            if element.get("type") == "button" and element["value"].startswith(beginning)
        ][-1]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
