"""docs/deploy.md word by word: its commands, as they stand there, in a clean folder in the place of ``/``."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground.slack_api import SlackStandIn
from playground.stage import PEOPLE
from tests.components import need
from tests.end_to_end.load import Load, OnSlack
from tests.harness import systemd
from tests.harness.http import free_port
from tests.harness.outside import slack_beside
from tests.harness.process import status
from tests.harness.servers import own_server
from tests.harness.waiting import until

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
STANDS_IN = ("systemctl", "systemd-run")
PLACES = ("/opt/sharewise", "/etc/", "/var/lib/sharewise")


def blocks(after: str, before: str = "\n## ") -> list[str]:
    """The commands of the page in its order, from the words ``after`` to the words ``before``."""
    assert PAGE.count(after) == 1
    part = PAGE.partition(after)[2].partition(before)[0]
    return [block.strip() for block in re.findall(r"```\n(.*?)```", part, re.DOTALL)]


class Machine:
    """A folder in the place of ``/``, with git's copy of this repository to be had."""

    def __init__(self, root: Path) -> None:
        self.root, self.port = root, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.programs = root / "usr-bin"
        for folder in ("opt", "etc/systemd/system", "var/lib", "usr-bin", "tmp"):
            (root / folder).mkdir(parents=True)
        for name in STANDS_IN:
            script = self.programs / name
            script.write_text(f'#!/bin/sh\nexec {sys.executable} {systemd.__file__} {name} "$@"\n')
            script.chmod(0o755)
        (self.programs / "python3").symlink_to(getattr(sys, "_base_executable", sys.executable))
        self.origin = root / "origin"
        files = subprocess.run(
            [need("git"), "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
        )
        for name in filter(None, files.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (self.origin / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.origin / name)
        # What stands in files is where everything is, too.
        for path in (*self.origin.glob("deploy/*.service"), self.origin / "deploy/sharewise"):
            path.write_text(self.here(path.read_text(encoding="utf-8")), encoding="utf-8")
        who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@councils.example")
        for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "All of it")):
            subprocess.run(["git", *words], cwd=self.origin, check=True)

    def here(self, words: str) -> str:
        """The same words, with this folder in the place of ``/``."""
        for place in PLACES:
            words = words.replace(place, f"{self.root}{place}")
        return words.replace("https://your-address", self.url).replace("ADDRESS", str(self.origin))

    async def run(self, block: str, folder: Path | None = None) -> str:
        """Type a block of commands, of which none may fail; what they say."""
        process = await asyncio.create_subprocess_exec(
            "bash", "-ec", self.here(block),
            cwd=folder or self.root,
            env={
                "PATH": f"{self.programs}:/usr/bin:/bin", "HOME": os.environ["HOME"],
                "MACHINE": str(self.root),
            },
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said = (await process.communicate())[0].decode()
        assert process.returncode == 0, f"{block}\n{said}"
        return said

    def fill_in(self, settings: dict[str, str]) -> None:
        """Write settings where the page says, in single quotes where it says so."""
        file = self.root / "etc/sharewise.env"
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.partition("=")[0] not in settings]
        quoted = {
            name: f"'{value}'" if set(value) & set(' "#<') else value for name, value in settings.items()
        }
        file.write_text("\n".join([*kept, *(f"{name}={value}" for name, value in quoted.items())]) + "\n")

    async def answers(self, slack: SlackStandIn) -> None:
        """It answers questions, ready as it is."""
        assert await status(f"{self.url}/readyz") == 200
        load = Load(OnSlack(slack), random.Random(next(_seeds)), threads=1, questions=2)
        await load.run()
        await until(lambda: not load.unanswered(), "every question has its answer")

    def stop(self) -> None:
        """End what was left running."""
        for pid in self.root.glob("*.pid"):
            os.kill(int(pid.read_text()), signal.SIGTERM)


async def ready(url: str) -> bool:
    try:
        return await status(f"{url}/readyz") == 200
    except OSError:
        return False


