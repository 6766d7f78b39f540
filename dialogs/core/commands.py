"""Every command, and all the ways to say it."""

from __future__ import annotations

from typing import Literal

from dialogs.core.aspects import Aspect
from dialogs.core.replies import Frozen
from dialogs.reminders.drafting_acts import HowTo, NewDraft, ShowDraft, ShowTemplates
from dialogs.reminders.managing_acts import Advisors, ListReminders, Lists, SetDigest

SmallTalkKind = Literal["greeting", "thanks", "bye", "bot", "how are you", "fine"]


class Help(Frozen, frozen=True):
    """What can you do?"""


class Lessons(Frozen, frozen=True):
    """Browse: all headings, or the lessons of one."""

    heading: str | None = None


class Show(Frozen, frozen=True):
    """Give one lesson in full."""

    lesson: str


class Tell(Frozen, frozen=True):
    """Give one aspect of a named lesson."""

    aspect: Aspect
    lesson: str


class WhyThisAnswer(Frozen, frozen=True):
    """Explain the matching, of a named lesson's answer or of the last one."""

    lesson: str | None = None


class RateAnswer(Frozen, frozen=True):
    """Thumb up or down, for a named lesson's answer or for the last one."""

    up: bool
    lesson: str | None = None


class NoneOfThese(Frozen, frozen=True):
    """None of the suggested lessons was meant."""


class Accept(Frozen, frozen=True):
    """Yes, to what was suggested."""


class MyData(Frozen, frozen=True):
    """Show me what is kept about me."""


class ForgetMe(Frozen, frozen=True):
    """Erase what is kept about me, once I have confirmed it."""


class ConfirmForget(Frozen, frozen=True):
    """Yes, erase it."""


class StartQuiz(Frozen, frozen=True):
    """Ask me some questions."""

    count: int = 0
    """How many; 0 where that wasn't said."""
    topic: str = ""
    """What on, as typed; empty for everything."""


class QuizMissed(Frozen, frozen=True):
    """Ask me again what I got wrong."""


class QuizAct(Frozen, frozen=True):
    """Something done in a quiz."""

    act: Literal["answer", "pick", "next", "stop"]
    run: str = ""
    """The quiz that the button belongs to; empty for the one under way."""
    number: int = 0
    """The question, from 1."""
    letters: str = ""


class StartCheck(Frozen, frozen=True):
    """Check how ready our partnership is."""

    name: str = ""
    """The check's id; empty where that wasn't said."""


class CheckHistory(Frozen, frozen=True):
    """Show my earlier readiness checks."""


class CheckAct(Frozen, frozen=True):
    """Something done in a readiness check."""

    act: Literal["answer", "back", "skip", "pause", "resume", "afresh"]
    run: str = ""
    """The check's run that the button belongs to; empty for the one under way."""
    number: int = 0
    """The step, from 1."""
    value: int = -1


class SmallTalk(Frozen, frozen=True):
    """Pleasantries."""

    kind: SmallTalkKind


class Unknown(Frozen, frozen=True):
    """A command about a lesson or heading that doesn't exist (any more)."""


Command = (
    Help | Lessons | Show | Tell | WhyThisAnswer | RateAnswer | NoneOfThese | Accept | StartQuiz | QuizMissed
    | QuizAct | StartCheck | CheckHistory | CheckAct | NewDraft | ShowDraft | ShowTemplates | HowTo
    | ListReminders | Lists | Advisors | SetDigest | MyData | ForgetMe | ConfirmForget | SmallTalk | Unknown
)  # fmt: skip

