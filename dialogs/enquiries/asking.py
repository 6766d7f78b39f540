"""Putting a question to the advisors: it is shown as it would be sent, and sent once that was said."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.agreement import agreement, leaves
from dialogs.core.alone import card, given_back, kindly, sent
from dialogs.core.codes import new_id
from dialogs.core.commands import AskAdvisor, EnquiryDraftAct, encode
from dialogs.core.effects import Forget, KeepWork
from dialogs.core.enquiry_model import ENQUIRIES_PARTITION, AskAdvisors, EnquiryDraft
from dialogs.core.events import Utterance
from dialogs.core.forms import Form, TextEntry
from dialogs.core.jobs import Job
from dialogs.core.mentions import unforged
from dialogs.core.model import Decision, State, World
from dialogs.core.plain import choices
from dialogs.core.replies import Asked, Block, Choice, Choices, Quote, Text
from dialogs.core.session_model import Actor
from dialogs.core.text import is_question
from dialogs.core.text import words as words_of
from dialogs.enquiries.cards import LONGEST_LINE, MOST_LINES, tried, whom
from dialogs.questions.blocks import ask_advisor as ways_to_ask
from dialogs.questions.blocks import show as lessons_shown
from dialogs.questions.recalled import asked_on, long_ago
from dialogs.wording import enquiries as words

_SEND = r"send|send (?:it|that|this)(?: on| off)?|pass it on|ask(?: them| that)?"


def ask_advisor(state: State, command: AskAdvisor, world: World) -> Decision:
    """Show what would be sent; where it isn't known what to ask, ask for that."""
    draft, waiting = _drafted(state, command, world), world.work.enquiry
    if waiting is None or not waiting.question:
        return _shown(state, draft, world, instead=False)
    if words_of(draft.question) in ((), words_of(waiting.question)):
        return _shown(state, waiting, world, instead=False)
    return _shown(state, draft, world, instead=False, aside=waiting.question)


def act(state: State, command: EnquiryDraftAct, world: World, pressed: bool) -> Decision:
    """Send what is shown, add a line to it, or let it go."""
    draft = world.work.enquiry
    if draft is None or draft.id != command.id:
        if command.text:
            return given_back(state, words.STALE, (command.text,), world)
        return kindly(state, words.STALE, world, pressed)
    match command.act:
        case "show":
            return _shown(state, draft, world, instead=False)
        case "send":
            return _sent(state, draft, world)
        case "add" if command.text and (problem := _too_much(draft, command.text)):
            return kindly(state, problem, world, pressed)
        case "add" if command.text:
            return _with_line(state, draft, command.text, world)
        case "add" if pressed:
            return Decision(state, form=_form(draft))
        case "add":
            return _shown(state, draft, world, instead=False)
        case "clear":
            return _shown(state, replace(draft, added=draft.added[:-1]), world, instead=pressed)
        case "drop":
            return Decision(
                replace(state, doing=""),
                (card([Text(words.NOT_SENT)], world, instead=pressed),),
                effects=(KeepWork(replace(world.work, enquiry=None)),),
            )


def submitted(state: State, command: EnquiryDraftAct, values: dict[str, str], world: World) -> Decision:
    """A line was written on its page; what comes too late is given back."""
    draft, typed = world.work.enquiry, values.get("text", "").strip()
    if draft is None or draft.id != command.id:
        return given_back(state, words.STALE, (typed,) if typed else (), world)
    problem = words.ADD_EMPTY if not typed else _too_much(draft, typed)
    if problem:
        return Decision(state, form=_form(draft, typed), errors={"text": problem})
    return _with_line(state, draft, typed, world)


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """A plain yes or no to what is shown here, or to the question what to ask."""
    draft = _here(state, world)
    if draft is None:
        return None
    agreed = agreement(said.text, _SEND)
    if agreed is False or leaves(said.text):
        return act(state, EnquiryDraftAct("drop", draft.id), world, pressed=False)
    if agreed is None:
        return None
    if draft.question:
        return _sent(state, draft, world)
    return _shown(state, _put(state, state, draft.id), world, instead=False)