_seeds = itertools.count(1)


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.stop()


@pytest.mark.servers
@pytest.mark.timeout(900)
async def test_the_page_from_a_clean_machine_to_web_and_worker_apart(machine: Machine) -> None:
    install, configure, start, examine, upgrade = blocks("\n## One small machine\n")
    (clone,) = re.findall(r"`(git clone [^`]+)`", PAGE)
    (back_up,) = blocks("\n## Back up and move\n")
    async with slack_beside(machine.port) as (slack, settings):
        await machine.run(clone)
        await machine.run(install)
        await machine.run(configure)
        # A value of each kind that shells, systemd and compose read in ways of their own.
        machine.fill_in(
            {**settings, "ADVISORS": PEOPLE[2].email, "ORGANISATIONS": "slack:T0NORTH=Northshire & <sons> #1"}
        )
        await machine.run(start)
        await machine.answers(slack)
        said = await machine.run(examine)
        assert "\n0 bad, " in said
        assert "Redis: worker: one is at work" in said
        await machine.run(back_up)
        assert (machine.root / "var/lib/sharewise/backup").stat().st_mode & 0o777 == 0o600
        (machine.origin / "news").write_text("A newer version")
        await machine.run(
            "git add news && git -c user.name=N -c user.email=n@c.example commit -qm News", machine.origin
        )
        await machine.run(upgrade)
        assert (machine.root / "opt/sharewise/news").exists()
        await machine.answers(slack)
        await machine.run("systemctl disable --now sharewise")

        (kept_as, by_systemd, *_) = blocks("\n## Web and worker apart\n")
        arguments = [word for line in kept_as.splitlines() for word in shlex.split(f"--{line}")]
        async with own_server(machine.root / "redis", *arguments) as url:
            machine.fill_in({"REDIS_URL": url})
            said = await machine.run(by_systemd)
            assert "\n0 bad, " in said
            await machine.answers(slack)
            await machine.run("systemctl disable --now sharewise-web sharewise-worker")
            by_hand = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
            assert set(by_hand) == {"web", "worker"}
            environment = systemd.environment([("EnvironmentFile", str(machine.root / "etc/sharewise.env"))])
            processes = [
                await asyncio.create_subprocess_exec(
                    *shlex.split(command), cwd=machine.root / "opt/sharewise",
                    env={**environment, "DATA_DIR": str(machine.root / "var/lib/sharewise")},
                )
                for command in by_hand.values()
            ]  # fmt: skip
            try:
                await until(lambda: ready(machine.url), "web is ready", seconds=120)
                await machine.answers(slack)
            finally:
                for process in processes:
                    process.terminate()
            assert [await process.wait() for process in processes] == [0, 0]


def test_a_command_has_the_settings_and_rights_of_the_service() -> None:
    said = dict(systemd.service(DEPLOY / "sharewise.service"))
    script = (DEPLOY / "sharewise").read_text(encoding="utf-8").partition("exec systemd-run")[2]
    told, command = systemd.transient(shlex.split(script.replace("\\\n", " ")))
    assert " ".join([*command[:-1], "run"]) == said["ExecStart"]
    around = [value for name, value in told if name == "Environment"]
    assert " ".join(around) == said["Environment"]
    properties = {name: value for name, value in told if name != "Environment"}
    assert properties == {name: said[name] for name in properties}
    assert {"DynamicUser", "User", "StateDirectory", "EnvironmentFile"} <= properties.keys()


def test_every_path_that_is_to_be_reached_is_on_the_page() -> None:
    found = {
        path
        for file in (ROOT / "bot").rglob("*.py")
        for path in re.findall(r'"(/(?:slack|api|mail|screen)/[a-z_/]*)"', file.read_text(encoding="utf-8"))
    }
    table = PAGE.partition("| path | where you have |")[2].partition("\n\n")[0]
    assert found - {"/api/", "/slack/"} == set(re.findall(r"`(/[a-z_/]+)`", table))
