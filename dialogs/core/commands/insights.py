"""The command that shows advisors what people ask."""

from __future__ import annotations

from dialogs.core.commands.row import Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.insight_model import InsightView
from dialogs.core.replies import Frozen
from dialogs.wording import lacking


class Insight(Frozen, frozen=True):
    """What do people ask, and what came of it?"""

    view: InsightView = ""


ROWS = (
    Row(
        Insight,
        (
            (
                Insight(),
                """insights | insight | show insights | what people ask | what do people ask | what are people
                asking | what is asked | statistics | question statistics""",
            ),
        ),
        (Wire(Insight, "insights {view:weeks|unanswered|lessons|quiz|trends}"),),
        who="advisors",
        lacks=Lacks(r"insights?(?: .{1,80})?", lacking.INSIGHTS, "insights"),
        menu=(MenuItem("insights", "For advisors: what people ask, and what came of it", ("direct",)),),
    ),
)
