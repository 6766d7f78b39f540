"""The terminal chat: the same dialogs without a platform, a server or a memory that outlives it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import assert_never

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text as Shown

from dialogs import choices, decide, plain
from dialogs.core.effects import Forget, KeepFeedback, KeepMissed, KeepResult, KeepUnanswered, KeepWork
from dialogs.core.enquiry_model import Advising
from dialogs.core.events import Place, Speaker, Utterance
from dialogs.core.insight_model import Insights
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import AdvisorSettings
from dialogs.core.replies import (
    Asked,
    Block,
    Chart,
    Choices,
    Citation,
    Facts,
    Feedback,
    File,
    Part,
    Progress,
    Quote,
    Reply,
    Text,
    Title,
)
from dialogs.core.teaching_model import Teachings
from dialogs.core.work import CheckResult, Work
from dialogs.core.world_parts import Record
from dialogs.wording import privacy as kept_words
from knowledge import Knowledge

_PLACE = Place("terminal", "direct")
_SPEAKER = Speaker("terminal:here/you")


class Conversation:
    """One conversation, kept in this process alone."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._state = State()
        self._records: list[Record] = []
        self._work = Work()
        self._missed: tuple[str, ...] = ()
        self._results: tuple[CheckResult, ...] = ()

    def say(self, text: str, pressed: bool = False) -> Decision:
        """Take one turn; what it keeps or erases is carried out here."""
        now = datetime.now(UTC)
        world = World(
            now, _SPEAKER, _PLACE, self._knowledge, seed=now.isoformat(), token=secrets.token_hex(32),
            work=self._work,
            missed=self._missed, results=self._results, records=self._about_you(),
            advisor_settings=AdvisorSettings(), series=(), advised=False, advising=Advising(), enquiries=(),
            teachings=Teachings(), audit=(), insights=Insights(), alone=True,
        )  # fmt: skip
        decision = decide(self._state, Utterance(text, pressed=pressed), world)
        for effect in decision.effects:
            match effect:
                case KeepUnanswered(question):
                    self._records.append(Record("question", now, kept_words.NOT_ANSWERED, question=question))
                case KeepFeedback(up):
                    self._records.append(Record("feedback", now, kept_words.THUMBS[up]))
                case KeepWork(work):
                    self._work = work
                case KeepMissed(questions):
                    self._missed = questions
                case KeepResult(result):
                    self._results = (*self._results, result)
                case Forget():
                    self._records.clear()
                    self._work, self._missed, self._results = Work(), (), ()
        self._state = decision.state
        return decision

    def _about_you(self) -> tuple[Record, ...]:
        asked = self._state.question
        talk = [Record("conversation", None, kept_words.ASKED_LAST, question=asked)] if asked else []
        check = self._work.check
        begun = [Record("readiness", check.started, "under way")] if check else []
        finished = [Record("readiness", result.at, "finished") for result in self._results]
        open_quiz = [Record("quiz", None, "under way")] if self._work.quiz else []
        missed = [Record("quiz", None, f"missed: {len(self._missed)}")] if self._missed else []
        return (*talk, *self._records, *open_quiz, *missed, *begun, *finished)


def chat_json(knowledge: Knowledge, lines: Iterable[str]) -> Iterator[str]:
    """A line a turn in, one JSON object a turn out: band, lesson, lessons and replies."""
    conversation = Conversation(knowledge)
    for line in lines:
        yield json.dumps(turn(conversation.say(line.rstrip("\r\n"))), ensure_ascii=False)


def turn(decision: Decision) -> dict[str, object]:
    """What ``decision`` comes to, as plain data.

    ``band`` is None for what is no question; ``lessons`` are all that were answered or followed up.
    """
    asked = next((reply.asked for reply in decision.replies if reply.asked), None)
    lessons = lessons_of(asked)
    replies = [
        {"text": plain(reply), "choices": [choice.label for choice in choices(reply)]}
        for reply in decision.replies
    ]
    return {
        "band": asked.band if asked else None,
        "lesson": lessons[0] if lessons else None,
        "lessons": lessons,
        "replies": replies,
    }


def lessons_of(asked: Asked | None) -> list[str]:
    """All lessons that a reply answered, the main one first."""
    return [asked.lesson, *asked.also] if asked and asked.lesson else []


def chat(knowledge: Knowledge) -> None:
    """Talk in the terminal: type words, or the number of a button in brackets, until end of input."""
    console = Console(highlight=False)
    conversation = Conversation(knowledge)
    console.print("[bold]Sharewise[/] · type a question, or \\[1], \\[2] … to press a button; Ctrl-D ends.")
    buttons: list[str] = []
    while True:
        try:
            line = console.input("[bold cyan]you[/] ")
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        pressed = _pressed(line, buttons)
        decision = conversation.say(pressed or line, pressed=pressed is not None)
        buttons = [choice.says for reply in decision.replies for choice in choices(reply)]
        _show(console, decision)


def _pressed(line: str, buttons: list[str]) -> str | None:
    """The words of the button that ``line`` names as "[2]"; a bare number stays a typed word."""
    number = line.strip().removeprefix("[").removesuffix("]")
    if line.strip() == f"[{number}]" and number.isdecimal() and 0 < int(number) <= len(buttons):
        return buttons[int(number) - 1]
    return None


def _show(console: Console, decision: Decision) -> None:
    shown = [part for reply in decision.replies for block in reply.blocks for part in _drawn(block)]
    buttons = [choice.label for reply in decision.replies for choice in choices(reply)]
    shown += [Shown(f"[{number}] {label}", style="cyan") for number, label in enumerate(buttons, 1)]
    for said in filter(None, (decision.note, decision.arrived)):
        shown.append(Shown(said, style="dim"))
    for part in shown:
        console.print(Padding(part, (0, 0, 0, 4)))


def _drawn(block: Block) -> Iterator[RenderableType]:
    """``block`` for the terminal; buttons are numbered below all replies instead."""
    match block:
        case Text(md):
            yield Markdown(md)
        case Part(label, md):
            yield Shown(label, style="bold dim")
            yield Markdown(md)
        case Title(text):
            yield Shown(text, style="bold")
        case Citation():
            yield Shown(plain(Reply((block,))), style="dim italic")
        case Quote() | Facts() | Progress() | Chart() | File():
            yield Shown(plain(Reply((block,))))
        case Choices() | Feedback():
            pass
        case _:
            assert_never(block)
