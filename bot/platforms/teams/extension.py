"""The message extension: lessons searched for beside a message, and a message that we are asked about.

Both are answered within the response, to whoever asked alone: an answer stands in a dialog, whose buttons are
answered there too. Where they have a chat with us, what is asked in a dialog is part of that talk.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from html.parser import HTMLParser
from typing import Any

from msgspec.structs import replace

from bot.platforms.ports import Address, InboundEvent, Result
from bot.platforms.teams.elements import Element, attached, cut, submitting
from bot.platforms.teams.forms import TITLE
from bot.platforms.teams.inbound import dig, inbound, message_key, submitted
from bot.platforms.teams.incoming import Account, Incoming
from bot.platforms.teams.links import deep_link
from bot.platforms.teams.mentions import native
from bot.platforms.teams.render import card
from bot.platforms.teams.speech import without_quotes
from dialogs.core.commands.table import SHORTCUTS
from dialogs.core.events import Place, Searched, Utterance
from dialogs.core.mentions import unforged
from dialogs.core.plain import plain
from dialogs.core.replies import Block, Choice, Choices, Citation, Feedback, Reply, Title
from dialogs.wording import search as words

SEARCH = "search"
"""The id of the command by which lessons are searched for."""
THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
PREVIEW = 160
LONGEST_HTML = 20_000
"""Characters of a message's HTML that are read: far more than words that we answer."""
NAME = "Sharewise"


def searched(incoming: Incoming) -> InboundEvent | None:
    """Somebody looks for a lesson. None for a command that isn't ours."""
    value = incoming.value
    if dig(value, "commandId") != SEARCH:
        return None
    given = dig(value, "parameters")
    found = [each for each in (given if isinstance(given, list) else ()) if dig(each, "name") == SEARCH]
    typed = dig(found[0], "value") if found else ""
    return _aside(inbound(incoming, Searched(typed if isinstance(typed, str) else "")), incoming, "")


def further(incoming: Incoming) -> bool:
    """Whether what follows the first results is asked for; we have no more than those."""
    skipped = dig(incoming.value, "queryOptions", "skip")
    return isinstance(skipped, int) and skipped > 0


def asked_about(incoming: Incoming, chat: str) -> InboundEvent | None:
    """Somebody chose to ask us about a message; ``chat``: their chat with us, "" where there is none. None
    for a command that isn't ours."""
    shown, says = dig(incoming.value, "messagePayload"), dig(incoming.value, "commandId")
    chosen = next((each for each in SHORTCUTS if each.on_message and each.says == says), None)
    if chosen is None or not isinstance(shown, dict):
        return None
    us = (incoming.recipient or Account()).id or ""
    author = dig(shown, "from", "application", "id")
    ours = isinstance(author, str) and author.removeprefix("28:") == us.removeprefix("28:")
    said = chosen.of_ours if ours else f"{says} {_words(shown, us)}".strip()
    asked = inbound(incoming, Utterance(said, pressed=True, files=_brings_files(shown)), note=False)
    id = dig(shown, "id")
    if ours and isinstance(id, str) and incoming.conversation:
        asked = replace(asked, about=message_key(incoming.conversation.id or "", id))
    return _aside(asked, incoming, chat)


def pressed(incoming: Incoming, chat: str) -> InboundEvent | None:
    """A button or a page of a dialog of ours. None where it is none of ours."""
    found = submitted(incoming)
    return None if found is None else _aside(found, incoming, chat)


def personal(incoming: Incoming) -> Address:
    """Whose chat with us is meant, for the connector."""
    asked = inbound(incoming, Searched())
    sender = incoming.sender or Account()
    to = {name: asked.to[name] for name in ("service_url", "bot")}
    return {**to, "person": sender.id or "", "tenant": asked.speaker.removeprefix("teams:").partition("/")[0]}


def results(result: Result, bot: str) -> Element:
    """What may be chosen, each as the card that is then put into the message."""
    if not result.replies and result.note:
        return {"composeExtension": {"type": "message", "text": result.note}}
    found = [_result(reply, bot) for reply in result.replies]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": found}}


