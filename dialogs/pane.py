"""First words that a platform offers where a chat with us begins: what a person might say now."""

from __future__ import annotations

from dialogs.core.commands import Enquiries, Help, Home, Insight, StartQuiz, encode
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Reply, Title
from dialogs.questions.blocks import example_questions
from dialogs.wording import pane as words

MOST = 4
"""As many as Slack offers."""


def prompts(state: State, world: World) -> Decision:
    """At most ``MOST`` of them. What is waiting comes first, and then what their role is asked for most."""
    asked = [Choice(question, question) for question in example_questions(world.knowledge)[-2:]]
    waits = world.waiting or any((world.work.quiz, world.work.check, world.work.draft, world.work.enquiry))
    home = [Choice(words.WAITING, encode(Home()))] if waits else []
    if world.speaker.role == "advisor":
        duties = [Choice(words.QUEUE, encode(Enquiries())), Choice(words.INSIGHTS, encode(Insight()))]
    else:
        duties = [Choice(words.QUIZ, encode(StartQuiz())), Choice(words.HELP, encode(Help()))]
    found = (*home, *asked, *duties) if not home else (*home, *asked[:1], *duties)
    return Decision(state, (Reply((Title(words.TITLE), Choices(found[:MOST])), private=True),))
