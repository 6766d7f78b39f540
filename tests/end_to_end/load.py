"""Officers who ask at once, each in a thread of their own, and what becomes of their questions.

Each question asks for a lesson by its id, and no thread asks for one twice, so that every answer tells
which question it answers.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

import aiohttp

from bot.platforms.ports import OutboxMessage
from playground import slack_events, teams_activities
from playground.connector import TeamsStandIn
from playground.slack_api import SlackStandIn
from playground.slack_book import CHANNEL
from playground.stage import Message
from tests.harness.knowledge import own_knowledge
from tests.harness.outside import officer
from tests.harness.reading import lesson

Answers = dict[str, list[str]]
"""The lessons of each thread, in order."""


class Platform(Protocol):
    """One platform as the officers use it."""

    async def ask(self, number: int, thread: str, words: str) -> bool:
        """Say ``words`` in ``thread`` as officer ``number``; whether the bot acknowledged it."""

    def new_thread(self) -> str:
        """A thread that nobody wrote in."""

    def answers(self) -> Answers:
        """What the bot has answered so far."""

    def thread_of(self, message: OutboxMessage) -> str:
        """The thread that a reply in the outbox is for."""


class _Reader:
    """Tells the lessons of answers by thread; reads each message once, and remembers it."""

    def __init__(self) -> None:
        self._read: set[str] = set()
        self._found: Answers = {}

    def by_thread(self, messages: Iterable[Message]) -> Answers:
        for message in messages:
            if message.author == "bot" and message.thread is not None and message.id not in self._read:
                self._read.add(message.id)
                self._found.setdefault(message.thread.rpartition(":")[2], []).append(
                    lesson(message) or message.text
                )
        return self._found


class OnSlack:
    """Slack delivers until it is acknowledged, and each mention as two events."""

    def __init__(self, slack: SlackStandIn) -> None:
        self._slack, self._reader = slack, _Reader()

    async def ask(self, number: int, thread: str, words: str) -> bool:
        text = slack_events.wire(f"@Sharewise {words}")
        said = slack_events.message(officer(number), CHANNEL, self._slack.book.ts(), text, thread)
        await asyncio.gather(self._deliver(said), self._deliver(slack_events.mention(said)))
        return True

    async def _deliver(self, event: slack_events.Json) -> None:
        envelope = slack_events.event(self._slack.book.number(), event)
        for again in itertools.count():
            if await self._slack.courier.once("events_api", envelope, again, "http_error") == 200:
                return
            await asyncio.sleep(0.1)  # Slack's pauses are longer

    def new_thread(self) -> str:
        return self._slack.book.ts()

    def answers(self) -> Answers:
        return self._reader.by_thread(self._slack.messages("slack-channel", "asha"))

    def thread_of(self, message: OutboxMessage) -> str:
        return message.to["thread_ts"]


class OnTeams:
    """Teams delivers a message once; what isn't acknowledged then is lost."""

    def __init__(self, teams: TeamsStandIn, bot_url: str, session: aiohttp.ClientSession) -> None:
        self._teams, self._session, self._url = teams, session, f"{bot_url}/api/messages"
        self._reader = _Reader()
        self.up = asyncio.Event()
        """Whether the bot runs: nobody asks while it doesn't."""

    async def ask(self, number: int, thread: str, words: str) -> bool:
        await self.up.wait()
        chat = f"{teams_activities.CHANNEL};messageid={thread}"
        key, service_url = self._teams.book.next_id(), self._teams.service_url
        activity = teams_activities.base("message", key, officer(number), chat, service_url)
        said = teams_activities.typed(activity, f"@Sharewise {words}")
        try:
            async with self._session.post(self._url, json=said) as response:
                return 200 <= response.status < 300
        except aiohttp.ClientError:
            return False

    def new_thread(self) -> str:
        return self._teams.book.next_id()

    def answers(self) -> Answers:
        return self._reader.by_thread(self._teams.messages("teams-channel", "asha"))

    def thread_of(self, message: OutboxMessage) -> str:
        return message.to["conversation"].partition(";messageid=")[2]


class Load:
    """``threads`` threads, in each of which an officer asks ``questions`` questions, one after another."""

    def __init__(self, platform: Platform, chance: random.Random, threads: int, questions: int) -> None:
        # The answer to an overview is mostly buttons to its parts, so that none may name the lesson itself.
        lessons = sorted(lesson.id for lesson in own_knowledge().lessons.values() if not lesson.items)
        self.asked = {platform.new_thread(): chance.sample(lessons, questions) for _ in range(threads)}
        self.acknowledged: Answers = {thread: [] for thread in self.asked}
        self.happened: Callable[[], None] = lambda: None
        """Called at each acknowledgement."""
        self._platform = platform

    async def run(self) -> None:
        """Ask all, everybody at the same time."""
        await asyncio.gather(*(self._ask(number, thread) for number, thread in enumerate(self.asked)))

    async def _ask(self, number: int, thread: str) -> None:
        for wanted in self.asked[thread]:
            if await self._platform.ask(number, thread, f"show {wanted}"):
                self.acknowledged[thread].append(wanted)
                self.happened()

    def unanswered(self) -> list[tuple[str, str]]:
        """Questions, by thread and lesson, that were acknowledged and have no answer."""
        answers = self._platform.answers()
        return [
            (thread, lesson)
            for thread, lessons in self.acknowledged.items()
            for lesson in lessons
            if lesson not in answers.get(thread, [])
        ]

    def out_of_order(self) -> list[str]:
        """Threads in which answers do not follow their questions; an answer's repetitions don't count."""
        firsts = {thread: list(dict.fromkeys(answer)) for thread, answer in self._platform.answers().items()}
        return [
            thread
            for thread, answered in firsts.items()
            if answered != [question for question in self.asked[thread] if question in answered]
        ]

    def doubled(self) -> Counter[tuple[str, str]]:
        """How many times too often each question was answered."""
        answers = self._platform.answers().items()
        return Counter((thread, lesson) for thread, lessons in answers for lesson in lessons) - Counter(
            (thread, lesson) for thread, lessons in answers for lesson in set(lessons)
        )

    def in_flight(self, messages: Iterable[OutboxMessage]) -> Counter[tuple[str, str]]:
        """How often the questions that ``messages`` of the outbox answer have been answered all the same."""
        answers, found = self._platform.answers(), Counter[tuple[str, str]]()
        for message in messages:
            assert message.reply.asked is not None
            thread, wanted = self._platform.thread_of(message), message.reply.asked.lesson
            assert wanted is not None
            found[thread, wanted] = answers.get(thread, []).count(wanted)
        return found
