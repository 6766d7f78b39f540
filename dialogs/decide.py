"""The one entrance: what a turn comes to.

Every dialog behind it is a pure function, so a decision may be made again with the same outcome.
"""

from __future__ import annotations

from functools import cache, partial
from typing import assert_never

from msgspec.structs import replace

from dialogs import home, offered, open_matters, pane
from dialogs.around import finished, known, moved_on, quoting
from dialogs.core import router
from dialogs.core.alone import kindly, pressed
from dialogs.core.commands import (
    Accept,
    Advisors,
    Again,
    AnswerHere,
    AskAbout,
    AskAdvisor,
    Audit,
    CatchUp,
    ChangeAdvisor,
    ChangeList,
    ChangeSeries,
    CheckAct,
    CheckHistory,
    CheckIn,
    Command,
    ConfirmForget,
    DraftAct,
    DropList,
    Enquiries,
    EnquiryDraftAct,
    ForgetMe,
    Help,
    Home,
    HowTo,
    Insight,
    Join,
    Lessons,
    ListReminders,
    Lists,
    MakeQuiz,
    MakeSeries,
    MyData,
    MyEnquiries,
    NewDraft,
    NoneOfThese,
    QuizAct,
    QuizMissed,
    RateAnswer,
    SetDigest,
    SetList,
    ShareAnswer,
    ShareDraftAct,
    Show,
    ShowDraft,
    ShowTemplates,
    SmallTalk,
    StartCheck,
    StartHere,
    StartQuiz,
    SteerHere,
    SteerNamed,
    TaughtLessons,
    Tell,
    Unknown,
    UseTemplate,
    WhyThisAnswer,
)  # fmt: skip
from dialogs.core.model import (
    Decision,
    Event,
    HomeOpened,
    Looked,
    Opened,
    PaneOpened,
    State,
    Submitted,
    Utterance,
    World,
)
from dialogs.core.replies import Reply, Text
from dialogs.core.text import LONGEST, clean, without_courtesies
from dialogs.core.text import words as words_of
from dialogs.enquiries import asking
from dialogs.insights.dialog import insights
from dialogs.privacy import dialog as privacy
from dialogs.questions import browse, explain, feedback, guide, share
from dialogs.questions.ask import ask, none_of_these, pending
from dialogs.questions.converse import about_message, converse, unheard
from dialogs.questions.tell import tell
from dialogs.quiz import dialog as quiz
from dialogs.readiness import dialog as readiness
from dialogs.reminders import (
    drafting,
    drafting_quiz,
    drafting_ways,
    managing,
    managing_lists,
    managing_named,
    open_draft,
    waiting,
)
from dialogs.sessions import starting as together
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
                return unheard(state)
            if event.edited and not (world.message and state.last == world.message):
                return unheard(state)  # the talk has moved on, or it was no question
            decision = _hear(quoting(state, event, world), event, world)
            if decision.needs or not decision.heard:
                return decision
            decision = open_draft.still_here(state, moved_on(state, decision), world)
            return finished(state, event, world, decision)
        case Submitted():
            return _submitted(state, event, world)
        case Looked():
            return unheard(state)


def _submitted(state: State, event: Submitted, world: World) -> Decision:
    """A form that concerns the conversation; those of sessions and series go to their own turns."""
    command = router.understand(Utterance(event.says, pressed=True), world)
    if isinstance(command, EnquiryDraftAct) and command.act == "add":
        return asking.submitted(state, command, event.values, world)
    if not isinstance(command, DraftAct) or command.act != "form":
        return unheard(state)
    refused = _refused(state, command, world, pressed=True)
    return refused or drafting.submitted(state, command, event.values, world)


def _hear(state: State, said: Utterance, world: World) -> Decision:
    """Words are tried against what is open, then as a command, then as a question to the deck."""
    said = offered.in_full(state, said, world)
    understood = cache(partial(router.understand, said, world))
    if not said.pressed:
        taken = open_matters.typed(state, said, world, understood)
        if taken:
            return taken
    text = clean(said.text)
    typed = said.addressed and not said.pressed
    labelled = offered.latest(state, text) if typed else ()
    command = None if labelled else understood()
    if typed and not labelled and (command is None or "button" in router.row_of(command).yields_to):
        labelled = offered.earlier(state, text, world)
    if len(labelled) > 1:
        return offered.which(state, labelled, world)
    if labelled:
        text = labelled[0].says
        said = Utterance(text)
        if router.route(said, world.place) is not None:
            return pressed(state, text, world)
        command = router.understand(said, world)
    if command is not None:
        # A stranger's "thanks" or "yes" in a thread is meant for somebody else.
        if not said.addressed and world.speaker.id not in state.asked_by:
            return unheard(state)
        done = _refused(state, command, world, said.pressed) or _obey(state, command, said, text, world)
        if done is not None:
            return done
    if not said.pressed:
        taken = open_matters.otherwise(state, said, world)
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
        or waiting.not_understood(state, said, world)
        or offered.not_understood(state, said, world)
        or converse(state, question, said.addressed, world)
    )