def text(state: State, said: Utterance, world: World) -> Decision | None:
    """The question that was asked for."""
    draft = _here(state, world)
    if draft is None or draft.question or not words_of(said.text):
        return None
    return _shown(state, _tried(draft.id, said.text, world), world, instead=False)


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """A line to add, unless it is a question that a lesson answers (see ``still_here``)."""
    draft = _here(state, world)
    if draft is None or not draft.question or not words_of(said.text):
        return None
    if is_question(said.text) and world.knowledge.match(said.text).band == "answer":
        return None
    problem = _too_much(draft, said.text.strip())
    if problem:
        return kindly(state, problem, world, pressed=False)
    return _with_line(state, draft, said.text.strip(), world)


def still_here(state: State, said: Utterance, decision: Decision, world: World) -> Decision:
    """``decision``, with a word on the question that was shown before it, where it is about something else; a
    question that was answered instead can be added to it."""
    draft = _here(state, world)
    kept = any(isinstance(effect, KeepWork | Forget) for effect in decision.effects)
    if draft is None or not draft.question or not decision.replies or kept:
        return decision
    shown = any(draft.id in choice.says for reply in decision.replies for choice in choices(reply))
    if shown or decision.form or decision.state.doing not in ("", draft.id):
        return decision
    show = Choice(words.SHOW_UNSENT, encode(EnquiryDraftAct("show", draft.id)))
    line = said.text.strip()
    answered = not said.pressed and any(reply.asked for reply in decision.replies)
    adds = answered and not _too_much(draft, line)
    add = [Choice(words.ADD_THIS, encode(EnquiryDraftAct("add", draft.id, unforged(line))))] if adds else []
    *before, last = decision.replies
    blocks = (*last.blocks, Text(words.UNSENT), Choices((*add, show)))
    return replace(decision, replies=(*before, replace(last, blocks=blocks)))


def _drafted(state: State, command: AskAdvisor, world: World) -> EnquiryDraft:
    id = new_id(world.token) if world.token else ""
    if command.question and command.tried == "nothing":
        return _tried(id, command.question, world)
    if command.question:
        return EnquiryDraft(id, unforged(command.question).strip(), command.tried, command.lesson)
    if world.about is None and long_ago(state, world):
        return EnquiryDraft(id)
    return _put(world.about or state, state, id)


def _put(asked: Asked | State, state: State, id: str) -> EnquiryDraft:
    """A question that was asked of the lessons, as it was met; empty where it is no question."""
    if not asked.question:
        return EnquiryDraft(id)
    lesson = asked.lesson or next(iter(state.shown), "")
    return EnquiryDraft(id, asked.question, asked.band or "nothing", lesson)


def _tried(id: str, typed: str, world: World) -> EnquiryDraft:
    """A question that was typed for the advisors, as the lessons meet it."""
    question, kb = unforged(typed).strip(), world.knowledge
    match = kb.match(question)
    answers = kb.finds(question)
    if answers:
        return EnquiryDraft(id, question, "answer", answers)
    likely = [candidate.lesson for candidate in match.candidates] if match.band == "suggest" else match.near
    return EnquiryDraft(id, question, match.band, next(iter(likely), ""))


