"""``python -m bot``: run Sharewise, talk to it in a terminal, and see what it could not answer."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli.backup import backup
from bot.cli.encryption import encryption
from bot.cli.ending import end, fail, redis_url, settings
from bot.cli.kept import kept

app = typer.Typer(
    help="Sharewise: a chat advisor on what a folder of lessons teaches.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(kept)
app.add_typer(backup)
app.add_typer(encryption)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sharewise {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version, and no more.")
    ] = False,
) -> None:
    """Sharewise: a chat advisor on what a folder of lessons teaches."""


@app.command()
def run() -> None:
    """Web server and worker in one process, on an embedded server unless REDIS_URL is set."""
    from bot.app import processes as running

    end(running.everything(settings()))


@app.command()
def web() -> None:
    """The web server alone; needs REDIS_URL."""
    from bot.app import processes as running

    config = settings()
    end(running.web(config, redis_url(config)))


@app.command()
def worker() -> None:
    """The worker alone: runs what falls due, delivers what others left behind; needs REDIS_URL."""
    from bot.app import processes as running

    config = settings()
    end(running.worker(config, redis_url(config)))


@app.command()
def chat(
    json: Annotated[bool, typer.Option("--json", help="A line a turn in, a JSON object a turn out.")] = False,
) -> None:
    """Talk to Sharewise in the terminal; needs no server and remembers nothing."""
    from bot.cli import chat as terminal
    from knowledge import BadKnowledge, load

    try:
        knowledge = load(settings().knowledge_dir)
    except BadKnowledge as error:
        fail(str(error))
    if json:
        for line in terminal.chat_json(knowledge, sys.stdin):
            print(line, flush=True)
    else:
        terminal.chat(knowledge)


_LABELS = {"good": "ok   ", "off": "off  ", "warning": "warn ", "bad": "BAD  "}


@app.command()
def doctor(
    url: Annotated[
        str | None,
        typer.Option(envvar="PUBLIC_URL", help="The bot's own address, to see whether it is reached."),
    ] = None,
) -> None:
    """Whether this installation works: a line a thing, with the way out. Exit status 1 where one is bad."""
    from bot.app.doctor import examination
    from bot.observability import logs

    config, counted = settings(), Counter[str]()
    logs.set_up("CRITICAL")  # what the parts would log is said here, and better

    async def told() -> None:
        async for finding in examination(config, url):
            counted[finding.outcome] += 1
            way_out = f" -> {finding.way_out}" if finding.way_out else ""
            typer.echo(f"{_LABELS[finding.outcome]} {finding.about}: {finding.seen}{way_out}")

    end(told())
    typer.echo(f"{counted['bad']} bad, {counted['warning']} to look at, {counted['good']} good.")
    raise typer.Exit(1 if counted["bad"] else 0)


@app.command()
def preview(
    sentence: Annotated[str, typer.Argument(help="For example: every second Tuesday at 9:30")],
    days: Annotated[int, typer.Option(help="How many days to look ahead.")] = 400,
    zone: Annotated[str, typer.Option(help="The recipient's time zone.")] = "Europe/London",
    nation: Annotated[
        str | None,
        typer.Option(
            help="Whose bank holidays count: england, wales, scotland, northern-ireland.",
            show_default="england",
        ),
    ] = None,
    begin: Annotated[
        str | None, typer.Option("--from", help="Where to start, in ISO form.", show_default="now")
    ] = None,
) -> None:
    """When a sentence would send: one line each, beginning with local date, time and offset."""
    from bot.cli.preview import BadPreview, line
    from bot.cli.preview import preview as read

    try:
        shown = read(sentence, days, zone, nation, begin, datetime.now(UTC))
    except BadPreview as error:
        fail(str(error))
    typer.echo(shown.words, err=True)
    for occurrence in shown.sends:
        typer.echo(line(occurrence))


@app.command()
def manifest(
    platform: Annotated[str, typer.Argument(help="slack or teams")],
    url: Annotated[
        str | None, typer.Option(envvar="PUBLIC_URL", help="The bot's own address: https://…")
    ] = None,
    app_id: Annotated[
        str | None, typer.Option(envvar="MICROSOFT_APP_ID", help="Teams: the bot's application id.")
    ] = None,
    website: Annotated[
        str | None, typer.Option(help="Teams: your own site; its /privacy and /terms are named too.")
    ] = None,
    socket_mode: Annotated[bool, typer.Option(help="Slack: connect without an address of your own.")] = False,
    installable: Annotated[
        bool, typer.Option(help="Slack: any workspace, or a whole Enterprise, may install it through OAuth.")
    ] = False,
    assistant: Annotated[
        bool, typer.Option(help="Slack: an assistant of the older kind, where the agent pane isn't offered.")
    ] = False,
    follow_ups: Annotated[
        bool,
        typer.Option(help="Teams: ask owners to let it read channels, for follow-ups without mention."),
    ] = False,
    knowledge_dir: Annotated[
        Path, typer.Option("--knowledge", envvar="KNOWLEDGE_DIR", help="The folder with deck.yaml.")
    ] = Path("knowledge"),
    output: Annotated[
        Path | None, typer.Option(help="A file to write; for Teams the package, a .zip.", dir_okay=False)
    ] = None,
) -> None:
    """What Slack or Teams wants to know of the app, to create it there."""
    from bot.cli import manifest as manifests
    from bot.platforms.known import PLATFORMS
    from bot.platforms.registry import BadManifest, UnknownPlatform
    from knowledge import BadKnowledge, load

    try:
        named = PLATFORMS.get(platform)  # a name that there isn't is told before all that is learnt
        made = manifests.build(
            named,
            load(knowledge_dir),
            url=url,
            app_id=app_id,
            website=website,
            socket_mode=socket_mode,
            follow_ups=follow_ups,
            assistant=assistant,
            installable=installable,
        )
        if output is not None:
            manifests.write(made, output)
    except UnknownPlatform:
        known = " or ".join(platform.name for platform in PLATFORMS)
        fail(f"there is no platform {platform!r}; expected {known}")
    except (BadKnowledge, BadManifest) as error:
        fail(str(error))
    except OSError as error:
        fail(f"can't write {output}: {error.strerror}")
    if output is None:
        typer.echo(made.text)
    if made.missing:
        typer.echo(f"Before you use it, tell me {made.missing}.", err=True)
