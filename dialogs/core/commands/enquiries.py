"""Commands about questions that are put to the advisors."""

from __future__ import annotations

import re
from typing import Literal, get_args

from dialogs.core.acts import is_surely
from dialogs.core.commands.row import HeardText, HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.talk import spoken
from dialogs.core.commands.wire import Wire
from dialogs.core.enquiry_model import AdvisorAct, AskerAct, EnquiryActName, Tried
from dialogs.core.replies import Frozen
from dialogs.core.teaching_model import QuestionChange, TaughtChange
from dialogs.core.text import normal
from dialogs.manners import ASKED, LEAD
from dialogs.wording import lacking


class AskAdvisor(Frozen, frozen=True):
    """Put a question to the advisors."""

    question: str = ""
    """As typed; empty for the one that was asked last."""
    tried: Tried = "nothing"
    """How it was met."""
    lesson: str = ""
    """The lesson given for it, or nearest to it."""


class EnquiryDraftAct(Frozen, frozen=True):
    """Something done to a question that is shown before it is sent."""

    act: Literal["show", "send", "add", "clear", "drop"]
    id: str
    text: str = ""
    """The line that is added."""


class EnquiryAct(Frozen, frozen=True):
    """Something done to a question that was put to the advisors."""

    act: EnquiryActName | Literal["show"]
    enquiry: str
    """Its id."""
    text: str = ""
    """What is said with it."""


class TaughtAct(Frozen, frozen=True):
    """Something done to a taught lesson that is named."""

    act: TaughtChange | Literal["show"]
    lesson: str
    """Its id."""


class TeachingAct(Frozen, frozen=True):
    """Teaching from a topic that no lesson answers, or something done to what was tried out so."""

    act: Literal["from", "change", "keep", "drop"]
    id: str
    """Of the topic (``insights.clusters.cluster_id``), else of the lesson to come."""


class QuestionAct(Frozen, frozen=True):
    """Something done to a quiz question of the advisors' own, or to all of them."""

    act: QuestionChange | Literal["new", "edit", "show", "list"]
    question: str = ""
    """Its id; empty for a new one, and for the list."""


AdvisoryAct = EnquiryAct | TaughtAct | TeachingAct | QuestionAct
"""Something done to what was put to the advisors, or to what they teach."""


class TaughtLessons(Frozen, frozen=True):
    """What have advisors taught?"""


class HowToTeach(Frozen, frozen=True):
    """How is a lesson taught?"""


class Audit(Frozen, frozen=True):
    """What have advisors done?"""


class Enquiries(Frozen, frozen=True):
    """Which questions wait for an advisor."""


class MyEnquiries(Frozen, frozen=True):
    """What became of the questions that I put to the advisors."""

    add: str = ""
    """A line for the one that is open, as typed; empty to see them."""


_ASKED = re.compile(
    rf"{LEAD}{ASKED}{LEAD}(?:ask|put (?:it|this) to) "
    r"(?:an?|the|our|your|my|some) advis[eo]rs?(?:\s*[:,–-]\s*| (?:about|if|whether|this|to explain) )"
    r"(?P<question>.*\w.*)",
    re.IGNORECASE,
)