def _refused(state: State, command: Command, world: World, pressed: bool) -> Decision | None:
    """Why ``command`` can't be said here or by the speaker, as the table has it; None where it can."""
    if not router.belongs(command, world):
        return kindly(state, session_words.NOT_HERE, world, pressed)
    if not router.permitted(command, world):
        return kindly(state, router.row_of(command).refusal, world, pressed)
    return None


def _obey(state: State, command: Command, said: Utterance, text: str, world: World) -> Decision | None:
    """Carry out ``command``; None where it turns out to be none: its words name nothing that there is."""
    match command:
        case Help():
            return guide.help_(state, world)
        case Home():
            return home.sent_page(state, world)
        case AskAbout(about):
            return about_message(state, about, said, world)
        case Lessons(heading):
            return browse.lessons(state, heading, world)
        case Show(lesson):
            return browse.show_lesson(state, lesson, world)
        case Tell(aspect, lesson):
            asked = words.ASPECT_BUTTONS.get(aspect, text)  # the button's words, not what it says to us
            reply = tell(world.knowledge, world.knowledge.lessons[lesson], aspect, asked)
            return Decision(
                replace(state, lesson=lesson, question=asked, band="answer", follows=lesson), (reply,)
            )
        case WhyThisAnswer(lesson):
            return explain.explain(state, lesson, world)
        case RateAnswer(up, lesson):
            return feedback.rate(state, up, lesson, world, said.pressed)
        case NoneOfThese():
            if pending(state) or said.pressed:
                return none_of_these(state, world)
            return guide.small_talk(state, "fine", world)
        case Accept():
            if pending(state) and len(state.shown) == 1:
                return browse.show_lesson(state, state.shown[0], world)
            if pending(state):
                return browse.which_one(state, world)
            return guide.small_talk(state, "fine", world)
        case Join():
            return together.join(state, command, world)
        case StartHere():
            return together.start(state, command, world)
        case AnswerHere():
            return together.answer_here(state, command, text)
        case SteerHere():
            return together.steer(state, command, world)
        case StartQuiz(count, topic):
            return quiz.start(state, count, topic, world)
        case CatchUp(session):
            return quiz.catch_up(state, session, world)
        case QuizMissed():
            return quiz.start_missed(state, world)
        case QuizAct():
            return quiz.act(state, command, world, said.pressed)
        case StartCheck(name):
            return readiness.start(state, name, world)
        case CheckHistory():
            return (together.history_here if world.reference else readiness.history)(state, world)
        case CheckAct():
            return readiness.act(state, command, world, said.pressed)
        case DraftAct():
            return drafting.act(state, command, world, said.pressed)
        case UseTemplate():
            return drafting.use(state, command, world)
        case CheckIn():
            return drafting.check_in(state, command, world)
        case Again():
            return drafting.again(state, command, world)
        case MakeSeries(read):
            return drafting.make(state, read, said.named, world)
        case MakeQuiz(read_quiz):
            return drafting_quiz.make(state, read_quiz, said.named, world)
        case NewDraft(kind):
            return drafting.new(state, kind, world, said.pressed)
        case ShowDraft():
            return drafting.show(state, world)
        case ShowTemplates():
            return drafting_ways.templates(state, world)
        case HowTo():
            return drafting_ways.how_to(state, world)
        case ListReminders():
            return managing.reminders(state, command, world, said.pressed)
        case ChangeSeries():
            return managing.change(state, command, world)
        case SteerNamed():
            return managing_named.steer_named(state, command, world)
        case Lists():
            return managing_lists.lists(state, world)
        case Advisors():
            return managing_lists.advisors(state, world)
        case SetList():
            return managing_lists.set_list(state, command, said.named, world)
        case ChangeList():
            return managing_lists.change_list(state, command, said.named, world)
        case DropList():
            return managing_lists.drop_list(state, command, world)
        case ChangeAdvisor():
            return managing_lists.change_advisor(state, command, said.named, world)
        case SetDigest():
            return managing_lists.set_digest(state, command, world)
        case AskAdvisor():
            return asking.ask_advisor(state, command, world)
        case EnquiryDraftAct():
            return asking.act(state, command, world, said.pressed)
        case Enquiries():
            return asking.listed(state, world, mine=False)
        case TaughtLessons():
            return asking.taught(state, world)
        case Audit():
            return asking.audit(state, world)
        case Insight():
            return insights(state, command, world)
        case MyEnquiries():
            return asking.listed(state, world, mine=True)
        case ShareAnswer():
            return share.share(state, command, said.named, world)
        case ShareDraftAct():
            return share.act(state, command, world, said.pressed)
        case MyData():
            return privacy.my_data(state, world)
        case ForgetMe():
            return privacy.forget_me(state, world)
        case ConfirmForget():
            return privacy.confirmed(state, text, world)
        case SmallTalk(kind):
            return guide.small_talk(state, kind, world)
        case Unknown():
            return browse.unknown(state, world, said.pressed)
        case _:
            assert_never(command)


def _pressed_question(state: State, question: str, world: World) -> Decision:
    """A press that is no command: an example question, or a button that we no longer know."""
    match = world.knowledge.match(question)
    if match.band == "answer" and router.lacking(Utterance(question)) is None:
        return ask(state, question, world, match)
    return browse.unknown(state, world, pressed=True)
