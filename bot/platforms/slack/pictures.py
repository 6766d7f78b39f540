"""Pictures of charts for Slack: drawn, uploaded, and remembered by their file's id."""

from __future__ import annotations

from collections import OrderedDict

from bot.platforms.ports import Unavailable, Undeliverable, Wait
from bot.platforms.slack import charts
from bot.platforms.slack.files import SlackFiles
from dialogs.core.replies import Chart, Reply

KEPT = 200
"""Uploads remembered: a message that is drawn again with the same chart uploads nothing."""


class Pictures:
    """The pictures that were uploaded to one workspace."""

    def __init__(self, files: SlackFiles) -> None:
        self._files = files
        self._ids: OrderedDict[Chart, str] = OrderedDict()

    async def of(self, reply: Reply, wait: Wait) -> dict[Chart, str]:
        """The id of a file for each chart in ``reply``; none for those that Slack doesn't take.

        The figures stand beside a picture, so that trouble with one is no reason to hold a message back.
        """
        ids: dict[Chart, str] = {}
        for block in reply.blocks:
            if isinstance(block, Chart) and block not in ids:
                try:
                    ids[block] = await self._id(block, wait)
                except (Undeliverable, Unavailable):
                    break
        return ids

    def forget(self) -> None:
        """Upload anew from now on: what was uploaded is refused, and may be gone."""
        self._ids.clear()

    async def _id(self, chart: Chart, wait: Wait) -> str:
        if chart not in self._ids:
            self._ids[chart] = await self._files.upload(
                "chart.png", "Chart", await charts.picture(chart), wait
            )
            if len(self._ids) > KEPT:
                self._ids.popitem(last=False)
        self._ids.move_to_end(chart)
        return self._ids[chart]