_MINE = (
    r"(?:(?:my|our) (?:last |open |other |earlier )?(?:questions?|enquir(?:y|ies))"
    r"|the questions? (?:that )?(?:i|we) (?:asked|sent|put|passed on))"
    r"(?: to (?:you|them|an advisor|the advisors))?"
)
_SOMEBODY = r"(?:any ?(?:one|body)|some ?(?:one|body)|an advisor|the advisors?|they)"
_BECAME = re.compile(
    rf"{LEAD}(?:(?:has|have|was|were|is|are|did|will) {_MINE} "
    r"(?:been |be |get |still )*"
    r"(?:answered|taken|seen|read|sent|received|arrived?|open|waiting|looked at|replied to|passed on|there)"
    rf"|(?:has|have|did|will|is|are) {_SOMEBODY} .{{3,30}}? {_MINE}"
    rf"|what(?:s| is| has)? (?:happened|happening|become|became|going on|the (?:state|status|news)|new) "
    rf"(?:to|of|with|on|about) {_MINE}"
    r"|(?:is there )?any (?:news|answers?|reply|replies|updates?|progress|word)(?: yet)? "
    rf"(?:on|to|about|for) {_MINE}|where(?:s| is| are)? {_MINE}"
    rf"|who(?:s| is| has)? (?:got|has|have|took|taken|answers|answering|looking at) {_MINE}"
    rf"|{ASKED}(?:show|list)(?: me)? (?:all )?my questions"
    rf"|{ASKED}{LEAD}(?:withdraw|cancel|take back|retract|delete|drop) {_MINE})"
    r"(?: (?:yet|now|so far|still|again|at all|by anyone|by anybody|by an advisor))*"
)
"""What somebody asks of a question that they put to the advisors."""
_ADDED = re.compile(
    rf"{LEAD}{ASKED}add (?:(?:this|that|a line) )?to (?:my|our) (?:last |open )?(?:question|enquiry)"
    r"(?:\s*[:,–-]\s*|\s+(?:that\s+)?)(?P<line>\S.*)",
    re.IGNORECASE,
)

_TRIED = "|".join(get_args(Tried))
_CHANGES = "|".join((*get_args(TaughtChange), "show"))
_QUESTION_ACTS = "|".join((*get_args(QuestionChange), "edit", "show"))


def _asked(heard: HeardText) -> Frozen | None:
    found = _ASKED.fullmatch(heard.text)
    return AskAdvisor(found["question"]) if found else None


_PERSON = spoken({"person": AskAdvisor()})


def _wants_a_person(heard: HeardText) -> Frozen | None:
    """Somebody who'd rather talk to a person says so in any words, unless a lesson answers them."""
    asked = _PERSON(heard)
    named = bool(heard.said.named)  # then it is that one, and not ours: "hand over to @bryn"
    if asked is None and not named and is_surely("person", heard.text):
        asked = None if heard.world.knowledge.match(heard.text).band == "answer" else AskAdvisor()
    return asked


def _became(heard: HeardText) -> Frozen | None:
    added = _ADDED.fullmatch(heard.text)
    if added:
        return MyEnquiries(added["line"])
    return MyEnquiries() if _BECAME.fullmatch(normal(heard.text)) else None