# Every command, and all the ways to say it. A message is one of these only as a whole.
TABLE: tuple[tuple[Command, str], ...] = (
    (
        Help(),
        """help | help me | commands | menu | what can you do | what can i ask | what can i ask you |
        what do you do | how do i use this | how do i use you | how can you help""",
    ),
    (
        Lessons(),
        """lessons | all lessons | all the lessons | browse | browse lessons | topics | all topics |
        contents | headings | what are the lessons | what topics do you cover | what do you cover |
        what do you know""",
    ),
    (
        WhyThisAnswer(),
        """why this answer | why that answer | why did you give this answer |
        why did you give that answer | why did i get this answer | why did i get that answer |
        how did you match that | what did you match""",
    ),
    (
        StartQuiz(),
        """quiz | a quiz | quiz me | quiz us | quiz here | test me | another quiz | new quiz | start a quiz |
        do a quiz | take a quiz | lets do a quiz | play a quiz | quiz please""",
    ),
    (
        QuizMissed(),
        """quiz missed | quiz me on what i missed | quiz what i missed | the ones i missed |
        again the ones i missed | what i missed""",
    ),
    (QuizAct("next"), "quiz next | next question | quiz go on | continue the quiz | resume the quiz"),
    (QuizAct("stop"), "quiz stop | stop quiz | stop the quiz | end quiz | end the quiz | quit the quiz"),
    (
        StartCheck(),
        """readiness | readiness check | readiness here | readiness check here | check readiness |
        check our readiness | check my readiness | start readiness | start a readiness check |
        do a readiness check | take the readiness check | run a readiness check""",
    ),
    (
        CheckHistory(),
        """readiness history | our readiness history | my readiness history | readiness results |
        earlier readiness checks | past readiness checks""",
    ),
    (CheckAct("resume"), "readiness resume | readiness go on | resume readiness | continue readiness"),
    (CheckAct("pause"), "readiness pause | readiness stop | stop readiness | pause readiness"),
    (CheckAct("afresh"), "readiness afresh | start afresh | start readiness afresh"),
    (
        NewDraft("remind"),
        """new reminder | a new reminder | reminder | a reminder | remind | create a reminder |
        set a reminder | set up a reminder | make a reminder | add a reminder | start a reminder""",
    ),
    (
        NewDraft("pulse"),
        """new pulse | a new pulse | pulse | a pulse | pulse check | a pulse check | create a pulse |
        set up a pulse | make a pulse | start a pulse | run a pulse""",
    ),
    (ShowDraft(), "draft | the draft | my draft | where was i with the draft | go on with the draft"),
    (ShowTemplates(), "templates | template | all templates | the templates | reminder templates"),
    (
        ListReminders(),
        """reminders | all reminders | the reminders | whats coming | what is coming | our reminders |
        pulses | all pulses | upcoming reminders""",
    ),
    (
        ListReminders(mine=True),
        """my reminders | what do i receive | which reminders do i receive | which reminders do i get |
        stop reminders | stop the reminders | stop my reminders | stop these reminders | stop reminding me |
        mute reminders | unsubscribe""",
    ),
    (Lists(), "lists | all lists | the lists | our lists | my lists"),
    (Advisors(), "advisors | the advisors | our advisors | who are the advisors | who advises"),
    (SetDigest(True), "digest on | weekly digest on | digest | send me the digest | turn the digest on"),
    (
        SetDigest(False),
        """digest off | weekly digest off | no digest | no more digests | stop the digest |
        turn the digest off | turn off the digest""",
    ),
    (
        MyData(),
        """my data | what do you know about me | what do you keep about me |
        what do you store about me | export my data | what have you stored about me |
        what data do you hold on me | what do you hold on me""",
    ),
    (
        ForgetMe(),
        """forget me | forget about me | forget all about me | delete my data | erase my data |
        erase me | delete me""",
    ),
    (ConfirmForget(), "yes forget me"),
    (
        RateAnswer(True),
        """helpful | very helpful | that helped | that helps | that was helpful | thats helpful |
        thumbs up | good answer""",
    ),
    (
        RateAnswer(False),
        """not helpful | unhelpful | not very helpful | that didnt help | that doesnt help |
        that wasnt helpful | wrong | thats not helpful | not useful | thats wrong | wrong answer |
        thumbs down | bad answer | not what i asked | thats not what i asked | not what i meant |
        thats not what i meant""",
    ),
    (
        NoneOfThese(),
        """none of these | none of those | none of them | none | neither | neither of these |
        neither of them | not those | not these | no none of these | no none of those | no | nope |
        no thanks""",
    ),
    (
        Accept(),
        """yes | yes please | yep | yeah | yup | y | yes that one | that one | thats the one |
        thats it | correct | exactly""",
    ),
    (
        SmallTalk("greeting"),
        """hi | hello | hey | hiya | hello there | hi there | hey there | hi all | morning |
        good morning | good afternoon | good evening | afternoon | evening""",
    ),
    (
        SmallTalk("thanks"),
        """thanks | thank you | cheers | ta | thx | many thanks | thanks a lot | thanks very much |
        thank you very much | thank you so much | thanks so much | great thanks | ok thanks |
        lovely thanks | perfect thanks | brilliant thanks | thats great thanks |
        thats helpful thanks | much appreciated | nice one | thanks for that |
        thanks for your help | thank you for your help""",
    ),
    (
        SmallTalk("bye"),
        """bye | goodbye | bye for now | bye bye | see you | see you later | see you soon |
        good night | thats all | thats all for now | thats all thanks | im done""",
    ),
    (
        SmallTalk("bot"),
        """are you a bot | are you a robot | are you human | are you a human | are you a person |
        are you real | are you a real person | are you an ai | are you ai | is this a bot |
        am i talking to a bot | who are you | what are you | whats your name | what is your name |
        who am i talking to""",
    ),
    (
        SmallTalk("how are you"),
        """how are you | how are you doing | how are you today | hows it going | you ok | you alright |
        are you ok""",
    ),
    (
        SmallTalk("fine"),
        """ok | okay | fine | great | good | perfect | brilliant | lovely | excellent | got it |
        i see | understood | noted | makes sense | that makes sense | fair enough | right | sure |
        interesting | ok great | good to know | never mind | nevermind | no problem | forget it |
        lol""",
    ),
)
