"""What ``deploy/`` holds, as far as it can be tried without building an image or starting a service."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.storage.examine import examine
from tests.components import need
from tests.harness.http import free_port
from tests.harness.servers import own_server

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
COMMANDS = {"run", "web", "worker"}
HELD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
}


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's, in order."""
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return [(name, value) for name, value in pairs]


def valued(name: str) -> list[str]:
    """The values of an instruction, in order."""
    return [value for instruction, value in instructions() if instruction == name]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_the_units(tmp_path: Path, unit: Path) -> None:
    program = need("systemd-analyze")
    here = tmp_path / unit.name
    text = unit.read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=/opt/sharewise/\.venv/bin/python -m bot (\w+)$", text, re.MULTILINE)
    assert command is not None
    assert command[1] in COMMANDS
    here.write_text(text.replace("/opt/sharewise/.venv/bin/python", sys.executable), encoding="utf-8")
    read = subprocess.run([program, "verify", str(here)], capture_output=True, text=True, check=False)
    assert [line for line in read.stderr.splitlines() if unit.name in line] == []
    assert read.returncode == 0


def test_what_runs_in_containers_is_bound_as_described() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"web", "worker", "valkey"}
    for service in services.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    for name in ("web", "worker"):
        assert services[name]["command"] == [name]
        assert services[name]["depends_on"]["valkey"]["condition"] == "service_healthy"
        build = services[name]["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Containerfile"
        assert Settings(redis_url=services[name]["environment"]["REDIS_URL"])
    assert services["worker"]["healthcheck"] == {"disable": True}
    assert services["web"]["ports"] == ["127.0.0.1:3978:3978"]
    images = [service["image"] for service in services.values()]
    images += [value.partition(" ")[0] for value in valued("FROM")]
    assert all("." not in image.rpartition("/")[0] for image in images), "short names alone"
    assert valued("USER") == ["10001:10001"]


def test_the_example_of_settings_names_settings() -> None:
    lines = (DEPLOY / "sharewise.env.example").read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0].lower() for line in lines if line and not line.startswith("#")]
    assert set(names) <= set(Settings.model_fields)


async def test_the_doctor_finds_nothing_wrong_with_the_valkey_of_the_containers(tmp_path: Path) -> None:
    program, *arguments = COMPOSE["services"]["valkey"]["command"]
    assert program == "valkey-server"
    async with own_server(tmp_path, *arguments) as url:
        found = await examine(url)
    assert [finding for finding in found if finding.outcome not in ("good", "off")] == []


class Image:
    """A folder in the place of an image: the Containerfile's steps are taken in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stage, self.workdir = folder, folder
        self.stages: dict[str, Path] = {}
        self.environment: dict[str, str] = {}
        self.entrypoint: list[str] = []
        self.command: list[str] = []
        self.health: list[str] = []

    def build(self) -> None:
        """Take every step; one that this knows nothing of fails."""
        for number, (name, value) in enumerate(instructions()):
            match name:
                case "FROM":
                    self.stage = self.folder / f"stage-{number}"
                    self.stages[value.partition(" AS ")[2]] = self.stage
                case "WORKDIR":
                    self.workdir = self.inside(value)
                    self.workdir.mkdir(parents=True)
                case "COPY":
                    self.copy(*value.split())
                case "RUN":
                    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
                    subprocess.run(
                        shlex.split(value), cwd=self.workdir, env={**os.environ, "PATH": path}, check=True
                    )
                case "ENV":
                    self.environment |= dict(pair.split("=", 1) for pair in shlex.split(value))
                case "HEALTHCHECK":
                    self.health = json.loads(value.partition(" CMD ")[2])
                case "ENTRYPOINT":
                    self.entrypoint = json.loads(value)
                case "CMD":
                    self.command = json.loads(value)
                case "USER" | "VOLUME" | "EXPOSE":
                    pass
                case _:
                    raise AssertionError(name)

    def inside(self, path: str) -> Path:
        """Where an absolute path of the image is."""
        return self.stage / path.removeprefix("/")

    def copy(self, *words: str) -> None:
        """COPY, from the repository or from a stage before."""
        origin = ROOT
        if words[0].startswith("--from="):
            origin, words = self.stages[words[0].removeprefix("--from=")], words[1:]
        source, target = origin / words[0].removeprefix("/"), self.workdir / words[1]
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)

    def files(self) -> set[tuple[Path, int]]:
        """All files, and when each was written."""
        files = (path for path in self.stage.rglob("*") if path.is_file())
        return {(path, path.stat().st_mtime_ns) for path in files}


@pytest.mark.servers
@pytest.mark.timeout(900)
async def test_the_containerfiles_steps_in_a_clean_folder(tmp_path: Path) -> None:
    image = Image(tmp_path)
    await asyncio.to_thread(image.build)
    data = tmp_path / "data"
    assert image.environment["DATA_DIR"] in valued("VOLUME")
    environment = {
        **image.environment,
        **HELD,
        "PATH": "/usr/bin:/bin",
        "DATA_DIR": str(data),
        "MPLCONFIGDIR": str(tmp_path / "tmp"),
        "PORT": str(free_port()),
    }
    before = image.files()
    process = await asyncio.create_subprocess_exec(
        *image.entrypoint,
        *image.command,
        cwd=image.workdir,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            assert b"ready at" in await process.stdout.readline()
        health = await asyncio.create_subprocess_exec(*image.health, cwd=image.workdir, env=environment)
        assert await health.wait() == 0
    finally:
        process.terminate()
        ended = await process.wait()
    assert ended == 0
    health = await asyncio.create_subprocess_exec(
        *image.health, cwd=image.workdir, env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    assert await health.wait() != 0, "with nothing there, it is not healthy"
    assert image.files() == before, "nothing is written outside the data folder"