def _shown(state: State, draft: EnquiryDraft, world: World, *, instead: bool, aside: str = "") -> Decision:
    """What would be sent and to whom, or the question what that should be; ``aside``: another question, whose
    place it takes unsent."""
    if not world.remembers:
        return kindly(state, words.NO_MEMORY, world, pressed=False)
    if world.advising is None:
        return Decision(state, needs="advising")
    if not world.advising.there:
        return kindly(state, nobody(world), world, pressed=False)
    too_long = _too_long(draft.question)
    if too_long:
        draft = replace(draft, question="")
    then = replace(state, doing=draft.id)
    kept = (KeepWork(replace(world.work, enquiry=draft)),)
    drop = Choice(words.DROP, encode(EnquiryDraftAct("drop", draft.id)))
    if not draft.question:
        last = EnquiryDraft(draft.id) if too_long else _put(state, state, draft.id)
        asked = [Text(words.LAST_ASKED.format(date=asked_on(state, world))), Quote(last.question)]
        that = [
            replace(way, label=words.ASK_THAT)
            for way in ways_to_ask(last.question, last.tried, last.lesson, world)
        ]
        what = [Text(too_long or words.WHAT_QUESTION), *(asked if that else ())]
        reply = card([*what, Choices((*that, drop))], world, instead)
        return Decision(then, (reply,), effects=kept, arrived=sent(world))
    said = words.PREVIEW.format(whom=whom(world.advising), organisation=words.ORGANISATION)
    blocks: list[Block] = [Text(words.ASIDE), Quote(aside)] if aside else []
    answers = draft.lesson if draft.tried == "answer" and draft.question != state.question else ""
    if answers in world.knowledge.lessons:
        blocks += [Text(words.ANSWERS), lessons_shown(world.knowledge, (answers,))]
    blocks += [Text(said), Quote(draft.question)]
    blocks += [Quote(f"{words.ADDED}{line}") for line in draft.added]
    told = tried(draft, world.knowledge)
    blocks.append(Text(" ".join(filter(None, (told, words.ADD_HINT)))))
    send = Choice(words.SEND, encode(EnquiryDraftAct("send", draft.id)), primary=True)
    add = Choice(words.ADD, encode(EnquiryDraftAct("add", draft.id)), opens=True)
    clear = [Choice(words.CLEAR, encode(EnquiryDraftAct("clear", draft.id)))] if draft.added else []
    reply = card([*blocks, Choices((send, add, *clear, drop))], world, instead)
    return Decision(then, (reply,), effects=kept, arrived=sent(world))


def _sent(state: State, draft: EnquiryDraft, world: World) -> Decision:
    if world.advising is None:
        return Decision(state, needs="advising")
    if not world.advising.there:
        return kindly(state, nobody(world), world, pressed=False)
    asker = Actor(world.speaker.id, world.name, world.speaker.role == "advisor")
    asked = AskAdvisors(
        draft.id, draft.question, asker, world.private_to, world.zone, draft.tried, draft.lesson, draft.added
    )
    job = Job(ENQUIRIES_PARTITION, asked, key=f"enquiry {draft.id}")
    said = Text(words.ON_ITS_WAY.format(whom=whom(world.advising)))
    return Decision(
        replace(state, doing=""),
        (card([said], world),),
        effects=(KeepWork(replace(world.work, enquiry=None)),),
        jobs=(job,),
    )


def _with_line(state: State, draft: EnquiryDraft, line: str, world: World) -> Decision:
    return _shown(state, replace(draft, added=(*draft.added, unforged(line))), world, instead=False)


def _too_much(draft: EnquiryDraft, line: str) -> str:
    """Why a line doesn't fit; "" where it does."""
    if problem := _too_long(line):
        return problem
    return words.TOO_MANY.format(count=MOST_LINES) if len(draft.added) >= MOST_LINES else ""


def _too_long(text: str) -> str:
    if len(text) <= LONGEST_LINE:
        return ""
    return words.TOO_LONG.format(count=f"{len(text):,}", limit=f"{LONGEST_LINE:,}")


def _form(draft: EnquiryDraft, written: str = "") -> Form:
    entry = TextEntry("text", words.ADD_FIELD, written, LONGEST_LINE, lines=True)
    return Form(encode(EnquiryDraftAct("add", draft.id)), words.ADD_TITLE, (entry,), words.ADD_SUBMIT)


def nobody(world: World) -> str:
    """Why there is nobody to send a question to."""
    return words.NONE_REACHED if world.advised else words.NO_ADVISORS


def _here(state: State, world: World) -> EnquiryDraft | None:
    """The draft, where it was what was shown last here."""
    draft = world.work.enquiry
    return draft if draft is not None and state.doing == draft.id else None
