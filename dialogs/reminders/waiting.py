"""A reply typed under a reminder or pulse: taken as the press of its button would be.

"Under" means in its thread, or in the direct chat while nothing newer was asked there.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec.structs import replace

from dialogs.core.agreement import discards, has_enough, waits
from dialogs.core.alone import idle
from dialogs.core.commands import ListReminders, SeriesAct, encode
from dialogs.core.commands.naming import SeriesSaid, asked_of_it, bare
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Waiting
from dialogs.core.replies import Block, Choice, Choices, Reply, Text
from dialogs.core.text import clean, is_question, literal
from dialogs.core.text import words as words_of
from dialogs.reminders.cards import after_answer
from dialogs.reminders.series_labels import waiting_label
from dialogs.reminders.typed_replies import (
    NO_ANSWER,
    TypedReply,
    mended_reply,
    on_scale,
    stands_for_read,
    typed_reply,
)
from dialogs.reminders.waiting_cards import name_of, said_of, scale_of, times_of, words_of_button
from dialogs.reminders.waiting_otherwise import about_it, stands_under
from dialogs.wording import reminders as words
from dialogs.wording.conversation import MENDED
from dialogs.wording.drafts import END, PAUSE

_FOR: dict[str, str] = {"answer": "pulse", "change answer": "pulse", "comment": "pulse", "done": "remind"}
"""The kind of series that an act is for; any, where it isn't here."""
_IN_CHANNEL = ("answer", "done")
_ENDS = (SeriesSaid("cancel"), SeriesSaid("pause"))
_THIS = re.compile(r"\b(?:this|that|these|them|the (?:reminder|pulse)s?)\b", re.IGNORECASE)
_DONE_FIRST = re.compile(r"(?:all )?done\W+", re.IGNORECASE)
"""Said before an answer: "done, 4"."""
_ANSWERS = re.compile(
    r"(?:i['’]?d (?:say|give|go)|i would (?:say|give)|i(?:['’]ll)? say|my answer is|for me,?|i reckon)\b",
    re.IGNORECASE,
)
"""So begins an answer to us, also where we aren't mentioned."""
_JOINING = (("and",), ("but",), ("or",), ("so",))
_OUTRIGHT = ("stop", "start again", "comment")
"""What is meant for us also where we aren't mentioned."""


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does to what waits for a reply here; None where it means anything else."""
    if said.pressed or not world.waiting or _of_a_session(world):
        return None
    text, named = _named(clean(said.text), world)
    reply, newest = _read(state, said, text, world), stands_under(state, world)
    if reply is None and newest is not None and world.place.kind == "direct" and waits(text):
        ways = scale_of(newest) if newest.kind == "pulse" else times_of((newest,), world)
        return said_of(state, world, newest, Text(words.NO_HURRY), *ways)
    return _taken(state, said, reply, named, world)


def _read(state: State, said: Utterance, text: str, world: World) -> TypedReply | None:
    """What ``text`` of ``said`` does as a reply: more of it where nothing else was said here since."""
    reply = typed_reply(text)
    if reply is not None and reply.act == "done" and not candidates(reply, world):
        answered = typed_reply(_DONE_FIRST.sub("", text))
        return answered if answered is not None and answered.act == "answer" else reply
    if reply is None and world.place.kind != "direct":
        steers = said.addressed and world.speaker.role == "advisor"
        asked = None if steers else asked_of_it(_THIS.sub("it", bare(text)))
        return TypedReply("stop") if asked in _ENDS else None
    if reply is not None or stands_under(state, world) is None:
        return reply
    if discards(text) or has_enough(text):
        return TypedReply("stop", sure=False)
    return TypedReply("done", sure=False) if stands_for_read(text) else None


def mended(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said``, which is no command, does here once its slips are mended, or why it does nothing; None
    for anything else."""
    text = clean(said.text)
    if said.pressed or not (world.waiting or said.addressed):
        return None
    if world.waiting and not _of_a_session(world):
        taken = about_it(state, said, world) or _taken(state, said, mended_reply(text), None, world)
        return taken or _of_the_other_kind(state, typed_reply(text), world)
    if state.doing or not world.remembers:
        return None
    if state.lesson and (words_of(text)[:1] in _JOINING or text.endswith("?")):
        return None  # "and later?", "in 2026?": of what was talked of
    reply = typed_reply(text)
    if reply is None or not reply.sure:
        return None
    if reply.act in ("answer", "change answer") and not (reply == NO_ANSWER and idle(state)):
        return None
    listed = Choices((Choice(encode(ListReminders()).capitalize(), encode(ListReminders())),))
    to_all = () if world.place.kind == "direct" else (Text(words.ANSWER_IT),)
    return Decision(state, (Reply((Text(words.NOTHING_WAITS), *to_all, listed)),))


