"""What is typed while a quiz for one person is under way: letters, "next", "stop", "how many are left"."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.agreement import asks_where, leaves
from dialogs.core.alone import astray, further_up, idle, kindly, read_as, repeating, shown_at
from dialogs.core.commands import QuizAct
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice
from dialogs.core.slips import mended
from dialogs.core.text import clean, normal
from dialogs.core.text import words as words_of
from dialogs.manners import CLOSERS, FILLERS, LINKS, YES_OR_NO, before, behind
from dialogs.quiz.cards import letter
from dialogs.quiz.dialog import act, explained, shown_now, stop, under_way, which
from dialogs.wording import quiz as words
from knowledge import QuizQuestion

_LETTERS = re.compile(
    before(
        FILLERS,
        LINKS,
        YES_OR_NO,
        r"i (?:believe|say|choose|pick)|i'd (?:say|guess|go (?:for|with))|"
        r"i'll (?:say|try|take|go (?:for|with))|probably|must be|"
        r"(?:my|the) answer is|is it|it's|it is|that's|could it be|answer|option|letter",
    )
    + r"([a-e](?:(?: and | & |[ ,;+/]+)[a-e])*|[a-e]{2,5})"
    + behind(CLOSERS, r"i (?:think|guess)|maybe|perhaps|probably|then")
    + r"[.!?)]*",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[a-e][.!?)]?", re.IGNORECASE)
_LEFT = re.compile(
    r"how many (?:(?:more )?questions )?(?:(?:are |is |have i |do i have )?(?:there )?(?:still )?(?:got )?"
    r"(?:left|remaining|to go)|more(?: questions)?(?: are there)?)(?: to go)?"
)
_ON = {"next", "next please", "go on", "continue", "ok", "okay", "carry on"}
_SKIP = {"skip", "pass", "skip it", "skip this", "skip this one", "skip that one", "skip the question"}
_GUESSING = {"dont know", "i dont know", "no idea", "not sure", "dunno", *_SKIP}
_WHY = {"why", "why is that", "why so", "why not", "how come", "but why", "why was that", "explain"}
"""Asked of the answer that was shown last."""
_PLACE = re.compile(r"(?:(?:the|number|option|answer) )*(?:\d|first|second|third|fourth|last)(?: one)?")
"""A place among the answers, which go by letters."""
_STOP_HERE = ("stop the quiz", "end the quiz", "quit the quiz", "stop quiz", "end quiz", "quit quiz")
"""Commands, read here once their slips are mended."""
_STOP = {"stop", "stop please", "quit", "end", "im done", "enough", "cancel", "exit"}
_KNOWN = frozenset(word for way in (*_STOP, *_STOP_HERE) for word in way.split())


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """Words typed in a direct chat while a quiz is under way; None where they mean anything else."""
    meant = _meant(state, said, world)
    if meant is None and normal(clean(said.text)) in _WHY and world.place.kind == "direct":
        return explained(state, world)
    return act(state, meant, world, pressed=False) if isinstance(meant, QuizAct) else meant


def buttons(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as a button."""
    meant = _meant(state, said, world)
    if not isinstance(meant, QuizAct):
        return ()
    says = replace(said, text=words.QUIZ_GO_ON) if meant.act == "next" else said
    return (repeating(words.QUIZ, says, meant),)


def asked(state: State, said: Utterance, world: World) -> float:
    """When it was shown here last."""
    return shown_at(state, world.work.quiz.id) if world.work.quiz else 0.0


def unclear(state: State, said: Utterance, world: World) -> Decision | None:
    """A word or two that neither answer the question shown last nor ask anything else."""
    run, questions = under_way(world)
    if run is None or state.doing != shown_now(run):
        return None
    meant = mended(words_of(clean(said.text)), _KNOWN)
    if meant in _STOP or meant in _STOP_HERE:
        return read_as(meant, stop(state, run, world))
    if _PLACE.fullmatch(clean(said.text).casefold().rstrip(" .!")) and world.place.kind == "direct":
        return kindly(state, which(questions[len(run.given)]), world, pressed=False)
    return astray(state, clean(said.text), which(questions[len(run.given)]), world)


def _meant(state: State, said: Utterance, world: World) -> QuizAct | Decision | None:
    """The act that typed words are, or what to say to them."""
    run, questions = under_way(world)
    if run is None or world.place.kind != "direct":
        return None
    number = len(run.given) + 1
    asked = state.doing == shown_now(run) or (idle(state) and not run.given)
    text = clean(said.text)
    plain = normal(text)
    letters = _letters(text, plain, questions[number - 1])
    if not asked and state.doing != run.id:
        # The talk has gone elsewhere since. What can be for the quiz only has it shown again: answers count.
        above = further_up(state, run.id, world)
        if above and plain in _STOP:
            return QuizAct("stop", run.id)
        again = above and (_LETTERS.fullmatch(text) or plain in _SKIP or asks_where(text))
        return QuizAct("next", run.id, number) if again or _LETTER.fullmatch(text) else None
    if asks_where(text):
        return QuizAct("next", run.id, number)
    if plain in _STOP or leaves(text):
        return QuizAct("stop", run.id)
    if not asked:
        # The next question hasn't been seen yet, so no letter can be meant for it.
        return QuizAct("next", run.id, number) if plain in _ON or letters else None
    if letters:
        return QuizAct("answer", run.id, number, letters)
    if _LEFT.fullmatch(plain):
        return kindly(
            state,
            words.QUIZ_LEFT[min(len(questions) - number, 2)].format(count=len(questions) - number),
            world,
            pressed=False,
        )
    return kindly(state, words.QUIZ_GUESS, world, pressed=False) if plain in _GUESSING else None


def _letters(text: str, said: str, question: QuizQuestion) -> str:
    if question.kind == "truth" and said in {"true", "false"}:
        return letter(
            next(at for at, option in enumerate(question.options) if option.text.casefold() == said)
        )
    found = _LETTERS.fullmatch(text.replace("’", "'"))
    if not found:
        return ""
    together = len(found[1]) > 1 and found[1].isalpha()
    return "" if together and question.kind != "several" else found[1].casefold()
