"""Forms much as the two renderers send them: Slack's modals and Teams' dialogs."""

from __future__ import annotations

from typing import Any

from tests.page.samples import Payload, blocks, button, card, execute, mrkdwn, plain, text

SCALE = ("Not true", "Slightly true", "Half true", "Mostly true", "Fully true", "Don't know")
VALUES = ("1", "2", "3", "4", "5", "0")
BUY_IN = (
    "Each partner's political leader has said in public why we are doing this.",
    "Each of our chief executives has agreed to this in person.",
    "At the top of each of our organisations, someone has made time for this in the last three months.",
)
PEOPLE = (
    "The people who do this work have helped to shape our plan.",
    "Where our habits differ, we have agreed on one way of working.",
)


def option(label: str, value: str, about: str = "") -> Payload:
    shown: Payload = {"text": plain(label), "value": value}
    return {**shown, "description": plain(about)} if about else shown


def scale() -> list[Payload]:
    return [option(label, value) for label, value in zip(SCALE, VALUES, strict=True)]


def asks(block_id: str, label: str, element: Payload, **more: Any) -> Payload:
    """An input block."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def view(title: str, *parts: Payload, submit: str = "Next") -> Payload:
    """A Slack modal."""
    shown: Payload = {
        "type": "modal",
        "title": plain(title),
        "close": plain("Not now"),
        "blocks": list(parts),
    }
    return {**shown, "submit": plain(submit)} if submit else shown


def statements(*labels: str, first: int = 1) -> list[Payload]:
    """Input blocks that ask how true each statement is."""
    return [
        asks(f"s{number}", label, {"type": "radio_buttons", "options": scale()})
        for number, label in enumerate(labels, first)
    ]


READINESS_SLACK = [
    view("Readiness check", {"type": "context", "elements": [mrkdwn("▰▱▱▱▱  1 of 2")]}, *statements(*BUY_IN)),
    view(
        "Readiness check",
        {"type": "context", "elements": [mrkdwn("▰▰▱▱▱  2 of 2")]},
        *statements(*PEOPLE, first=4),
        {"type": "actions", "elements": [button("Back", "readiness back K7QM")]},
        submit="Done",
    ),
]
REMINDER_SLACK = view(
    "New reminder",
    {"type": "section", "text": mrkdwn("*Keep interest alive.* Who should hear what, and when?")},
    asks("title", "What is it about?", {"type": "plain_text_input", "max_length": 80}),
    asks(
        "words",
        "What should it say?",
        {"type": "plain_text_input", "multiline": True, "placeholder": plain("Brief your members on…")},
        hint=plain("At most 300 characters."),
        optional=True,
    ),
    asks(
        "often",
        "How often?",
        {
            "type": "static_select",
            "placeholder": plain("Pick one"),
            "options": [option("Every week", "weekly"), option("Every month", "monthly")],
        },
    ),
    asks(
        "days",
        "On bank holidays",
        {
            "type": "checkboxes",
            "options": [option("England", "england", "And Wales"), option("Scotland", "scotland")],
        },
        optional=True,
    ),
    asks("people", "Who gets it?", {"type": "multi_users_select", "initial_users": ["U0BRYN"]}),
    asks(
        "places",
        "And which channels?",
        {"type": "multi_conversations_select", "filter": {"include": ["public", "private"]}},
        optional=True,
    ),
    asks(
        "topics",
        "Which lessons?",
        {"type": "multi_static_select", "options": [option("Buy-in", "buy-in"), option("People", "people")]},
        optional=True,
    ),
    submit="Continue",
)


def choices(key: str, label: str, pairs: list[tuple[str, str]], **more: Any) -> Payload:
    """An Input.ChoiceSet that must be answered, unless ``more`` says otherwise."""
    return {
        "type": "Input.ChoiceSet",
        "id": key,
        "label": label,
        "isRequired": True,
        "errorMessage": "Please answer this one.",
        "choices": [{"title": title, "value": value} for title, value in pairs],
        **more,
    }


def dialog(title: str, *body: Payload, submit: str = "Next", **more: Any) -> Payload:
    """A Teams dialog."""
    actions = [{"type": "Action.Submit", "title": submit, "style": "positive", "data": {"says": "form"}}]
    content = {"type": "AdaptiveCard", "version": "1.5", "body": list(body), "actions": actions, **more}
    return {"title": title, "card": content}


def teams_statements(*labels: str, first: int = 1) -> list[Payload]:
    pairs = list(zip(SCALE, VALUES, strict=True))
    return [choices(f"s{at}", label, pairs, style="expanded") for at, label in enumerate(labels, first)]


BACK = {
    "type": "Action.Submit",
    "title": "Back",
    "associatedInputs": "none",
    "data": {"says": "readiness back K7QM"},
}
READINESS_TEAMS = [
    dialog("Readiness check", {"type": "ProgressBar", "value": 1, "max": 2}, *teams_statements(*BUY_IN)),
    dialog(
        "Readiness check",
        {"type": "ProgressBar", "value": 2, "max": 2},
        *teams_statements(*PEOPLE, first=4),
        {"type": "ActionSet", "actions": [BACK]},
        submit="Done",
    ),
]
REMINDER_TEAMS = dialog(
    "New reminder",
    text("**Keep interest alive.** Who should hear what, and when?"),
    {"type": "Input.Text", "id": "title", "label": "What is it about?", "isRequired": True, "maxLength": 80},
    {"type": "Input.Text", "id": "words", "label": "What should it say?", "isMultiline": True},
    choices("often", "How often?", [("Every week", "weekly"), ("Every month", "monthly")], style="compact"),
    choices(
        "days",
        "On bank holidays",
        [("England", "england"), ("Scotland", "scotland")],
        style="expanded",
        isMultiSelect=True,
        isRequired=False,
        value="england",
    ),
    choices(
        "people",
        "Who gets it?",
        [],
        isMultiSelect=True,
        **{"choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}},
    ),
    submit="Continue",
)

TAKE_PART_SLACK = blocks(
    {"type": "header", "text": plain("Readiness check")},
    {"type": "section", "text": mrkdwn("About three minutes, at your own pace. *3* have answered.")},
    {"type": "actions", "elements": [button("Take part", "readiness part K7QM", style="primary")]},
)
TAKE_PART_TEAMS = card(
    text("Readiness check", style="heading", size="Medium"),
    text("About three minutes, at your own pace. **3** have answered."),
    {
        "type": "ActionSet",
        "actions": [
            {
                "type": "Action.Submit",
                "title": "Take part",
                "data": {"says": "readiness part K7QM", "msteams": {"type": "task/fetch"}},
            }
        ],
    },
)
LONG = "It depends on whether the software of all the partners is the same, which is seldom so at first"
PAYROLL = "Six districts want to run payroll together. What does the deck lead you to expect?"
OPTIONS = ("It tends to succeed", "It tends to fail, twice over", LONG, "The deck doesn't say")


def answers(number: int, options: tuple[str, ...]) -> list[tuple[str, str]]:
    """The labels and words of a question's buttons."""
    return [
        (f"{'ABCD'[at]}. {option}", f"quiz answer K7QM {number} {'abcd'[at]}")
        for at, option in enumerate(options)
    ]


