"""The words that make a reminder or pulse: those of buttons, and the sentences that people type.

A sentence is told from a question that merely begins like one: "remind me what the deck says about payroll".
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from dialogs.core.reminder_model import SeriesKind
from dialogs.core.replies import Frozen
from dialogs.recurrence.sentence import Understood, understand
from dialogs.sessions.acts import ID

LONGEST = 10_000
"""Characters of a message that is still read as a sentence: more than is taken, so that it can be said."""

LONGEST_WHEN = 300
"""Characters of the words about when in a button."""

_ID = rf"[0-9A-Z]{{{ID}}}"
_DRAFT = re.compile(
    rf"draft (?:(?P<act>show|start|change|form|cancel|named|anonymous|keep) (?P<id>{_ID})"
    rf"|when (?P<timed>{_ID}) (?P<when>\S.{{0,{LONGEST_WHEN}}})"
    rf"|audience (?P<whose>{_ID}) (?P<whom>here|me|list|check)(?: (?P<name>\S.{{0,99}}))?)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"use (?:the )?template (?P<id>[\w-]{1,60})", re.IGNORECASE)
_CHECK_IN = re.compile(rf"check-in (?P<lesson>[a-z0-9-]{{1,60}})(?: (?P<session>{_ID}))?", re.IGNORECASE)
_CHECK_IN_ON = re.compile(
    r"(?:please )?(?:(?:start|set up|make|new) )?(?:a )?(?:monthly )?check-?ins? (?:on|about) "
    r"(?P<topic>.{1,120})",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"readiness again in (?:three|3) months|(?:repeat|redo) (?:the |our )?(?:readiness )?check in "
    r"(?:three|3) months",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"(?:(?:please|sharewise|hi|hello|ok|okay)[, ]+)*"
    r"(?P<lead>(?:can|could|would|will) (?:you|we) (?:please )?|(?:i'd|i would) like (?:you )?to "
    r"|(?:i|we) (?:want|need)(?: you)? to |let's |lets )?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?P<verb>remind|poll|nudge|check in with)(?:$|[\s:,]+)"
    r"|(?:(?:set|set up|create|make|add|start|schedule|send)(?: me)? )?(?:an? |another )?(?:new )?"
    r"(?P<noun>reminder|pulse(?: check)?)(?: for\b| to\b(?=\s+(?:[@#]|the\b)))?(?:$|[\s:,]+)",
    re.IGNORECASE,
)
_RECALL = re.compile(
    r"(?:(?:me|us)\b[ ,]*)?(?:(?:again|please|quickly)\b[ ,]*)*"
    r"(?:what|which|who|whose|how|why|when|where|whether|if|of|about|again)\b",
    re.IGNORECASE,
)
"""How a question goes on after "remind"."""
_RUNNING = re.compile(
    r"(?:done|snooze|stop|start|pause|resume|skip|cancel|end|report|who|nudge|again|change|answer|comment)\b",
    re.IGNORECASE,
)
"""What a button says after "reminder" or "pulse"."""
_REMIND = re.compile(r"\bremind\b", re.IGNORECASE)
_TOKEN = re.compile(r"[@#]mention\d+\b")


class NewDraft(Frozen, frozen=True):
    """A reminder or pulse from scratch, by form."""

    kind: SeriesKind


class ShowDraft(Frozen, frozen=True):
    """Where was I with the one that I am making?"""


class ShowTemplates(Frozen, frozen=True):
    """What is there to start from?"""


class HowTo(Frozen, frozen=True):
    """How are reminders set?"""


class UseTemplate(Frozen, frozen=True):
    """Start from a template."""

    id: str


class CheckIn(Frozen, frozen=True):
    """Ask every month how a factor stands."""

    topic: str
    """A lesson's id, or what it is on, as typed."""
    session: str = ""
    """The live readiness check from which it comes; empty where none does."""


class Again(Frozen, frozen=True):
    """Be reminded to repeat the readiness check."""


class DraftAct(Frozen, frozen=True):
    """Something done to the draft that is named."""

    act: Literal[
        "show", "start", "change", "form", "cancel", "named", "anonymous", "keep", "audience", "when"
    ]
    id: str
    whom: Literal["", "here", "me", "list", "check"] = ""
    """Audience: who is added."""
    name: str = ""
    """The list, or the check's session; for "when", the words about when."""


DraftingAct = UseTemplate | CheckIn | Again | DraftAct


def drafting_act(text: str) -> DraftingAct | None:
    """What ``text`` (already cleaned) does, where it is the words of a button, or nearly."""
    draft = _DRAFT.fullmatch(text)
    if draft and draft["act"]:
        return DraftAct(draft["act"].lower(), draft["id"].upper())  # type: ignore[arg-type]
    if draft and draft["when"]:
        return DraftAct("when", draft["timed"].upper(), name=draft["when"])
    if draft:
        whom = draft["whom"].lower()
        return DraftAct("audience", draft["whose"].upper(), whom, draft["name"] or "")  # type: ignore[arg-type]
    template = _TEMPLATE.fullmatch(text)
    if template:
        return UseTemplate(template["id"].lower())
    if _AGAIN.fullmatch(text.rstrip(" .!")):
        return Again()
    check_in = _CHECK_IN.fullmatch(text)
    if check_in:
        return CheckIn(check_in["lesson"].lower(), (check_in["session"] or "").upper())
    on = _CHECK_IN_ON.fullmatch(text.rstrip(" .!"))
    return CheckIn(on["topic"]) if on else None


def sentence(text: str, now: datetime, zone: str) -> Understood | None:
    """The reminder or pulse that ``text`` (cleaned, mentions as tokens) asks for; None for anything else."""
    if len(text) > LONGEST:
        return None
    lead = _LEAD.match(text)
    assert lead, "it may be empty"
    verb = _VERB.match(text, lead.end())
    if verb is None:
        return _when_first(text[lead.end() :], now, zone)
    said, rest = (verb["verb"] or verb["noun"]).lower(), text[verb.end() :]
    asked = bool(lead["lead"])
    if asked:
        rest = rest.rstrip(" ?")
    if verb["noun"] and _RUNNING.match(rest):
        return None
    read = understand(f"{'remind' if said in ('remind', 'reminder') else 'pulse'} {rest}", now, zone)
    sure = bool(read.when) or bool(_TOKEN.search(rest))
    if _RECALL.match(rest) and read.schedule is None:
        return None
    if rest.endswith("?") and not sure:
        return None
    # "Nudge theory", "poll tax", "we need to remind members": said of many things.
    vague = said in ("poll", "nudge") or asked or not rest
    return read if sure or not vague else None


def _when_first(text: str, now: datetime, zone: str) -> Understood | None:
    """The reminder of "every Monday at 9 remind the advisor settings to …"; None for anything else."""
    verb = _REMIND.search(text, 0, LONGEST_WHEN)
    if verb is None or not verb.start():
        return None
    read = understand(text, now, zone)
    return read if read.audience and read.used[0].role not in ("who", "text", "not understood") else None
