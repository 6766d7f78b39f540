"""In the place of ``systemctl`` and ``systemd-run`` (``python systemd.py NAME …``): starts what units say.

They know what our units and docs/deploy.md use, and fail on anything else. The services of a machine are
those of the folder ``$MACHINE``, with their units in ``etc/systemd/system``.
"""

from __future__ import annotations

import os
import select
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

MACHINE = Path(os.environ["MACHINE"]) if "MACHINE" in os.environ else Path()
Pairs = list[tuple[str, str]]


def service(unit: Path) -> Pairs:
    """What a unit says of its service, in order."""
    section = unit.read_text(encoding="utf-8").partition("[Service]")[2].partition("\n[")[0]
    lines = [line for line in section.splitlines() if line and not line.startswith("#")]
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def environment(said: Pairs) -> dict[str, str]:
    """What a service's process finds around it: of ours, nothing but where programs are."""
    found = {"PATH": os.environ["PATH"]}
    for name, value in said:
        if name == "Environment":
            found |= dict(pair.split("=", 1) for pair in shlex.split(value))
        if name == "EnvironmentFile":
            assert Path(value).stat().st_mode & 0o077 == 0, "the settings are shut to others"
            lines = Path(value).read_text(encoding="utf-8").splitlines()
            set_ = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
            found |= {name: _unquoted(value) for name, value in set_}
    return found


def _unquoted(value: str) -> str:
    """systemd takes quotes away that stand around the whole value, and no others."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == "'" else value


def _folder(said: Pairs) -> str:
    return dict(said)["WorkingDirectory"]


def start(name: str) -> None:
    """Start a service; what it says goes to its journal."""
    said = service(MACHINE / "etc/systemd/system" / f"{name}.service")
    (MACHINE / "var/lib/sharewise").mkdir(parents=True, exist_ok=True)
    assert ("Type", "notify") in said
    with (
        (MACHINE / f"{name}.journal").open("ab") as journal,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told,
    ):
        told.bind(f"\0sharewise-{os.getpid()}-{name}")
        process = subprocess.Popen(
            shlex.split(dict(said)["ExecStart"]), cwd=_folder(said),
            env={**environment(said), "NOTIFY_SOCKET": f"@sharewise-{os.getpid()}-{name}"},
            stdout=journal, stderr=journal, start_new_session=True,
        )  # fmt: skip
        (MACHINE / f"{name}.pid").write_text(str(process.pid))
        told.settimeout(float(dict(said)["TimeoutStartSec"]))
        assert told.recv(100) == b"READY=1"


def stop(name: str) -> None:
    """Ask a service to end, and wait until it has."""
    pid = MACHINE / f"{name}.pid"
    number = int(pid.read_text())
    watched = os.pidfd_open(number)
    os.kill(number, signal.SIGTERM)
    select.select([watched], [], [])  # until it has ended, whoever began it
    os.close(watched)
    pid.unlink()


def systemctl(*words: str) -> None:
    """Of its verbs, those that docs/deploy.md uses."""
    match [word for word in words if word != "--now"]:
        case ["daemon-reload"]:
            pass
        case ["enable" | "start", *names]:
            for name in names:
                start(name)
        case ["stop" | "disable", *names]:
            for name in names:
                stop(name)
        case _:
            raise SystemExit(f"systemctl {' '.join(words)}")


def transient(words: list[str]) -> tuple[Pairs, list[str]]:
    """What ``systemd-run`` is told of a service, and its command."""
    said: Pairs = []
    for number, word in enumerate(words):
        option, _, value = word.partition("=")
        match option:
            case "--quiet" | "--pipe" | "--wait" | "--collect":
                pass
            case "--property":
                name, _, value = value.partition("=")
                said.append((name, value))
            case "--setenv":
                said.append(("Environment", value))
            case _ if not option.startswith("-"):
                return said, words[number:]
            case _:
                raise SystemExit(f"systemd-run {word}")
    raise SystemExit("systemd-run without a command")


def systemd_run(*words: str) -> None:
    """Run a command as a service of its own, here."""
    said, command = transient(list(words))
    os.chdir(_folder(said))
    os.execve(command[0], command, environment(said))


if __name__ == "__main__":
    name, *words = sys.argv[1:]
    {"systemctl": systemctl, "systemd-run": systemd_run}[name](*words)