def _taken(
    state: State, said: Utterance, reply: TypedReply | None, named: Waiting | None, world: World
) -> Decision | None:
    if reply is None:
        return None
    text = clean(said.text)
    if world.place.kind != "direct" and reply.act not in _IN_CHANNEL:
        outright = said.addressed or (reply.sure and reply.act in _OUTRIGHT)
        return _for_all(state, reply, world) if outright else None
    if reply == NO_ANSWER and not candidates(reply, world):
        reply = TypedReply("done", sure=False)  # of a reminder: there may be nothing to do
    meant = tuple(waiting for waiting in candidates(reply, world) if named in (None, waiting))
    begins = world.above is not None and _ANSWERS.match(text) is not None
    may_be = said.addressed and (reply.act != "answer" or _may_be_answer(text, world))
    if not meant or not (reply.sure or begins or may_be):
        return None
    if _done_with(state, meant, world) and reply.act in ("answer", "done"):
        if not reply.sure or reply == NO_ANSWER:
            return None
        # An answer that was given is changed only once that is said to be meant.
        reply = replace(reply, sure=reply.act == "done" or meant[0].anonymous)
    if reply == NO_ANSWER and world.place.kind != "direct":
        fine = Reply((name_of(meant[0], world), Text(words.NEEDNT)), private=True)
        return Decision(state, (fine,)) if said.addressed else None
    if world.place.kind != "direct" and reply.act == "answer" and meant[0].anonymous:
        return Decision(state, (Reply((Text(words.PRESS_INSTEAD),), private=True),))
    if reply.between:
        which = (
            _choice(replace(reply, rest=step), waiting, world) for waiting in meant for step in reply.between
        )
        return Decision(state, (Reply((Text(words.ANSWER_WHICH), Choices(tuple(which)))),))
    if reply.act == "answer" and not on_scale(reply.rest):
        if reply.rest:
            return said_of(state, world, meant[0], Text(words.ANSWER_RANGE), *scale_of(meant[0]))
        stop = Choices((Choice(words.STOP, words_of_button(TypedReply("stop"), meant[0])),))
        return said_of(
            state,
            world,
            meant[0],
            Text(words.NO_ANSWER),
            *scale_of(meant[0]),
            *times_of(meant[:1], world),
            stop,
        )
    if reply.act == "done" and not reply.sure and len(meant) == 1:
        done = Choices((Choice(words.DONE, words_of_button(reply, meant[0]), primary=True),))
        direct = world.place.kind == "direct"
        times = times_of(meant, world) if direct else ()
        return said_of(state, world, meant[0], Text(words.DONE_YET[direct]), done, *times)
    if reply.act == "snooze" and not reply.rest:
        return said_of(
            state,
            world,
            meant[0] if len(meant) == 1 else None,
            Text(words.UNTIL_WHEN),
            *times_of(meant, world),
        )
    if len(meant) > 1 or not reply.sure:
        return _which(state, reply, meant, world)
    return _done(state, reply, meant[0], world)


