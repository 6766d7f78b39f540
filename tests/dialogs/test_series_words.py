"""What makes a reminder or pulse, what looks after one, and what only sounds like it."""

from __future__ import annotations

import pytest

from dialogs.core.commands import (
    Advisors,
    Again,
    ChangeAdvisor,
    ChangeList,
    ChangeSeries,
    CheckIn,
    Command,
    DraftAct,
    DropList,
    HowTo,
    Lessons,
    ListReminders,
    Lists,
    NewDraft,
    SetDigest,
    SetList,
    ShowDraft,
    ShowTemplates,
    UseTemplate,
    sentence,
)
from dialogs.core.events import Speaker, Utterance
from dialogs.core.router import understand
from tests.harness.small import NOW, world

ID = "CDFGHJKMNPQR"


@pytest.mark.parametrize(
    ("words", "kind", "who", "what"),
    [
        ("remind @mention1 every Monday at 9 to call the leader", "remind", "@mention1", "Call the leader"),
        ("Remind the steering group tomorrow at 9 that budgets are due", "remind", "the steering group",
         "Budgets are due"),
        ("please remind us on Friday at noon to vote", "remind", "us", "Vote"),
        ("can you remind @mention1 on Monday at 9 to vote?", "remind", "@mention1", "Vote"),
        ("set a reminder for #mention1 every Tuesday at 10 to look", "remind", "#mention1", "Look"),
        ("reminder for @mention1 tomorrow at 4pm to ring", "remind", "@mention1", "Ring"),
        ("remind me to brief members", "remind", "me", "Brief members"),
        ("set a reminder to pick up the kids", "remind", "", "Pick up the kids"),
        ("create a reminder to pay taxes on Monday at 9", "remind", "", "Pay taxes"),
        ("reminder to @mention1 on Monday at 9 to vote", "remind", "@mention1", "Vote"),
        ("remind the board", "remind", "the board", ""),
        ("remind me about payroll on Monday at 9", "remind", "me", "Payroll"),
        ("we need to remind members every Monday at 9 to vote", "remind", "members", "Vote"),
        ("pulse the steering group monthly on buy-in", "pulse", "the steering group", "buy-in"),
        ("check in with @mention1 every month about trust", "pulse", "@mention1", "trust"),
        ("poll #mention1 on Friday at 10 on trust", "pulse", "#mention1", "trust"),
        ("nudge @mention1", "pulse", "@mention1", ""),
    ],
)  # fmt: skip
def test_a_sentence_asks_for_a_reminder_or_pulse(words: str, kind: str, who: str, what: str) -> None:
    read = sentence(words, NOW, "Europe/London")
    assert read
    assert (read.kind, read.audience_text, read.what) == (kind, who, what)


@pytest.mark.parametrize(
    "words",
    [
        "remind me what the deck says about payroll",
        "can you remind me how many partners is best?",
        "remind us why buy-in matters",
        "remind me of the success factors",
        "remind me about payroll",
        "remind me again which models fail",
        "could you remind us please what happens in May?",
        "reminder of what works",
        "remind members?",
        "nudge theory",
        "poll tax",
        "do they remind members",
        "we need to remind members of the purpose",
        "pulse surveys, are they any use?",
        "the pulse of the organisation",
        f"reminder stop {ID}",
        f"pulse answer {ID} 2027-05-03T09:30 4",
        "reminders",
        "x" * 20_000,
        "remind " + "x" * 20_000,
        "",
    ],
)
def test_what_only_sounds_like_a_reminder_is_none(words: str) -> None:
    assert sentence(words, NOW, "Europe/London") is None


@pytest.mark.parametrize(
    ("words", "act"),
    [
        (f"draft start {ID}", DraftAct("start", ID)),
        (f"DRAFT CHANGE {ID.lower()}", DraftAct("change", ID)),
        (f"draft named {ID}", DraftAct("named", ID)),
        (f"draft audience {ID} here", DraftAct("audience", ID, "here")),
        (
            f"draft audience {ID} list the steering group",
            DraftAct("audience", ID, "list", "the steering group"),
        ),
        (f"draft audience {ID} check {ID}", DraftAct("audience", ID, "check", ID)),
        ("use template before-budget", UseTemplate("before-budget")),
        ("check-in factor-buy-in", CheckIn("factor-buy-in")),
        (f"check-in factor-buy-in {ID}", CheckIn("factor-buy-in", ID)),
        ("monthly check-in on buy-in", CheckIn("buy-in")),
        ("start a monthly check-in about people and culture", CheckIn("people and culture")),
        ("readiness again in three months", Again()),
        ("repeat the readiness check in 3 months", Again()),
        ("draft start", None),
        (f"draft burn {ID}", None),
        ("the draft agreement", None),
        ("check in desk", None),
    ],
)
def test_the_words_of_a_draft(words: str, act: object) -> None:
    assert understand(Utterance(words), world()) == act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("reminders", ListReminders()),
        ("my reminders", ListReminders(mine=True)),
        ("reminders from 4", ListReminders(3)),
        ("reminders from 0", ListReminders(0)),
        ("my reminders from 7", ListReminders(6, True)),
        (f"reminder change {ID.lower()}", ChangeSeries(ID)),
        ("reminder stop", ListReminders(mine=True)),
        ("reminder pause ABCDEFGH", ListReminders()),
        (
            "list the steering group: @mention1, #mention2",
            SetList("the steering group", "@mention1, #mention2"),
        ),
        ("make a list called board: @mention1", SetList("board", "@mention1")),
        ("add @mention1 to the steering group", ChangeList("the steering group", "@mention1")),
        ("remove @mention1 from the steering group", ChangeList("the steering group", "@mention1", True)),
        ("delete list steering group", DropList("steering group")),
        ("delete the steering group list", DropList("the steering group", sure=False)),
        ("add advisor @mention1", ChangeAdvisor("@mention1")),
        ("make @mention1 an adviser", ChangeAdvisor("@mention1")),
        ("remove advisor @mention1", ChangeAdvisor("@mention1", True)),
        ("list the lessons", Lessons()),
        ("what is coming after the budget", None),
    ],
)
def test_the_words_of_looking_after(words: str, act: Command | None) -> None:
    assert understand(Utterance(words), world(speaker=Speaker("slack:T1/U1", "advisor"))) == act


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("new reminder", NewDraft("remind")),
        ("set a reminder", NewDraft("remind")),
        ("new pulse", NewDraft("pulse")),
        ("templates", ShowTemplates()),
        ("show me the tempaltes", ShowTemplates()),
        ("my draft", ShowDraft()),
        ("remidners", ListReminders()),
        ("stop reminding me", ListReminders(mine=True)),
        ("lists", Lists()),
        ("advisers", Advisors()),
        ("digest off", SetDigest(False)),
        ("digest on", SetDigest(True)),
        ("how do I set a reminder?", HowTo()),
        ("how do I remind the steering group", HowTo()),
        ("what is a pulse?", HowTo()),
        ("who can set reminders?", HowTo()),
    ],
)
def test_commands_without_an_object(words: str, command: Command) -> None:
    assert understand(Utterance(words), world()) == command


@pytest.mark.parametrize(
    "words",
    [
        "how do we keep members interested",
        "what should the draft business case say",
        "which list of factors does the deck have",
        "how many advisors do we need",
        "how often should people and leaders hear of what their partners in the county want reminders",
    ],
)
def test_questions_that_hold_such_a_word_stay_questions(words: str) -> None:
    assert understand(Utterance(words), world()) is None
