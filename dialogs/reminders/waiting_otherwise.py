"""What is typed under a reminder or pulse and is no reply to it: a question about it, or not understood."""

from __future__ import annotations

import re
from datetime import datetime

from dialogs.core.alone import idle
from dialogs.core.events import Utterance
from dialogs.core.mentions import spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Waiting
from dialogs.core.replies import Choice, Choices, Text
from dialogs.core.text import clean, is_question, literal, normal, stems
from dialogs.questions.blocks import ask_advisor
from dialogs.questions.follow import recognise
from dialogs.recurrence import zones
from dialogs.recurrence.describe import in_words
from dialogs.reminders.drafting_cards import moment
from dialogs.reminders.typed_replies import TypedReply
from dialogs.reminders.waiting_cards import said_of, scale_of, times_of, words_of_button
from dialogs.wording import reminders as words

_ABOUT = re.compile(
    r"(?:(?:so|and|sorry|hi|but) )*(?:who(?:s| is| has)? (?:sent|set up|set|sending|sends|behind|asking|"
    r"asked for|wants|made|(?:this|it|that) from)(?: (?:me|us|this|that|it|these|up|for))*"
    r"|why (?:do|did|are|am|have|was) (?:you|i|we) (?:ask|asking|get|getting|got|send|sending|sent|receiving|"
    r"being asked|being sent|been sent)(?: (?:me|us|this|that|it|these|for))*"
    r"|(?:how often|when) (?:do|will|am|are|shall) (?:i|we) (?:get|getting|receive|be sent|be asked)"
    r"(?: (?:this|that|it|these|the next|next|again))*"
    r"|whens? (?:is |does |will |comes )?(?:this|it|the next|next)(?: one)?(?: (?:come|due|be|next|again))*"
    r"|how often(?: (?:is|does|will) (?:this|it))?(?: (?:come|be|sent))*|from (?:whom|who)"
    r"|why(?: me)?|whats? (?:is )?(?:this|that|it)(?: (?:all )?(?:about|for|in aid of))?)"
)
"""A question about what was received."""
_WHO_SEES = re.compile(
    r"(?:(?:so|and|sorry|hi|but) )*who(?:s| can| will| gets to| all)? (?:sees?|reads?|seeing|reading)"
    r"(?: (?:this|that|it|these|(?:my|our|the) answers?|what (?:i|we) (?:say|answer|put)))?"
)
_OF_A_WORD = re.compile(r"(?:(?:so|and|sorry|hi|but|er|um) )*(?:which|what|whose) (?:the )?(?P<of>.+)")
"""A question that takes up a word of it: "which figures?"."""


def stands_under(state: State, world: World) -> Waiting | None:
    """Which of what waits it is that what is typed stands under: in its thread, or in the direct chat while
    that is the last thing asked."""
    if not world.waiting:
        return None
    last = max((button.at for button in state.offered), default=0.0)
    said = [button.says for button in state.offered if button.at == last]
    newest = world.waiting[0] if world.waiting[0].at > last else None
    newest = newest or next((each for each in world.waiting for says in said if each.series in says), None)
    if world.place.kind == "direct" and newest and (not state.doing or overtaken(state, world)):
        return newest
    return world.waiting[0] if world.under and idle(state) else None


def overtaken(state: State, world: World) -> bool:
    """Whether something was sent here that waits, since what is open here was shown."""
    return sent_since(state.since, world)


def sent_since(at: float, world: World) -> bool:
    """Whether something was sent here since then that waits."""
    return world.place.kind == "direct" and bool(world.waiting) and world.waiting[0].at > at


def about_it(state: State, said: Utterance, world: World) -> Decision | None:
    """Who set up what waits, when it comes, why, and who sees what is answered; None for other words."""
    waiting = stands_under(state, world) if said.addressed or world.under else None
    text = normal(clean(said.text))
    if waiting is not None and waiting.kind == "pulse" and _WHO_SEES.fullmatch(text):
        return said_of(state, world, waiting, Text(words.ANONYMOUS if waiting.anonymous else words.NAMED))
    if waiting is None or not (_ABOUT.fullmatch(text) or _takes_up(text, waiting)):
        return None
    if world.series is None:
        return Decision(state, needs="series")
    series = next((each.series for each in world.series if each.series.id == waiting.series), None)
    if series is None or series.draft.schedule is None:
        sent = datetime.fromtimestamp(waiting.at, zones.clock(world.zone))
        return said_of(state, world, waiting, Text(words.NO_MORE.format(when=moment(sent))))
    told = words.SET_UP_OWN if series.own else words.SET_UP
    when = in_words(series.draft.schedule)
    lines = [told.format(name=literal(series.owner.name), when=literal(when[:1].lower() + when[1:]))]
    lines += [words.WHY.format(why=literal(series.draft.why))] if series.draft.why else []
    if waiting.kind == "pulse":
        lines.append(words.ANONYMOUS if waiting.anonymous else words.NAMED)
    stop = Choices((Choice(words.STOP, words_of_button(TypedReply("stop"), waiting)),))
    ways = (stop,) if world.place.kind == "direct" else ()
    return said_of(state, world, waiting, Text(" ".join(lines)), *ways)


def _takes_up(text: str, waiting: Waiting) -> bool:
    """Whether ``text`` asks after a word or two of what was received."""
    asked = _OF_A_WORD.fullmatch(text)
    return asked is not None and stems(asked["of"]) <= stems(spoken(waiting.called))


def not_understood(state: State, said: Utterance, world: World) -> Decision | None:
    """Says that ``said``, which is no command, isn't understood as a reply to what it stands under; None for
    what the lessons answer, and where it goes on from their last answer."""
    waiting = stands_under(state, world) if said.addressed else None
    if waiting is None:
        return None
    text = clean(said.text)
    follow = recognise(text, state, world.knowledge) if state.question else None
    if follow and follow.aspect and not (follow.rest or follow.points or follow.of_it):
        return None  # it goes on from there
    band = world.knowledge.match(text).band
    asks, direct = is_question(text), world.place.kind == "direct"
    if (asks and (band != "none" or not direct)) or (waiting.kind == "remind" and band == "answer"):
        return None
    if not direct:
        return said_of(state, world, waiting, Text(f"{words.NO_REPLY} {words.CHANNEL_REPLIES[waiting.kind]}"))
    done = Choices((Choice(words.DONE, words_of_button(TypedReply("done"), waiting), primary=True),))
    ways = scale_of(waiting) if waiting.kind == "pulse" else (done, *times_of((waiting,), world))
    asking = () if world.under and not asks else ask_advisor(text, "none", None, world)
    ways = (*ways, Choices(asking)) if asking else ways
    return said_of(state, world, waiting, Text(f"{words.NO_REPLY} {words.REPLIES[waiting.kind]}"), *ways)
