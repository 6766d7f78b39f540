"""``python -m bot``: run Sharewise, talk to it in a terminal, and see what it could not answer."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot import __version__
from bot.settings import BadSettings, Settings, read_settings

Outcome = TypeVar("Outcome")

app = typer.Typer(
    help="Sharewise: a chat advisor on what a folder of lessons teaches.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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


def fail(message: str) -> NoReturn:
    """End with one line that says what is wrong and the way out."""
    typer.echo(f"sharewise: {message}", err=True)
    raise typer.Exit(1)


def settings() -> Settings:
    """The settings, or the end of the process with what is wrong with them."""
    try:
        return read_settings()
    except BadSettings as error:
        fail(f"bad settings: {error}")


def redis_url(settings: Settings) -> str:
    """``REDIS_URL``, which processes started apart must share."""
    if settings.redis_url is None:
        fail(
            "REDIS_URL is not set; web and worker share one server. For all in one process: python -m bot run"
        )
    return settings.redis_url


@app.command()
def run() -> None:
    """Web server and worker in one process, on an embedded server unless REDIS_URL is set."""
    from bot.app import processes as running

    _end(running.everything(settings()))


@app.command()
def web() -> None:
    """The web server alone; needs REDIS_URL."""
    from bot.app import processes as running

    config = settings()
    _end(running.web(config, redis_url(config)))


@app.command()
def worker() -> None:
    """The worker alone: runs what falls due, delivers what others left behind; needs REDIS_URL."""
    from bot.app import processes as running

    config = settings()
    _end(running.worker(config, redis_url(config)))


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


@app.command()
def unanswered() -> None:
    """The questions that no lesson answers, most often asked first; counts, no names."""
    from bot.app import processes as running

    rows = _end(running.unanswered(settings()))
    if not rows:
        typer.echo("No unanswered questions.")
    for question, count, at in rows:
        typer.echo(f"{count:>4}  {datetime.fromtimestamp(at, UTC):%Y-%m-%d}  {question}")


@app.command()
def insights() -> None:
    """What people ask and what came of it, under the small-group rules; no names."""
    from bot.app import processes as running
    from dialogs.core.plain import plain

    typer.echo("\n\n".join(map(plain, _end(running.insights(settings())))))


@app.command()
def audit() -> None:
    """What advisors did with reminders, pulses, lists and roles: when, who, what; the last first."""
    from bot.app import processes as running

    lines = _end(running.audit(settings()))
    if not lines:
        typer.echo("Nothing in the audit list yet.")
    for act in lines:
        name = f" ({act.name})" if act.name else ""
        typer.echo(f"{act.at:%Y-%m-%d %H:%M}  {act.who}{name}  {act.what}")


lessons = typer.Typer(help="What advisors have taught in chat.")
app.add_typer(lessons, name="lessons")


@lessons.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A knowledge folder.")],
) -> None:
    """Write taught lessons with their cases, and quiz questions, into a knowledge folder."""
    from bot.app import processes as running
    from knowledge import taught, taught_quiz

    teachings = _end(running.teachings(settings()))
    files = {taught.FILE: taught.written(teachings.active, teachings.cases)}
    if teachings.quiz:
        files[taught_quiz.FILE] = taught_quiz.written(teachings.quiz)
    for name, content in files.items():
        file = folder / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        except OSError as error:
            fail(f"{file} can't be written: {error.strerror}")
    typer.echo(f"{len(teachings.active)} taught lessons are in {folder / taught.FILE}")
    if teachings.quiz:
        typer.echo(f"{len(teachings.quiz)} quiz questions are in {folder / taught_quiz.FILE}")


jobs = typer.Typer(help="Jobs that failed every time, and why; they can be run again.")
app.add_typer(jobs, name="jobs")


@jobs.callback(invoke_without_command=True)
def failed_jobs(context: typer.Context) -> None:
    """List them, the last first: when, id, what, and the kind of error with where it arose."""
    from bot.app import processes as running

    if context.invoked_subcommand is not None:
        return
    failed = _end(running.failed_jobs(settings()))
    if not failed:
        typer.echo("No job has failed.")
    for failure in failed:
        job = failure.job
        what = f"{type(job.event).__name__} of {job.partition}" if job else "unreadable"
        typer.echo(f"{failure.at:%Y-%m-%d %H:%M}  {failure.id}  {what}  {failure.reason}")


@jobs.command()
def retry(id: Annotated[str, typer.Argument(help="As python -m bot jobs lists it.")]) -> None:
    """Let one run again: at once where a worker is running, else when one starts."""
    from bot.app import processes as running

    typer.echo(_end(running.retry_job(settings(), id.upper())))


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

    _end(told())
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
        knowledge = load(knowledge_dir)
        made = manifests.build(
            PLATFORMS.get(platform),
            knowledge,
            url=url,
            app_id=app_id,
            website=website,
            socket_mode=socket_mode,
            follow_ups=follow_ups,
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


def _end(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run to the end; what went wrong in a foreseen way ends in one line."""
    from bot.app.processes import Stopped

    try:
        return asyncio.run(work)
    except Stopped as error:
        fail(str(error))
