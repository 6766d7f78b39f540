"""The one entrance: what a turn comes to.

Every dialog behind it is a pure function, so a decision may be made again with the same outcome.
"""

from __future__ import annotations

from dialogs import home, offered, open_matters, pane
from dialogs.around import finished, known, moved_on, quoting
from dialogs.core import router
from dialogs.core.alone import kindly, pressed
from dialogs.core.commands import Command, DraftAct, EnquiryDraftAct, NewDraft
from dialogs.core.events import Event, HomeOpened, Looked, Opened, PaneOpened, Searched, Submitted, Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Reply, Text
from dialogs.core.text import LONGEST, clean, without_courtesies
from dialogs.core.text import words as words_of
from dialogs.enquiries import asking, under_card
from dialogs.obey import obey
from dialogs.questions import browse, guide, search
from dialogs.questions.ask import ask
from dialogs.questions.converse import converse, unheard
from dialogs.reminders import draft_acts, draft_in_view, drafting, waiting_otherwise
from dialogs.wording import conversation as words
from dialogs.wording import sessions as session_words


def decide(state: State, event: Event, world: World) -> Decision:
    """What ``event`` leads to in a conversation that stands at ``state``. Never raises for any input."""
    state = known(state, world)
    match event:
        case Opened():
            return guide.welcome(state, world)
        case HomeOpened():
            return home.page(state, world)
        case PaneOpened():
            return pane.prompts(state, world)
        case Utterance():
            if not event.addressed and not state.asked_by and not world.waiting:
                asked = under_card.typed(state, event, world)
                return finished(state, event, world, asked) if asked else unheard(state)
            if event.edited and not (world.message and state.last == world.message):
                return unheard(state)  # the talk has moved on, or it was no question
            begun = quoting(state, event, world)
            decision = _hear(begun, event, world)
            if decision.needs or not decision.heard:
                return decision
            decision = draft_in_view.still_here(state, moved_on(begun, decision), world)
            decision = asking.still_here(state, event, decision, world)
            return finished(state, event, world, decision)
        case Submitted():
            return _submitted(state, event, world)
        case Searched(text):
            return search.search(state, text, world)
        case Looked():
            return unheard(state)


def _submitted(state: State, event: Submitted, world: World) -> Decision:
    """A form that concerns the conversation; those of sessions and series go to their own turns."""
    command = router.understand(Utterance(event.says, pressed=True), world)
    if isinstance(command, EnquiryDraftAct) and command.act == "add":
        return asking.submitted(state, command, event.values, world)
    if not isinstance(command, DraftAct | NewDraft) or getattr(command, "act", "form") != "form":
        return unheard(state)
    refused = _refused(state, command, world, pressed=True)
    if refused:
        return refused
    if isinstance(command, NewDraft):
        return drafting.filled_in(state, command.kind, event, world)
    return draft_acts.submitted(state, command, event, world)


def _hear(state: State, said: Utterance, world: World) -> Decision:
    """Words are tried against what is open, then as a command, then as a question to the deck."""
    said = offered.in_full(state, said, world)
    command = router.understand(said, world)
    if not said.pressed:
        taken = open_matters.typed(state, said, world, command)
        if taken:
            return taken
    text = clean(said.text)
    typed = said.addressed and not said.pressed
    labelled = offered.latest(state, text, world) if typed else ()
    if typed and not labelled and (command is None or "button" in router.row_of(command).yields_to):
        labelled = offered.earlier(state, text, world)
    if len(labelled) > 1:
        return offered.which(state, labelled, world)
    if labelled:
        text = labelled[0].says
        if router.act_of(text, world.place) is not None:
            return pressed(state, text, world)
        said = Utterance(text)
        command = router.understand(said, world)
    if command is not None:
        # A stranger's "thanks" or "yes" in a thread is meant for somebody else.
        if not said.addressed and world.speaker.id not in state.asked_by:
            about = waiting_otherwise.about_it(state, said, world) if world.above else None
            return about or unheard(state)
        done = _refused(state, command, world, said.pressed) or obey(state, command, said, text, world)
        if done is not None:
            return done
    if not said.pressed:
        taken = under_card.typed(state, said, world) or open_matters.otherwise(state, said, world)
        if taken:
            return taken
    if len(text) > LONGEST:
        return guide.too_long(state, LONGEST) if said.addressed else unheard(state)
    if not words_of(text):
        if not said.addressed:
            return unheard(state)
        if said.files:
            return Decision(state, (Reply((Text(words.FILES_SAY),)),))
        return guide.no_words(state, world) if text else guide.greet_empty(state, world)
    question = without_courtesies(text)
    if said.pressed:
        return _pressed_question(state, question, world)
    return (
        guide.lacking(state, said, world)
        or guide.near_command(state, said, world)
        or waiting_otherwise.not_understood(state, said, world)
        or offered.not_understood(state, said, world)
        or converse(state, question, said.addressed, world, tried=text if said.addressed else "")
    )


def _refused(state: State, command: Command, world: World, pressed: bool) -> Decision | None:
    """Why ``command`` can't be said here or by the speaker, as the table has it; None where it can."""
    if not router.belongs(command, world):
        return kindly(state, session_words.NOT_HERE, world, pressed)
    if not router.permitted(command, world):
        return kindly(state, router.row_of(command).refusal, world, pressed)
    return None


def _pressed_question(state: State, question: str, world: World) -> Decision:
    """A press that is no command: an example question, or a button that we no longer know."""
    match = world.knowledge.match(question)
    if match.band == "answer" and router.lacking(Utterance(question)) is None:
        return ask(state, question, world, match)
    return browse.unknown(state, world, pressed=True)
