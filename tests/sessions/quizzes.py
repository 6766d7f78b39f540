"""What the tests of quizzes read off a card."""

from __future__ import annotations

from dialogs.core.plain import choices, plain
from dialogs.core.replies import Chart, Reply
from tests.harness.small import SMALL
from tests.sessions.live import Sharewise

SOIL = "quiz here on soil"
"""Two questions."""


def right_and_wrong(card: Reply) -> tuple[str, str]:
    """The labels of a right and a wrong answer to the question on a card."""
    (asked,) = [question for question in SMALL.quiz.questions if question.text in plain(card)]
    right = {option.text for option in asked.options if option.right}
    labels = [choice.label for choice in choices(card) if choice.says.startswith("quiz answer")]
    return (
        next(label for label in labels if label.split(". ")[-1] in right),
        next(label for label in labels if label.split(". ")[-1] not in right),
    )


def chosen(card: Reply) -> list[float | None]:
    """The counts in a card's picture, the largest first."""
    (chart,) = (block for block in card.blocks if isinstance(block, Chart))
    return sorted(chart.series[0].values, key=lambda count: -(count or 0))


async def code_of(sharewise: Sharewise, **where: str) -> str:
    """The code of the quiz that is open."""
    session = await sharewise.sessions.store.load(await sharewise.session(**where))
    assert session.state is not None
    return session.state.code
