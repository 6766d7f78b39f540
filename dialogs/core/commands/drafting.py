"""Commands that make a reminder or pulse: those of buttons, and the sentences that people type."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.quiz_sentence import ReadQuiz, quiz_series
from dialogs.core.commands.row import HeardText, HelpLine, Lacks, Row, Shortcut
from dialogs.core.commands.series_sentence import sentence
from dialogs.core.commands.wire import Wire
from dialogs.core.model import World
from dialogs.core.reminder_model import SeriesKind
from dialogs.core.replies import Frozen
from dialogs.core.text import clean, word_set, words
from dialogs.recurrence import zones
from dialogs.recurrence.sentence import Understood
from dialogs.wording import lacking
from dialogs.wording.drafts import ADVISORS_SET_THEM
from dialogs.wording.quiz_series import ADVISORS_SET_QUIZZES

_CHECK_IN_ON = re.compile(
    r"(?:please )?(?:(?:start|set up|make|new) )?(?:a )?(?:monthly )?check-?ins? (?:on|about) "
    r"(?P<topic>.{1,120})",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:repeat|redo) (?:the |our )?(?:readiness )?check in (?:three|3) months", re.IGNORECASE
)

_ASKS = word_set("how what what's whats where who who's can could is are do does")
_REMINDERS = word_set("reminder reminders pulse pulses digest")
_TO_REMIND = word_set("remind nudge")
ME = frozenset(("me", "myself", "just me", "only me"))
"""How people name themselves as those who are to be reminded."""
_LONGEST_HOW = 12
"""Words of a question about how I work."""


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
        "show", "start", "change", "form", "cancel", "named", "anonymous", "keep", "audience", "when", "text",
    ]  # fmt: skip
    id: str
    whom: Literal["", "here", "me", "list", "check"] = ""
    """Audience: who is added."""
    name: str = ""
    """The list, or the check's session; for "when", the words about when; for "text", the last of these,
    which are part of the text."""


class MakeSeries(Frozen, frozen=True):
    """A reminder or pulse, asked for in a sentence."""

    read: Understood
    """What the sentence says."""

    @property
    def to_self(self) -> bool:
        """Whether it names nobody but whoever says it."""
        return self.read.kind == "remind" and self.read.audience_text.casefold() in ("", *ME)


class MakeQuiz(Frozen, frozen=True):
    """A quiz in a channel on dates, asked for in a sentence."""

    read: ReadQuiz
    """What the sentence says."""


def _quizzes(heard: HeardText) -> Frozen | None:
    if heard.said.pressed:
        return None
    world = heard.world
    read = quiz_series(clean(heard.said.exact) or heard.text, world.now, zones.clock(world.zone).key)
    return MakeQuiz(read) if read else None


def _sentence(heard: HeardText) -> Frozen | None:
    if heard.said.pressed:
        return None
    world = heard.world
    read = sentence(clean(heard.said.exact) or heard.text, world.now, zones.clock(world.zone).key)
    return MakeSeries(read) if read else None


def _is_own(command: Frozen, world: World) -> bool:
    """Whether it is a reminder to the speaker alone: what an officer begins from scratch is no other."""
    return command.to_self if isinstance(command, MakeSeries) else command == NewDraft("remind")


def _again(heard: HeardText) -> Frozen | None:
    return Again() if _AGAIN.fullmatch(heard.text.rstrip(" .!")) else None


def _check_in(heard: HeardText) -> Frozen | None:
    on = _CHECK_IN_ON.fullmatch(heard.text.rstrip(" .!"))
    return CheckIn(on["topic"]) if on else None


def _asks_how(heard: HeardText) -> Frozen | None:
    """A question about how reminders are set."""
    said = list(words(heard.text))
    if not said or said[0] not in _ASKS or len(said) > _LONGEST_HOW:
        return None
    about_reminders = _REMINDERS & set(said) or (said[0] == "how" and _TO_REMIND & set(said))
    return HowTo() if about_reminders else None


ROWS = (
    Row(
        DraftAct,
        wires=(
            Wire(DraftAct, "draft {act:show|start|change|form|cancel|named|anonymous|keep} {id:id}"),
            Wire(DraftAct, "draft audience {id:id} {whom:here|me|list|check} {name:name?}", act="audience"),
            Wire(DraftAct, "draft when {id:id} {name:words}", act="when"),
            Wire(DraftAct, "draft text {id:id} {name:words}", act="text"),
        ),
        who="host",
        refusal=ADVISORS_SET_THEM,
        overheard=False,
        lacks=Lacks(
            r"draft .{1,60}",
            lacking.DRAFT,
            "draft",
            labels="only these | part of the text | this channel | this chat | those who took the check | "
            "drop the draft | put the draft away | the one that you are making | send it to me too | "
            "another one for me",
        ),
    ),
    Row(
        UseTemplate,
        wires=(Wire(UseTemplate, "use template {id:word}"), Wire(UseTemplate, "use the template {id:word}")),
        who="advisors",
        refusal=ADVISORS_SET_THEM,
        overheard=False,
        lacks=Lacks(r"use (?:the |a )?template.{0,60}|templates? .{1,60}", lacking.TEMPLATE, "templates"),
    ),
    Row(
        Again,
        (
            (
                Again(),
                "readiness again in three months | readiness again in 3 months | repeat in three months",
            ),
        ),
        phrase=_again,
        who="advisors",
        refusal=ADVISORS_SET_THEM,
        overheard=False,
    ),
    Row(
        CheckIn,
        wires=(
            Wire(CheckIn, "check-in {topic:word} {session:id?}"),
            Wire(CheckIn, "check-in on {topic:words}", reads=False),
        ),
        phrase=_check_in,
        who="advisors",
        refusal=ADVISORS_SET_THEM,
        overheard=False,
        lacks=Lacks(r"(?:(?:a |new )?(?:monthly )?)?check-?ins?(?: .{1,60})?", lacking.CHECK_IN),
    ),
    Row(
        NewDraft,
        (
            (
                NewDraft("remind"),
                """new reminder | a new reminder | reminder | a reminder | remind | create a reminder | set
                a reminder | set up a reminder | make a reminder | add a reminder | start a reminder""",
            ),
            (
                NewDraft("pulse"),
                """new pulse | a new pulse | pulse | a pulse | pulse check | a pulse check | create a pulse
                | set up a pulse | make a pulse | start a pulse | run a pulse""",
            ),
        ),
        who="host",
        own=_is_own,
        refusal=ADVISORS_SET_THEM,
        help=(
            HelpLine("advising", "**remind the {group} Mondays at 9 to {task}**"),
            HelpLine("advising", "**pulse @… monthly on {interest}**: one question from 1 to 5"),
            HelpLine("advising", "**quiz here every other Friday at 10**"),
        ),
        shortcut=Shortcut(
            "Set a reminder", "For advisors: remind people of something, on dates", "new reminder"
        ),
    ),
    Row(
        ShowDraft,
        ((ShowDraft(), "draft | the draft | my draft | where was i with the draft | go on with the draft"),),
    ),
    Row(
        ShowTemplates,
        ((ShowTemplates(), "templates | template | all templates | the templates | reminder templates"),),
        who="advisors",
        refusal=ADVISORS_SET_THEM,
        help=(
            HelpLine("advising", "**reminders**: what is coming"),
            HelpLine("advising also", "**templates**"),
        ),
    ),
    Row(
        MakeSeries,
        loosely=_sentence,
        who="host",
        own=_is_own,
        refusal=ADVISORS_SET_THEM,
        overheard=False,
        yields_to=("draft",),
        help=(
            HelpLine("receiving", "**remind me tomorrow at 9 to ring back**: for you alone", ("direct",)),
            HelpLine("also", "**my reminders**"),
        ),
    ),
    Row(
        MakeQuiz,
        phrase=_quizzes,
        who="advisors",
        refusal=ADVISORS_SET_QUIZZES,
        overheard=False,
    ),
    Row(HowTo, ((HowTo(), "how do reminders work | how do i set a reminder"),), loosely=_asks_how),
)
