"""Every command, and the one table of the ways to say them."""

from __future__ import annotations

from dialogs.core.commands.advisor_settings import (
    Advisors,
    ChangeAdvisor,
    ChangeList,
    DropList,
    Lists,
    SetAssistant,
    SetDigest,
    SetList,
)
from dialogs.core.commands.alone import (
    CatchUp,
    CheckAct,
    CheckHistory,
    QuizAct,
    QuizMissed,
    StartCheck,
    StartQuiz,
    quiz_asked,
)
from dialogs.core.commands.drafting import (
    Again,
    CheckIn,
    DraftAct,
    HowTo,
    MakeQuiz,
    MakeSeries,
    NewDraft,
    ShowDraft,
    ShowTemplates,
    UseTemplate,
)
from dialogs.core.commands.enquiries import (
    AdvisoryAct,
    AskAdvisor,
    Audit,
    Enquiries,
    EnquiryAct,
    EnquiryDraftAct,
    HowToTeach,
    MyEnquiries,
    QuestionAct,
    TaughtAct,
    TaughtLessons,
    TeachingAct,
)
from dialogs.core.commands.in_channel import AnswerHere, HowItGoes, SteerHere
from dialogs.core.commands.insights import Insight
from dialogs.core.commands.managing import (
    ALL,
    SNOOZES,
    ChangeSeries,
    ListReminders,
    SeriesAct,
)
from dialogs.core.commands.naming import SteerNamed
from dialogs.core.commands.own_data import ConfirmForget, ForgetMe, MyData
from dialogs.core.commands.questions import (
    Accept,
    AskAbout,
    Help,
    Home,
    Lessons,
    NoneOfThese,
    RateAnswer,
    Show,
    Tell,
    Unknown,
    WhyThisAnswer,
)
from dialogs.core.commands.series_sentence import sentence
from dialogs.core.commands.sessions import (
    Join,
    SessionAct,
    StartHere,
    asked_here,
    join,
    short_answer,
)
from dialogs.core.commands.sharing import ShareAnswer, ShareDraftAct
from dialogs.core.commands.small_talk import SmallTalk, SmallTalkKind
from dialogs.core.commands.table import TABLE, encode

Command = (
    StartQuiz
    | CatchUp
    | QuizMissed
    | QuizAct
    | StartCheck
    | CheckHistory
    | CheckAct
    | NewDraft
    | ShowDraft
    | ShowTemplates
    | HowTo
    | UseTemplate
    | CheckIn
    | Again
    | DraftAct
    | MakeSeries
    | MakeQuiz
    | ListReminders
    | ChangeSeries
    | SteerNamed
    | Lists
    | SetList
    | ChangeList
    | DropList
    | Advisors
    | ChangeAdvisor
    | SetDigest
    | AskAdvisor
    | EnquiryDraftAct
    | Enquiries
    | HowToTeach
    | TaughtLessons
    | Insight
    | Audit
    | MyEnquiries
    | ShareAnswer
    | ShareDraftAct
    | Help
    | AskAbout
    | Home
    | Lessons
    | Show
    | Tell
    | WhyThisAnswer
    | RateAnswer
    | NoneOfThese
    | Accept
    | MyData
    | ForgetMe
    | ConfirmForget
    | SmallTalk
    | Unknown
    | Join
    | StartHere
    | AnswerHere
    | HowItGoes
    | SteerHere
)
"""What a conversation carries out; ``SessionAct``, ``SeriesAct`` and ``EnquiryAct`` belong to a session, a
series and an enquiry."""