def buttons(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as buttons."""
    reply = _read(state, said, clean(said.text), world)
    if reply is None or not (reply.sure or reply.act == "stop"):
        return ()
    if reply.act in ("snooze", "answer") and not reply.rest:
        return ()
    return tuple(_choice(reply, waiting, world) for waiting in candidates(reply, world))


def asked(state: State, said: Utterance, world: World) -> float:
    """When the newest of it was sent."""
    return world.waiting[0].at


def yields(state: State, said: Utterance, world: World) -> bool:
    """Whether all that ``said`` could be to is done with and not what was asked last, or it is no answer."""
    reply = _read(state, said, clean(said.text), world)
    if reply is None:
        return False
    no_answer = reply.act == "answer" and reply.rest and not on_scale(reply.rest)
    return bool(no_answer) or _done_with(state, candidates(reply, world), world)


def _done_with(state: State, meant: tuple[Waiting, ...], world: World) -> bool:
    """Whether none of them waits, nor is what was asked last."""
    last = stands_under(state, world)
    return all(waiting.step != "open" and waiting != last for waiting in meant)


def candidates(reply: TypedReply, world: World) -> tuple[Waiting, ...]:
    """What ``reply`` may be to, the newest first."""
    fitting = tuple(waiting for waiting in world.waiting if _FOR.get(reply.act, waiting.kind) == waiting.kind)
    if len(world.waiting) == 1:
        # In its thread there is no doubt about which one is meant.
        return fitting
    match reply.act:
        case "start again":
            return tuple(waiting for waiting in fitting if waiting.step == "stopped")[:1] or fitting[:1]
        case "change answer":
            return tuple(waiting for waiting in fitting if waiting.step == "done")[:1]
        case "comment":
            return fitting[:1]
        case "stop":
            running = tuple(waiting for waiting in fitting if waiting.step != "stopped") or fitting[:1]
            return tuple({waiting.series: waiting for waiting in reversed(running)}.values())[::-1]
        case _:
            return tuple(waiting for waiting in fitting if waiting.step == "open") or fitting[:1]


def _named(text: str, world: World) -> tuple[str, Waiting | None]:
    """The words of a button that asked which one is meant, "Done: brief your members", parted."""
    head, _, tail = text.partition(": ")
    named = next(
        (
            waiting
            for waiting in world.waiting
            if tail and waiting_label(waiting, world).casefold() == tail.casefold()
        ),
        None,
    )
    return (head if named else text), named


def _for_all(state: State, reply: TypedReply, world: World) -> Decision:
    """What one person is told who would do to what all of a channel were sent what only its advisors can."""
    (waiting,) = world.waiting
    said, ways = words.FOR_ALL[reply.act], tuple[Choice, ...]()
    if _FOR.get(reply.act, waiting.kind) != waiting.kind:
        said = words.NOT_A_PULSE
    elif reply.act == "change answer" and waiting.anonymous:
        said = words.CANT_CHANGE
    elif reply.act == "comment":
        says = encode(SeriesAct("comment", waiting.series, waiting.key))
        ways = (Choice(words.COMMENT, says, primary=True, opens=True),)
    elif reply.act == "stop" and world.speaker.role == "advisor":
        acts: tuple[tuple[str, Literal["pause", "cancel"]], ...] = ((PAUSE, "pause"), (END, "cancel"))
        ways = tuple(Choice(label, encode(SeriesAct(act, waiting.series))) for label, act in acts)
    buttons = (Choices(ways),) if ways else ()
    return Decision(state, (Reply((name_of(waiting, world), Text(said), *buttons), private=True),))


def _of_the_other_kind(state: State, reply: TypedReply | None, world: World) -> Decision | None:
    """Says that a reminder has no answers, or that a pulse isn't done; None for any other words."""
    if reply is None or not reply.sure or not idle(state) or candidates(reply, world):
        return None
    waiting = world.waiting[0]
    if reply.act == "answer" and not on_scale(reply.rest):
        return None
    said = words.NOT_A_PULSE if waiting.kind == "remind" else words.NOT_A_REMINDER
    direct = world.place.kind == "direct"
    ways = scale_of(waiting) if direct and waiting.kind == "pulse" else ()
    return Decision(state, (Reply((name_of(waiting, world), Text(said), *ways), private=not direct),))


def _of_a_session(world: World) -> bool:
    """Whether what is said to a whole channel is rather said of the live quiz or check that is open there."""
    here = world.here.quiz or world.here.readiness
    return world.place.kind == "channel" and not world.under and here is not None


def _may_be_answer(text: str, world: World) -> bool:
    return not is_question(text) and world.knowledge.match(text).band != "answer"


def _which(state: State, reply: TypedReply, meant: tuple[Waiting, ...], world: World) -> Decision:
    """Ask, with a button for each."""
    ways = tuple(_choice(reply, waiting, world) for waiting in meant)
    asked = words.WHICH_NOTED if reply.comment else words.WHICH
    if reply.act == "stop" and not reply.sure:
        asked = words.NOT_FOR_YOU
    elif len(meant) == 1:
        asked = words.MEANT.format(called=literal(waiting_label(meant[0], world)))
    return Decision(state, (Reply((Text(asked), Choices(ways))),))


def _choice(reply: TypedReply, waiting: Waiting, world: World) -> Choice:
    name = f"snooze {reply.rest}" if reply.act == "snooze" else reply.act
    label = words.FOR_ONE[name].format(rest=reply.rest, called=waiting_label(waiting, world))
    return Choice(label, words_of_button(reply, waiting))


def _done(state: State, reply: TypedReply, waiting: Waiting, world: World) -> Decision:
    if world.acted is None:
        return Decision(state, needs="press", press=words_of_button(reply, waiting), comment=reply.comment)
    acted = world.acted
    read_as = f"{MENDED.format(said=reply.mended)} " if reply.mended else ""
    said = f"{read_as}{acted.note}" + (words.NO_NOTES if reply.act == "done" and reply.comment else "")
    blocks: list[Block] = [Text(said)] if said else []
    ways = _afterwards(reply, waiting, world) if acted.done else ()
    blocks += [Choices(ways)] if ways else []
    replies = [Reply(tuple(blocks))] if blocks else []
    replies += [acted.reply] if acted.reply else []
    if not replies:
        return Decision(state)
    first = replace(replies[0], blocks=(name_of(waiting, world), *replies[0].blocks))
    return Decision(state, (first, *replies[1:]))


def _afterwards(reply: TypedReply, waiting: Waiting, world: World) -> tuple[Choice, ...]:
    """What can be done next, as buttons."""
    if world.place.kind != "direct" or reply.act != "answer":
        return ()
    comment = Choice(words.COMMENT, encode(SeriesAct("comment", waiting.series, waiting.key)), opens=True)
    return (
        *(() if reply.comment else (comment,)),
        *after_answer(waiting.series, waiting.key, anonymous=waiting.anonymous),
    )
