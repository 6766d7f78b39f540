"""A sentence that asks for a reminder or pulse.

It is told from a question that merely begins like one: "remind me what the deck says about payroll".
"""

from __future__ import annotations

import re
from datetime import datetime

from dialogs.core.mentions import TOKEN
from dialogs.manners import ASKED, LEAD
from dialogs.recurrence.sentence import Understood, understand

LONGEST = 10_000
"""Characters of a message that is still read as a sentence: more than is taken, so that it can be said."""
LONGEST_WHEN = 300
"""Characters of words about when, before "remind" or in a button."""

_LEAD = re.compile(rf"{LEAD}(?P<lead>{ASKED}){LEAD}", re.IGNORECASE)
_VERB = re.compile(
    r"(?P<verb>remind|poll|nudge|check in with)(?:$|[\s:,]+)"
    r"|(?:(?:set|set up|create|make|add|start|schedule|send)(?: me)? )?(?:an? |another )?(?:new )?"
    r"(?P<noun>reminder|pulse(?: check)?)(?: for\b| to\b(?=\s+(?:[@#]|the\b)))?(?:$|[\s:,]+)",
    re.IGNORECASE,
)
_REMIND = re.compile(r"\bremind\b", re.IGNORECASE)
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
    # "Can you remind …" asks me for it; "can we remind …" may be said of anything.
    wished = "you" in lead["lead"].lower().split() if asked else False
    if asked:
        rest = rest.rstrip(" ?")
    if verb["noun"] and _RUNNING.match(rest):
        return None
    read = understand(f"{'remind' if said in ('remind', 'reminder') else 'pulse'} {rest}", now, zone)
    sure = bool(read.when) or bool(TOKEN.search(rest))
    if _RECALL.match(rest) and read.schedule is None:
        return None
    if rest.endswith("?") and not sure:
        return None
    # "Nudge theory", "poll tax", "we need to remind members": said of many things.
    vague = said in ("poll", "nudge") or (asked and not wished) or not rest
    return read if sure or not vague else None


def _when_first(text: str, now: datetime, zone: str) -> Understood | None:
    """The reminder of "every Monday at 9 remind the board to …"; None for anything else."""
    verb = _REMIND.search(text, 0, LONGEST_WHEN)
    if verb is None or not verb.start():
        return None
    read = understand(text, now, zone)
    return read if read.audience and read.used[0].role not in ("who", "text", "not understood") else None
