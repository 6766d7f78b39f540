"""Every scene of several people and places, through both real adapters."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery import live_cards
from bot.platforms.teams.elements import CARD
from playground.crowd import buttons
from playground.slack_checks import problems
from playground.stage import Message
from tests import scenes
from tests.harness.team import CODE
from tests.harness.waiting import until
from tests.harness.whole import DIRECT, PLACES, Whole
from tests.slack.test_render import held_by_sdk
from tests.teams.test_render import unknown


class Stage:
    """A scene as it is played."""

    def __init__(self, whole: Whole) -> None:
        self._whole, self._team = whole, whole.team
        self._code = self._toast = ""

    async def play(self, line: scenes.Line) -> None:
        """Do one thing, or see one."""
        match line.act:
            case "says":
                await self._team.say(line.who, line.place, line.words.replace("{code}", self._code))
            case "replies":
                under, words = line.words.split(" | ")
                root = await self._team.shows(line.place, under, person=line.who, anybodys=True)
                await self._team.say(line.who, line.place, words, root.id)
            case "presses":
                self._toast = await self._team.press(line.who, await self._offering(line), line.words)
            case "fills in":
                await self._team.take_part(line.who, await self._offering(line))
            case "writes":
                await self._write(line)
            case "shows":
                shown = await self._team.shows(line.place, *line.phrases)
                found = CODE.search(str(shown.payload).replace("*", ""))
                self._code = found[1] if found else self._code
            case "tells":
                told = await self._team.shows(line.place, *line.phrases, person=line.who)
                assert line.place in DIRECT or told.only_for == line.who
            case "toasts":
                assert all(phrase.casefold() in self._toast.casefold() for phrase in line.phrases), (
                    self._toast
                )
            case "learnt":
                keeper = self._whole.server.service.knowledge_keeper
                titles = lambda: {lesson.title for lesson in keeper.current.lessons.values()}  # noqa: E731
                await until(lambda: line.words in titles(), line.words, 20)
            case "passes":
                service = self._whole.server.service
                await service.schedule.connected.wait()
                await service.schedule.forward(await self._time(line.words), service.delivery.settled)

    async def _time(self, words: str) -> timedelta:
        """How much time passes."""
        count, _, unit = words.partition(" ")
        if count.isdecimal():
            return timedelta(**{unit: int(count)})
        service = self._whole.server.service
        listed = await service.reminders.summaries("", advisor=True)
        coming = min(summary.next for summary in listed if summary.next)
        return coming - service.clock.now() + timedelta(seconds=30)

    async def _write(self, line: scenes.Line) -> None:
        """Open a page by a button, fill it in, and send it off."""
        label, *fields = line.words.split(" | ")
        platform = self._whole.platform(line.place)
        await self._team.press(line.who, await self._offering(line._replace(words=label)), label)
        assert platform.modal(line.who) is not None
        await platform.submit(line.who, dict(field.split(": ", 1) for field in fields))
        assert not (platform.modal(line.who) or {}).get("errors")

    async def _offering(self, line: scenes.Line) -> Message:
        """The newest message in a place with the button that somebody presses, once there is one."""

        def offering() -> list[Message]:
            said = self._team.said(line.place, line.who)
            return [
                message
                for message in said
                if any(line.words in each.label for each in buttons(message.payload))
            ]

        await until(offering, f"{line.place} offers {line.words}", 20)
        return offering()[-1]


@pytest.mark.parametrize("scene", scenes.read(), ids=lambda scene: scene.name)
async def test_it_goes_as_written(whole: Whole, scene: scenes.Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_cards, "PACE_SECONDS", 0.1)
    stage = Stage(whole)
    for line in scene.lines:
        try:
            await stage.play(line)
        except AssertionError as error:
            raise AssertionError(f"{scene.name}, line {line.number}: {error}") from None
    shown = [message.payload for place in PLACES["teams"] for message in whole.teams.messages(place, "asha")]
    cards = [
        attachment["content"]
        for each in shown
        for attachment in each.get("attachments", ())
        if attachment["contentType"] == CARD
    ]
    assert [problem for card in cards for problem in unknown(card)] == []
    for place in PLACES["slack"]:
        for message in whole.slack.messages(place, "asha"):
            if message.author == "bot":
                assert problems(message.payload.get("blocks", [])) == []
                held_by_sdk(message.payload.get("blocks", []))


def test_what_cannot_be_read_is_told_by_its_line() -> None:
    with pytest.raises(ValueError, match="scene:2"):
        scenes.parse("# Title\nasha dances\n")
    with pytest.raises(ValueError, match="scene:1"):
        scenes.parse("asha in slack-channel: hello\n")
