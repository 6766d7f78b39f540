"""What recipients are sent, and what stands in its place once they have pressed."""

from __future__ import annotations

from typing import Literal

from dialogs.core.commands import SeriesAct, encode
from dialogs.core.forms import Form, TextEntry
from dialogs.core.mentions import spoken
from dialogs.core.reminder_model import Draft, Series, Waiting
from dialogs.core.replies import Block, Choice, Choices, Quote, Reply, Text
from dialogs.core.text import clipped, literal
from dialogs.reminders.due import day_of
from dialogs.wording import mail as mail_words
from dialogs.wording import reminders as words
from knowledge.readiness import STEPS

LONGEST_COMMENT = 1_000
SHORT = 300
"""Characters up to which what an advisor wrote is shown in bold."""
NAME = 60
MOST_REMEMBERED = 200
"""Characters of its name that are remembered of what waits for a reply, mentions and all."""
LABEL = 40
"""Characters of a name on a button."""

Way = Literal["first", "again", "nudge"]


def send_card(series: Series, key: str, kind: Literal["person", "channel"], way: Way = "first") -> Reply:
    """One occurrence as a recipient gets it."""
    draft = series.draft
    blocks: list[Block] = [Text(words.NUDGE)] if way == "nudge" else []
    blocks.append(_asked(draft))
    if draft.kind == "pulse":
        blocks.append(Text(f"{_scale(draft)} {words.ANONYMOUS if series.anonymous(key) else words.NAMED}"))
    aside = [words.WHY.format(why=literal(draft.why))] if draft.why else []
    if series.owner.name and not series.own:
        aside.append(words.FROM.format(name=literal(series.owner.name)))
    if aside:
        blocks.append(Text(" · ".join(aside)))
    return Reply((*blocks, *_buttons(series, key, kind)), subject=_subject(series, key, way))


def _subject(series: Series, key: str, way: Way) -> str:
    """What tells it from the other messages of its series, and of others."""
    draft = series.draft
    what = draft.topic or draft.what
    said = mail_words.SUBJECT.get(draft.kind, "{what}").format(date=day_of(series, key), what=what)
    return mail_words.SUBJECT_NUDGE.format(subject=said) if way == "nudge" else said


def asking(series: Series | None, act: SeriesAct) -> Reply:
    """What a press would be to, for who comes to it by a link, with the one button that does it; without it
    once nothing would come of it. ``series``: None where all of them are meant."""
    button = Choices((Choice(act.act.capitalize(), encode(act), primary=True),))
    if series is None:
        return Reply((button,))
    asked, sent = _asked(series.draft), next((each for each in series.sent if each.key == act.key), None)
    if act.key and sent is None:
        return Reply((asked, Text(words.NO_SUCH_DATE)))
    if sent is None or series.draft.kind != "pulse":
        return Reply((asked, button))
    anonymous = series.anonymous(sent.key)
    if anonymous and sent.closed:
        return Reply((asked, Text(words.OVER)))
    told = words.ANONYMOUS if anonymous else words.NAMED
    return Reply((asked, Text(f"{_scale(series.draft)} {told}"), button))


def done_card(draft: Draft, said: str, *ways: Block) -> Reply:
    """What stands in the place of a message that has been dealt with; ``said`` is plain text, ``ways`` are
    the buttons that are still of use."""
    return Reply((_asked(draft), Text(literal(said)), *ways), instead=True)


def put_off_card(series: Series, key: str, said: str) -> Reply:
    """What stands in the place of a message that comes again later, but can be dealt with before."""
    asks = scale(series.id, key) if series.draft.kind == "pulse" else Choices((_done(series.id, key),))
    return done_card(series.draft, said, asks)


def comment_form(series: Series, key: str, typed: str = "") -> Form:
    """The page on which a comment is written."""
    hint = words.COMMENT_ANONYMOUS if series.anonymous(key) else words.COMMENT_NAMED
    entry = TextEntry("comment", words.COMMENT_FIELD, typed, LONGEST_COMMENT, lines=True, hint=hint)
    return Form(
        encode(SeriesAct("comment", series.id, key)), words.COMMENT_FORM, (entry,), words.COMMENT_SUBMIT
    )


def called(draft: Draft, longest: int = NAME) -> str:
    """How a series is named where it is spoken of: its topic or its words, clipped, as Markdown."""
    return literal(clipped(spoken(draft.topic or draft.what), longest))


def scale(series: str, key: str) -> Choices:
    """The answers to a pulse, as buttons."""
    steps = map(str, range(1, STEPS + 1))
    return Choices(tuple(Choice(step, encode(SeriesAct("answer", series, key, step))) for step in steps))


def scale_card(draft: Draft, series: str, key: str) -> Reply:
    """The question once more, to change what was answered."""
    return Reply((_asked(draft), Text(_scale(draft)), scale(series, key)))


def asked_again(draft: Draft, series: str, key: str, *, anonymous: bool) -> list[Block]:
    """A pulse that was sent and isn't answered yet, where it is shown once more."""
    told = words.ANONYMOUS if anonymous else words.NAMED
    return [_asked(draft), Text(f"{_scale(draft)} {told}"), scale(series, key)]


def after_answer(series: str, key: str, *, anonymous: bool) -> tuple[Choice, ...]:
    """What can be done with an answer that was given."""
    change = Choice(words.CHANGE_ANSWER, encode(SeriesAct("change answer", series, key)))
    return (*(() if anonymous else (change,)), Choice(words.STOP, encode(SeriesAct("stop", series))))


def waiting_for(series: Series, key: str) -> Waiting:
    """What is remembered of a send, so that a typed reply finds it."""
    draft = series.draft
    name = " ".join((draft.topic or draft.what).split())[:MOST_REMEMBERED]
    return Waiting(series.id, key, draft.kind, name, series.anonymous(key) and draft.kind == "pulse")


def label_of(asked: Waiting) -> str:
    """How what waits for a reply is named on a button, plain text."""
    return clipped(spoken(asked.called), LABEL)


def _asked(draft: Draft) -> Block:
    what = draft.what.strip()
    # Longer words, or several lines of them, are shown as they are.
    return Quote(what) if len(what) > SHORT or "\n" in what else Text(f"**{literal(what)}**")


def _scale(draft: Draft) -> str:
    if draft.low and draft.high:
        return words.SCALE.format(low=literal(draft.low), high=literal(draft.high))
    return words.PLAIN_SCALE


def _done(series: str, key: str) -> Choice:
    return Choice(words.DONE, encode(SeriesAct("done", series, key)), primary=True)


def _buttons(series: Series, key: str, kind: Literal["person", "channel"]) -> list[Block]:
    id = series.id
    # Of what somebody set for themselves, once, there is nothing left to stop.
    once = series.own and series.draft.schedule is not None and not series.draft.schedule.repeats
    stop = [Choice(words.STOP, encode(SeriesAct("stop", id)))] if kind == "person" and not once else []
    if series.draft.kind == "pulse":
        comment = Choice(words.COMMENT, encode(SeriesAct("comment", id, key)), opens=True)
        return [scale(id, key), Choices((comment, *stop))]
    done = _done(id, key)
    if kind == "channel":
        return [Choices((done,))]
    later = (
        Choice(words.TOMORROW, encode(SeriesAct("snooze", id, key, "tomorrow"))),
        Choice(words.NEXT_WEEK, encode(SeriesAct("snooze", id, key, "week"))),
    )
    return [Choices((done, *later, *stop))]
