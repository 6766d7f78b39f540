"""Who we are in Slack, and who others are: a person is an organisation and a user id.

The organisation is the Enterprise that their workspace belongs to, else the workspace. Slack's payloads name
the one or the other, in a field of their own each; all of them lead to the same person here. Through which
workspace somebody is written to is another matter (``tenant``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bot.platforms.slack.shapes import Json, inside, listed, text

PEOPLE_KEPT = 10_000
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,30})")
OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
"""Marks of guests, of people of other organisations, and of those who are nobody (any more)."""


class Identity(msgspec.Struct):
    """Who we are in the workspace, empty until Slack has told; and who belongs where, as far as is known."""

    team: str = ""
    user: str = ""
    """The bot's own user id."""
    organisations: dict[str, str] = msgspec.field(default_factory=dict)
    """Workspace -> the Enterprise that it belongs to, or itself."""
    people: dict[str, str] = msgspec.field(default_factory=dict)
    """User id -> workspace or Enterprise, of those for whom Slack was asked."""

    def learn(self, body: Json) -> None:
        """Take from an event what it tells of us."""
        if self.user:
            return
        for authorization in listed(body, "authorizations"):
            if authorization.get("is_bot") and authorization.get("user_id"):
                self.user = text(authorization, "user_id")
                self.team = self.team or text(authorization, "team_id")

    def tenant(self, body: Json) -> str:
        """The installed workspace, also where a Slack Connect partner wrote."""
        return self.team or text(body, "team_id") or text(inside(body, "team"), "id")

    def organisation(self, team: str) -> str:
        """The organisation of a workspace or Enterprise; itself where nothing else is known."""
        return self.organisations.get(team, team)

    def person(self, user: str, body: Json, team: str = "") -> str:
        """The speaker's id of a user; ``team``: theirs as told, else it is what is known, else ours."""
        return f"slack:{self.organisation(team or self.people.get(user) or self.tenant(body))}/{user}"

    def remember(self, user: str, organisation: str) -> None:
        """What Slack told of a user."""
        self.people.pop(user, None)
        self.people[user] = organisation
        if len(self.people) > PEOPLE_KEPT:
            del self.people[next(iter(self.people))]


def is_enterprise(id: str) -> bool:
    """Whether an id is an Enterprise's, in whichever field of Slack's it stands."""
    return id.startswith("E")


def actor(body: Json) -> tuple[str, str]:
    """(user id, their own workspace or Enterprise) of whoever acts; "" for what ``body`` doesn't tell.

    The channel's and our own workspace are told beside it; in Slack Connect they are somebody else's.
    """
    event, user = inside(body, "event"), inside(body, "user")
    if event:
        who = text(event, "user")
        if event.get("type") not in ("message", "app_mention"):
            # Their ``team`` is the channel's; and what joins a channel is ourselves.
            return text(event, "inviter") or who, text(event, "user_team")
        told = [text(event, field) for field in ("user_team", "source_team")]
        told.append(text(inside(event, "user_profile"), "team"))
        return who, _likeliest(told) or text(event, "team")
    if user:
        enterprise = text(inside(user, "enterprise_user"), "enterprise_id") or text(user, "enterprise_id")
        return text(user, "id"), _likeliest([enterprise, text(user, "team_id")])
    # A slash command can only be given in a workspace that has the app.
    return text(body, "user_id"), _likeliest([text(body, "team_id"), text(body, "enterprise_id")])


def named_in(body: Json) -> list[str]:
    """The ids of users who are mentioned in what was typed, or picked in a form."""
    words = text(inside(body, "event"), "text") or text(body, "text")
    found = _MENTIONED.findall(words) if "<@" in words else []
    for block in inside(inside(inside(body, "view"), "state"), "values").values():
        for element in block.values() if isinstance(block, dict) else ():
            picked = element.get("selected_users") if isinstance(element, dict) else None
            found += [user for user in picked if isinstance(user, str)] if isinstance(picked, list) else []
    return list(dict.fromkeys(found))


def memberships(body: Json) -> Iterator[tuple[str, str]]:
    """Which workspaces ``body`` says belong to which Enterprise.

    Only pairs that are of one thing: ``enterprise`` of an interaction is the app's, and ``team`` may be a
    partner's.
    """
    team = inside(body, "team")
    pairs = [
        *((text(pair, "team_id"), text(pair, "enterprise_id")) for pair in listed(body, "authorizations")),
        (text(body, "team_id"), text(body, "enterprise_id")),
        (text(body, "context_team_id"), text(body, "context_enterprise_id")),
        (text(team, "id"), text(team, "enterprise_id")),
    ]
    return (
        (workspace, whole)
        for workspace, whole in pairs
        if workspace and is_enterprise(whole) and workspace != whole
    )


def home_of(found: Json) -> tuple[str, str]:
    """(workspace, Enterprise) of a user as ``users.info`` shapes one; "" for what it doesn't tell."""
    team = text(found, "team_id")
    enterprise = text(inside(found, "enterprise_user"), "enterprise_id") or text(found, "enterprise_id")
    return (team, enterprise) if not is_enterprise(team) else ("", team)


def _likeliest(told: list[str]) -> str:
    return next((team for team in told if is_enterprise(team)), next(filter(None, told), ""))
