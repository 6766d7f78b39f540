"""Who and what there is in the Slack stand-in: the methods that look people and conversations up."""

from __future__ import annotations

from playground.slack_book import (
    BOT_USER,
    GROUP,
    GROUP_MEMBERS,
    NAMES,
    Refusal,
    SlackBook,
    by_id,
    direct,
    handle,
    resolve,
    team_of,
)
from playground.stage import EVERYBODY, ORGANISATIONS, SLACK_TEAM, Json, Person


class SlackPeople:
    """The look-ups over one book. Each raises Refusal."""

    def __init__(self, book: SlackBook) -> None:
        self._book = book

    def user(self, arguments: Json) -> Json:
        """``users.info``."""
        if arguments.get("user") == BOT_USER:
            return {"user": {"id": BOT_USER, "team_id": SLACK_TEAM, "is_bot": True}}
        return {"user": self._shape(_known(arguments.get("user")))}

    def by_address(self, arguments: Json) -> Json:
        """``users.lookupByEmail``."""
        for who in EVERYBODY:
            if who.email == arguments.get("email"):
                return {"user": self._shape(who)}
        raise Refusal("users_not_found")

    def open(self, arguments: Json) -> Json:
        """``conversations.open``."""
        return {"channel": {"id": direct(_known(arguments.get("users")))}}

    def conversation(self, arguments: Json) -> Json:
        """``conversations.info``."""
        channel = resolve(arguments.get("channel"))
        why = self._book.gone.get(channel or "", "")
        if channel is None or why == "channel_not_found":
            raise Refusal("channel_not_found")
        if channel not in NAMES:
            return {"channel": {"id": channel, "is_im": True, "is_archived": False}}
        return {
            "channel": {
                "id": channel,
                "name": NAMES[channel],
                "is_channel": True,
                "is_archived": why == "is_archived",
                "is_member": why != "not_in_channel",
                "is_ext_shared": True,
                "is_read_only": why == "restricted_action_read_only_channel",
            }
        }

    def members(self, arguments: Json) -> Json:
        """``conversations.members``, a page at a time."""
        channel = resolve(arguments.get("channel"))
        if channel is None:
            raise Refusal("channel_not_found")
        there = [who.slack_id for who in EVERYBODY if channel in (*NAMES, direct(who))]
        begin, count = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
        more = str(begin + count) if begin + count < len(there) else ""
        return {"members": there[begin : begin + count], "response_metadata": {"next_cursor": more}}

    def group(self, arguments: Json) -> Json:
        """``usergroups.users.list``."""
        if arguments.get("usergroup") != GROUP:
            raise Refusal("no_such_subteam")
        return {"users": list(GROUP_MEMBERS)}

    def team(self, arguments: Json) -> Json:
        """``team.info``."""
        wanted = arguments.get("team") or SLACK_TEAM
        for name, (team, _) in ORGANISATIONS.items():
            if team == wanted:
                return {"team": {"id": team, "name": name, "domain": name.partition(" ")[0].lower()}}
        raise Refusal("team_not_found")

    def _shape(self, who: Person) -> Json:
        return {
            "id": who.slack_id,
            "team_id": team_of(who),
            "name": handle(who),
            "deleted": self._book.gone.get(direct(who)) == "account_inactive",
            "tz": who.zone,
            "is_bot": False,
            "profile": {"email": who.email, "real_name": who.name, "display_name": who.name},
        }


def _known(user: object) -> Person:
    who = by_id(str(user or ""))
    if who is None:
        raise Refusal("user_not_found")
    return who