ROWS = (
    Row(
        EnquiryAct,
        wires=(
            Wire(
                EnquiryAct, f"enquiry {{act:{'|'.join(get_args(AdvisorAct))}}} {{enquiry:id}} {{text:words?}}"
            ),
        ),
        to="enquiry",
        who="advisors",
        lacks=Lacks(
            r"take (?:it|this|that|one)|give it back|not for us|"
            r"answer(?: (?:it|this|that)|\s*:.*)?|point to a lesson",
            lacking.QUEUED,
            "queue",
            labels="answer and teach | only send the answer | look at it and send",
        ),
    ),
    Row(
        EnquiryAct,
        wires=(
            Wire(
                EnquiryAct,
                f"enquiry {{act:{'|'.join((*get_args(AskerAct), 'show'))}}} {{enquiry:id}} {{text:words?}}",
            ),
        ),
        to="enquiry",
        lacks=Lacks(
            r"withdraw|add (?:(?:this|that|a line) )?to (?:my|our) (?:last |open )?question",
            lacking.OWN_ENQUIRY,
            "my questions",
            labels="add to it | withdraw it",
        ),
    ),
    Row(
        TaughtAct,
        wires=(Wire(TaughtAct, f"taught {{act:{_CHANGES}}} {{lesson:word}}"),),
        to="enquiry",
        who="advisors",
        lacks=Lacks(
            r"taught(?: .{1,80})?|edit|retire|restore", lacking.TAUGHT, "taught", labels="still holds"
        ),
    ),
    Row(
        TeachingAct,
        wires=(Wire(TeachingAct, "teaching {act:from|change|keep|drop} {id:word}"),),
        to="enquiry",
        who="advisors",
        lacks=Lacks(r"teaching (?:from|change|keep|drop)(?: .{1,80})?", lacking.TEACHING),
    ),
    Row(
        QuestionAct,
        wires=(
            Wire(QuestionAct, f"question {{act:{_QUESTION_ACTS}}} {{question:word}}"),
            *(
                Wire(QuestionAct, words, act="new")
                for words in ("new quiz question", "add a quiz question", "add quiz question")
            ),
            *(
                Wire(QuestionAct, words, act="list")
                for words in ("quiz questions", "our quiz questions", "our own quiz questions")
            ),
        ),
        to="enquiry",
        who="advisors",
        lacks=Lacks(
            r"question (?:add|edit|retire|restore|drop|show)(?: .{1,80})?"
            r"|(?:new|add|add a) quiz question .{1,80}|our (?:own )?quiz questions .{1,80}",
            lacking.QUESTION,
            "quiz questions",
        ),
    ),
    Row(
        EnquiryDraftAct,
        wires=(Wire(EnquiryDraftAct, "enquire {act:show|send|add|clear|drop} {id:id} {text:words?}"),),
        lacks=Lacks(
            "",
            lacking.NOTHING_TO_SEND,
            "my questions",
            labels="""show my question | add this to it | add a line | add it | take the line out |
            dont send | dont send it | do not send it""",
        ),
    ),
    Row(
        AskAdvisor,
        (
            (
                AskAdvisor(),
                """ask an advisor | ask the advisors | ask advisors | ask an adviser | ask the advisers |
                ask a person | ask a human | ask somebody | ask someone | speak to an advisor |
                talk to an advisor | speak to the advisors | talk to the advisors | contact
                an advisor | contact the advisors | get an advisor | pass it on | pass it on
                to an advisor | pass this on to an advisor | send it to an advisor | can i
                ask an advisor | can an advisor help | human | human please | a human | real
                person | agent""",
            ),
        ),
        (
            Wire(AskAdvisor, f"enquire about {{lesson:word}} {{tried:{_TRIED}}} {{question:words}}"),
            Wire(AskAdvisor, f"enquire {{tried:{_TRIED}}} {{question:words}}"),
        ),
        phrase=_asked,
        loosely=_wants_a_person,
        help=(HelpLine("receiving", "**ask an advisor**: passes your question on to a person"),),
        menu=(MenuItem("ask an advisor", "Pass your question on to a person", ("direct",)),),
    ),
    Row(
        Enquiries,
        (
            (
                Enquiries(),
                """queue | the queue | enquiries | open enquiries | open questions | waiting questions |
                questions for advisors | questions for the advisors | which questions are waiting |
                which questions wait | which questions wait for us""",
            ),
        ),
        who="advisors",
        help=(HelpLine("advising", "**queue**: questions for you; **insights**: what people ask"),),
        menu=(MenuItem("queue", "For advisors: questions that wait for an answer", ("direct",)),),
    ),
    Row(
        TaughtLessons,
        (
            (
                TaughtLessons(),
                "taught | taught lessons | lessons taught | what have we taught | our own lessons",
            ),
        ),
        who="advisors",
        help=(HelpLine("advising also", "**taught** · **teach** · **quiz questions** · **audit**"),),
    ),
    Row(
        HowToTeach,
        (
            (
                HowToTeach(),
                """teach | teach a lesson | teach a new lesson | teach you | teach you something | teach you a
                lesson | teach something | new lesson | a new lesson | add a lesson | add a new lesson | write
                a lesson | how do i teach | how do i teach you | how do i teach a lesson | how can i teach
                you | how do i add a lesson | how do we teach you | how does teaching work""",
            ),
        ),
        who="advisors",
    ),
    Row(
        Audit,
        ((Audit(), "audit | audit list | the audit list | show the audit list | who did what"),),
        who="advisors",
    ),
    Row(
        MyEnquiries,
        (
            (
                MyEnquiries(),
                """my questions | my enquiries | my open questions | what became of my question | any answer
                to my question""",
            ),
        ),
        phrase=_became,
        lacks=Lacks(r"enquir(?:y|e)(?: .{1,80})?", lacking.ENQUIRY, "my questions"),
    ),
)