def answer(replies: Sequence[Reply]) -> Element:
    """An answer as the ``value`` of a dialog."""
    blocks = [_in_dialog(block) for reply in replies for block in reply.blocks]
    whole = native({"attachments": [attached(card(blocks, draw=submitting))]})
    return {"title": cut(NAME, TITLE), "height": "large", "width": "medium", "card": whole["attachments"][0]}


def _aside(asked: InboundEvent, incoming: Incoming, chat: str) -> InboundEvent:
    """What is asked from wherever somebody is, as part of their own chat with us."""
    to = personal_chat(incoming, chat)
    conversation = chat or f"aside {(incoming.sender or Account()).id}"
    return replace(
        asked, place=Place("teams", "direct"), conversation=conversation, to=to, private_to=to, note_to=None,
        under="", channel=conversation, channel_to=to, can_open=True, in_answer=True,
    )  # fmt: skip


def personal_chat(incoming: Incoming, chat: str) -> Address:
    """Where whoever acts gets what is for them alone."""
    service, us = incoming.service_url or "", (incoming.recipient or Account()).id or ""
    return {"service_url": service, "bot": us, "conversation": chat} if chat else personal(incoming)


def _result(reply: Reply, bot: str) -> Element:
    head, *blocks = reply.blocks
    title = head.text if isinstance(head, Title) else ""
    text = " ".join(plain(Reply(tuple(blocks[:1]))).split())
    drawn = card([head, *blocks], cited=_reference)
    link = next((block.shows for block in blocks if isinstance(block, Citation) and block.shows), "")
    if link and bot:
        drawn["actions"] = [{"type": "Action.OpenUrl", "title": words.ASK_HERE, "url": deep_link(bot, link)}]
    preview = {"contentType": THUMBNAIL, "content": {"title": title, "text": cut(text, PREVIEW)}}
    return {**attached(drawn), "preview": preview}


def _reference(citation: Citation) -> str:
    """Where it stands, for people who may not know how we call it."""
    parts = (citation.heading, citation.source, citation.author, citation.date)
    return cut(", ".join(part for part in parts if part), 300)


def _in_dialog(block: Block) -> Block:
    """A block where Teams draws no thumbs of its own."""
    if isinstance(block, Feedback):
        return Choices((Choice(words.HELPFUL, block.up), Choice(words.NOT_HELPFUL, block.down)))
    return block


def _words(shown: dict[str, Any], us: str) -> str:
    """A message's words alone, as people read them, but for mentions of ``us``."""
    content = dig(shown, "body", "content")
    if not isinstance(content, str):
        return ""
    if dig(shown, "body", "contentType") != "html":
        return unforged(content.strip())
    reader = _Words(_mentions_of(us, dig(shown, "mentions")))
    reader.feed(without_quotes(content[:LONGEST_HTML]))
    reader.close()
    return unforged("\n".join(line for line in map(str.strip, "".join(reader.found).split("\n")) if line))


def _brings_files(shown: dict[str, Any]) -> bool:
    kinds = dig(shown, "attachments")
    content = dig(shown, "body", "content")
    return (isinstance(content, str) and "<img" in content) or any(
        dig(each, "contentType") == "reference" for each in (kinds if isinstance(kinds, list) else ())
    )


def _mentions_of(us: str, mentions: object) -> set[str]:
    """The ids of a message's mentions that are of ``us``."""
    found = mentions if isinstance(mentions, list) else []
    named = ((dig(each, "id"), dig(each, "mentioned", "application", "id")) for each in found)
    return {str(id) for id, app in named if isinstance(app, str) and app == us.removeprefix("28:")}


class _Words(HTMLParser):
    """Takes the words out of HTML, but for those of the mentions ``left_out``; a line for each paragraph."""

    def __init__(self, left_out: Container[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._left_out, self._within = left_out, False

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.found.append(data.replace("\xa0", " ").replace("\n", " "))

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "at"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "at":
            self._within = (dict(attrs).get("id") or "") in self._left_out
        if tag in ("p", "div", "br", "li", "tr", "h1", "h2", "h3"):
            self.found.append("\n")