def quiz_slack(answered: int, number: int = 1, options: tuple[str, ...] = OPTIONS) -> Payload:
    """A live quiz card in a Slack channel."""
    says = [
        button(f"{'ABCD'[at]}. {option}"[:75], f"quiz answer K7QM {number} {'abcd'[at]}")
        for at, option in enumerate(options)
    ]
    return blocks(
        {"type": "header", "text": plain("Quiz: models")},
        {"type": "section", "text": mrkdwn(f"*{number} of 5*  {PAYROLL}")},
        {"type": "actions", "elements": says},
        {"type": "context", "elements": [mrkdwn(f"{answered} answered")]},
        {"type": "actions", "elements": [button("Close question", f"quiz close K7QM {number}")]},
    )


def quiz_teams(answered: int, number: int = 1, options: tuple[str, ...] = OPTIONS) -> Payload:
    """A live quiz card in a Teams channel."""
    says = [
        execute(f"{'ABCD'[at]}. {option}"[:80], f"quiz answer K7QM {number} {'abcd'[at]}")
        for at, option in enumerate(options)
    ]
    return card(
        text("Quiz: models", style="heading", size="Medium"),
        text(f"**{number} of 5** {PAYROLL}"),
        {"type": "ActionSet", "actions": says},
        text(f"{answered} answered", isSubtle=True, size="Small"),
        {"type": "ActionSet", "actions": [execute("Close question", f"quiz close K7QM {number}")]},
    )
