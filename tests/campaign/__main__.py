"""Rolling restarts, kills and malformed requests against a whole deployment under load, with a report.

All is on this machine, all that is ended was started here, and each phase ends by itself.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp

from playground import teams_activities
from playground.slack_courier import signed as slack_signed
from tests.campaign.deployment import ROLES, Deployment, deployed
from tests.end_to_end.load import Load, OnSlack, OnTeams, Platform
from tests.harness.knowledge import own_knowledge
from tests.harness.outside import SECRET, officer
from tests.slack.fuzz import encoded, malformed
from tests.teams.test_trust import signed

SEED = int(os.environ.get("SEED", "1"))
RESTARTS, KILLS = int(os.environ.get("RESTARTS", "30")), int(os.environ.get("KILLS", "20"))
REDIS_KILLS, FUZZ = int(os.environ.get("REDIS_KILLS", "3")), int(os.environ.get("FUZZ", "3000"))
OFFICERS = int(os.environ.get("OFFICERS", "8"))
SETTLE_SECONDS = 60.0


class OnTeamsSigned(OnTeams):
    """Teams with its tokens; a message is delivered once, and lost where it isn't acknowledged."""

    async def ask(self, number: int, thread: str, words: str) -> bool:
        chat = f"{teams_activities.CHANNEL};messageid={thread}"
        key, service_url = self._teams.book.next_id(), self._teams.service_url
        activity = teams_activities.base("message", key, officer(number), chat, service_url)
        said = teams_activities.typed(activity, f"@Sharewise {words}")
        headers = {"Authorization": signed(serviceurl=service_url)}
        try:
            async with self._session.post(self._url, json=said, headers=headers) as response:
                return 200 <= response.status < 300
        except aiohttp.ClientError:
            return False


class Endless(Load):
    """Officers who ask on and on, each in a new thread once the last is full, until they are told to end."""

    def __init__(self, platform: Platform, chance: random.Random) -> None:
        super().__init__(platform, chance, threads=0, questions=0)
        self._chance, self.ended = chance, False
        self._lessons = sorted(lesson.id for lesson in own_knowledge().lessons.values() if not lesson.items)

    async def run(self) -> None:
        """Ask, everybody at the same time, at the pace of people in a hurry."""
        await asyncio.gather(*(self._officer(number) for number in range(OFFICERS)))

    async def _officer(self, number: int) -> None:
        while not self.ended:
            thread = self._platform.new_thread()
            asked = self._chance.sample(self._lessons, 5)
            self.asked[thread], self.acknowledged[thread] = asked, []
            for wanted in asked:
                if not self.ended and await self._platform.ask(number, thread, f"show {wanted}"):
                    self.acknowledged[thread].append(wanted)
                await asyncio.sleep(self._chance.uniform(0.05, 0.25))


Trouble = Callable[[Deployment, random.Random], Awaitable[None]]


async def restarts(deployment: Deployment, chance: random.Random) -> None:
    """Rolling restarts: one process after another is told to stop, and another takes its place."""
    for number in range(RESTARTS):
        started = time.monotonic()
        await deployment.replace(number % len(ROLES), signal.SIGTERM)
        deployment.slowest = max(deployment.slowest, time.monotonic() - started)
        await asyncio.sleep(chance.uniform(0.1, 0.6))


async def kills(deployment: Deployment, chance: random.Random) -> None:
    """kill -9, to any process, at any moment."""
    for _ in range(KILLS):
        await deployment.replace(chance.randrange(len(ROLES)), signal.SIGKILL)
        await asyncio.sleep(chance.uniform(0.1, 1.0))


async def redis_kills(deployment: Deployment, chance: random.Random) -> None:
    """kill -9, to Redis; it comes back after a while."""
    for _ in range(REDIS_KILLS):
        await asyncio.sleep(chance.uniform(1.0, 3.0))
        await deployment.redis.kill()
        await asyncio.sleep(chance.uniform(0.2, 2.0))
        await deployment.redis.up()


