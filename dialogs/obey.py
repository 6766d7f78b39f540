"""What each command comes to: a `case` a command, and the dialog that it leads to."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from dialogs import home
from dialogs.core.acts import meant_by
from dialogs.core.alone import pending
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
    HowItGoes,
    HowTo,
    HowToTeach,
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
    SetAssistant,
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
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.text import is_question
from dialogs.enquiries import asking, audit, lists
from dialogs.insights.dialog import insights
from dialogs.privacy import dialog as privacy
from dialogs.questions import browse, explain, feedback, guide, share
from dialogs.questions.ask import none_of_these
from dialogs.questions.converse import about_message
from dialogs.questions.said_of import told
from dialogs.questions.tell import tell
from dialogs.quiz import dialog as quiz
from dialogs.quiz import starting as start_quiz
from dialogs.readiness import dialog as readiness
from dialogs.reminders import (
    draft_acts,
    drafting,
    drafting_quiz,
    drafting_ways,
    managing,
    managing_lists,
    managing_named,
    open_draft,
)
from dialogs.sessions import starting as together
from dialogs.wording import conversation as words


def obey(state: State, command: Command, said: Utterance, text: str, world: World) -> Decision | None:
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
            given = world.knowledge.lessons[lesson]
            reply = tell(world.knowledge, given, aspect, asked)
            read = told(state, given, reply)
            then = replace(state, lesson=lesson, question=asked, band="answer", follows=lesson, told=read)
            return Decision(then, (reply,))
        case WhyThisAnswer(here=True):
            return explain.message(state, world)
        case WhyThisAnswer(lesson):
            return explain.explain(state, lesson, world)
        case RateAnswer(up, lesson):
            return feedback.rate(state, up, lesson, world, said.pressed)
        case NoneOfThese():
            if pending(state) or said.pressed:
                return none_of_these(state, world)
            return _nod(state, text, world)
        case Accept():
            if pending(state) and len(state.shown) == 1:
                return browse.show_lesson(state, state.shown[0], world)
            if pending(state):
                return browse.which_one(state, world)
            return _nod(state, text, world)
        case Join():
            return together.join(state, command, world)
        case StartHere():
            return together.start(state, command, world)
        case AnswerHere():
            return together.answer_here(state, command, text)
        case SteerHere():
            return together.steer(state, command, world)
        case HowItGoes(counted):
            going = together.how_it_goes(state, world)
            if going is None and counted:
                return guide.nothing_open(state)
            return going or guide.small_talk(state, "how are you", world)
        case StartQuiz(count, topic):
            return start_quiz.start(state, count, topic, world)
        case CatchUp(session):
            return start_quiz.catch_up(state, session, world)
        case QuizMissed():
            return start_quiz.start_missed(state, world)
        case QuizAct():
            return quiz.act(state, command, world, said.pressed)
        case StartCheck(name):
            return readiness.start(state, name, world)
        case CheckHistory(of):
            return (
                together.history_here(state, of, world)
                if world.reference
                else readiness.history(state, of, world)
            )
        case CheckAct():
            return readiness.act(state, command, world, said.pressed)
        case DraftAct():
            return draft_acts.act(state, command, world, said.pressed)
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
            return draft_acts.show(state, world)
        case ShowTemplates():
            return drafting_ways.templates(state, world)
        case HowTo():
            return open_draft.changed_itself(state, said, world) or drafting_ways.how_to(state, world)
        case ListReminders():
            return managing.reminders(state, command, world, said.pressed)
        case ChangeSeries():
            return managing_named.change(state, command, world)
        case SteerNamed():
            return managing_named.steer_named(state, command, said, world)
        case Lists():
            return managing_lists.lists(state, world)
        case Advisors():
            advises = world.speaker.role == "advisor"
            return managing_lists.advisors(state, world) if advises else lists.who_advises(state, world)
        case SetList():
            return managing_lists.set_list(state, command, said.named, world)
        case ChangeList():
            return _add_to(state, command, said, world)
        case DropList():
            return managing_lists.drop_list(state, command, world)
        case ChangeAdvisor():
            return managing_lists.change_advisor(state, command, said.named, world)
        case SetAssistant():
            return managing_lists.set_assistant(state, command, said.named, world)
        case SetDigest():
            return managing_lists.set_digest(state, command, world)
        case AskAdvisor():
            return asking.ask_advisor(state, command, world)
        case EnquiryDraftAct():
            return asking.act(state, command, world, said.pressed)
        case Enquiries():
            return lists.listed(state, world, mine=False)
        case TaughtLessons():
            return lists.taught(state, world)
        case HowToTeach():
            return lists.how_to_teach(state, world)
        case Audit():
            return audit.audit(state, world)
        case Insight():
            return insights(state, command, world)
        case MyEnquiries(add) if add:
            return lists.added(state, add, world)
        case MyEnquiries():
            return lists.listed(state, world, mine=True)
        case ShareAnswer():
            return share.share(state, command, said.named, world)
        case ShareDraftAct():
            return share.act(state, command, world, said.pressed)
        case MyData(kind, page):
            return privacy.my_data(state, kind, page, world)
        case ForgetMe():
            return privacy.forget_me(state, world)
        case ConfirmForget():
            return privacy.confirmed(state, text, world)
        case SmallTalk("call off" as kind):
            return managing_named.called_off(state, said, world) or guide.small_talk(state, kind, world)
        case SmallTalk(kind):
            return guide.small_talk(state, kind, world)
        case Unknown():
            return browse.unknown(state, world, said.pressed)
        case _:
            assert_never(command)


def _add_to(state: State, command: ChangeList, said: Utterance, world: World) -> Decision | None:
    """Change a list; where there is none such, whom a reminder goes to: "add @asha to the monday one"."""
    if not managing_lists.names_list(command, world):
        done = open_draft.changed_itself(state, said, world) or managing_named.otherwise(state, said, world)
        if done is not None:
            return done
    return managing_lists.change_list(state, command, said.named, world)


def _nod(state: State, text: str, world: World) -> Decision | None:
    """A yes or no to nothing that was asked; None where it asks for one: "correct?", "so no then"."""
    if state.lesson and (is_question(text) or meant_by(text).act == "verdict"):
        return None
    return guide.small_talk(state, "fine", world)
