"""One lesson as an answer: in full, or the aspect of it that was asked for."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.acts import Aspect
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Reply
from dialogs.questions.ask import answer, offered
from dialogs.questions.said_of import told
from dialogs.questions.tell import tell
from dialogs.wording import conversation as words


def asks_another(state: State, text: str, world: World) -> bool:
    """Whether ``text`` clearly asks for another lesson than the one last given."""
    match = world.knowledge.match(text)
    return match.band == "answer" and match.lesson != state.lesson


def given_lesson(state: State, text: str, lesson: str, aspect: Aspect | None, world: World) -> Decision:
    """One lesson that was pointed at: in full, or the aspect asked for."""
    kb = world.knowledge
    if aspect is None:
        return answer(state, text, world, (lesson,))
    opening = words.LIKELIEST if offered(state) else words.ABOUT
    read = state.told if state.lesson == lesson else ()
    return told_of(state, lesson, text, tell(kb, kb.lessons[lesson], aspect, text, opening, read), world)


def told_of(state: State, lesson: str | None, text: str, reply: Reply, world: World) -> Decision:
    """``reply`` is about ``lesson``, and the list in view stays as it was."""
    read = told(state, world.knowledge.lessons[lesson], reply) if lesson else ()
    then = replace(state, lesson=lesson, headings_shown=False, question=text, band="answer", told=read)
    return Decision(then, (reply,))