async def fuzz(deployment: Deployment, chance: random.Random) -> None:
    """Signed requests with something wrong in each, many at a time."""
    seen: Counter[int] = Counter()
    gate = asyncio.Semaphore(20)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:

        async def post(kind: str, payload: dict[str, Any]) -> None:
            body, content = encoded(kind, payload)
            headers = {"Content-Type": content, **slack_signed(body, SECRET)}
            async with (
                gate,
                session.post(f"{deployment.url}/slack/events", data=body, headers=headers) as answer,
            ):
                seen[answer.status] += 1

        await asyncio.gather(*(post(*sent) for sent in malformed(SEED, FUZZ)))
    deployment.remarks.append(f"{FUZZ} malformed payloads: {dict(sorted(seen.items()))}")
    if not set(seen) <= {200, 400}:
        deployment.faults.append(f"malformed payloads got {dict(seen)}")


async def _read(loads: list[Endless]) -> None:
    """Read along: the stand-ins show only the last messages."""
    while True:
        for load in loads:
            load.unanswered()
        await asyncio.sleep(0.5)


async def phase(name: str, trouble: Trouble, *, crashes: bool) -> bool:
    """Run ``trouble`` under load in a deployment of its own, and report; whether all is as promised."""
    chance, started = random.Random(f"{SEED} {name}"), time.monotonic()
    async with deployed() as deployment, aiohttp.ClientSession() as session:
        teams = OnTeamsSigned(deployment.teams, deployment.url, session)
        teams.up.set()
        loads = {"Slack": Endless(OnSlack(deployment.slack), chance), "Teams": Endless(teams, chance)}
        asking = [asyncio.create_task(load.run()) for load in loads.values()]
        reading = asyncio.create_task(_read(list(loads.values())))
        await trouble(deployment, chance)
        for load in loads.values():
            load.ended = True
        await asyncio.gather(*asking)
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                while any(load.unanswered() for load in loads.values()):  # noqa: ASYNC110 (in other processes)
                    await asyncio.sleep(0.2)
        await asyncio.sleep(2)  # what would come twice has time to
        reading.cancel()
        doubtful, faults = await deployment.doubtful(), list(deployment.faults)
        print(f"\n{name} ({time.monotonic() - started:.0f} s)")
        doubled = 0
        for platform, load in loads.items():
            twice = sum(load.doubled().values())
            doubled += twice
            unanswered, disordered = len(load.unanswered()), len(load.out_of_order())
            acknowledged = sum(map(len, load.acknowledged.values()))
            print(
                f"  {platform}: {acknowledged} acknowledged, {unanswered} unanswered, {twice} doubled, "
                f"{disordered} threads out of order"
            )
            if (unanswered or disordered) and trouble is not redis_kills:
                faults.append(f"{platform}: unanswered or out of order")
        print(f"  counted: {', '.join(f'{count} {what}' for what, count in doubtful.items())}")
        if deployment.slowest:
            print(f"  the slowest stop with the start of its successor took {deployment.slowest:.1f} s")
        for remark in deployment.remarks:
            print(f"  {remark}")
        if doubled > (sum(doubtful.values()) if crashes else doubtful["cut off"]):
            faults.append(f"{doubled} doubled, which nothing counted")
        if tracebacks := deployment.tracebacks():
            faults.append(f"{tracebacks} raw tracebacks")
        for fault in faults:
            print(f"  NOT AS PROMISED: {fault}")
    return not faults


async def main() -> int:
    """All phases; 0 where all was as promised."""
    print(f"seed {SEED}")
    phases: list[tuple[Trouble, bool, int]] = [
        (restarts, False, RESTARTS),
        (kills, True, KILLS),
        (redis_kills, True, REDIS_KILLS),
        (fuzz, False, FUZZ),
    ]
    held = [
        await phase(f"{wanted} {trouble.__name__}", trouble, crashes=crashes)
        for trouble, crashes, wanted in phases
        if wanted
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
