"""Commands that tell what is kept: questions, the audit list, what was taught, jobs that failed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from bot.cli.ending import end, fail, settings

if TYPE_CHECKING:
    from knowledge.taught import Entries

kept = typer.Typer()


@kept.command()
def unanswered() -> None:
    """The questions that no lesson answers, by topic, most often asked first; under the small-group rules."""
    from bot.app import processes as running
    from dialogs.wording.insights import HIDDEN_TOPICS

    found, _ = end(running.insights(settings()))
    hidden = found.hidden_clusters
    if not found.clusters and not hidden:
        typer.echo("No unanswered questions.")
    for topic in found.clusters:
        typer.echo(f"{topic.times:>4}  {topic.title}")
        for question in topic.questions:
            typer.echo(f"      {question}")
    if hidden:
        typer.echo(HIDDEN_TOPICS[hidden != 1].format(count=hidden))


@kept.command()
def insights() -> None:
    """What people ask and what came of it, under the small-group rules; no names."""
    from bot.app import processes as running
    from dialogs.core.insight_model import InsightView
    from dialogs.core.plain import plain
    from dialogs.core.replies import Reply
    from dialogs.insights.cards import blocks

    found, known = end(running.insights(settings()))
    views = (
        Reply(tuple(blocks(view, found, known)))
        for view in get_args(InsightView) if view  # the first says what others say, in short
    )  # fmt: skip
    typer.echo("\n\n".join(map(plain, views)))


@kept.command()
def audit() -> None:
    """What advisors did with reminders, pulses, lists and roles: when, who, what; the last first."""
    from bot.app import processes as running

    lines = end(running.audit(settings()))
    if not lines:
        typer.echo("Nothing in the audit list yet.")
    for act in lines:
        name = f" ({act.name})" if act.name else ""
        typer.echo(f"{act.at:%Y-%m-%d %H:%M}  {act.who}{name}  {act.what}")


lessons = typer.Typer(help="What advisors have taught in chat.")
kept.add_typer(lessons, name="lessons")


@lessons.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A knowledge folder.")],
) -> None:
    """Write taught lessons with their cases, and quiz questions, into a knowledge folder; what stands there
    already stays as it is."""
    from bot.app import processes as running
    from knowledge import taught, taught_quiz

    teachings = end(running.teachings(settings()))
    if not teachings.readable:
        fail("what was taught can't be read; it is kept as it is, and nothing was written")
    lessons, asked = _there(folder / taught.FILE), _there(folder / taught_quiz.FILE)
    active, quiz = teachings.active, teachings.quiz
    _write(folder / taught.FILE, lessons, "taught lesson", map(taught.entry_of, active),
           taught.written(active, teachings.cases, lessons))  # fmt: skip
    _write(folder / taught_quiz.FILE, asked, "quiz question", map(taught_quiz.entry_of, quiz),
           taught_quiz.written(quiz, asked))  # fmt: skip
    off = [each.id for each in teachings.lessons if each.retired]
    off += [each.id for each in teachings.questions if each.step == "retired"]
    for id in off:
        if lessons.has(id) or asked.has(id):
            typer.echo(f"{id} is retired in chat, and still stands there")


def _there(file: Path) -> Entries:
    from knowledge.taught import entries_in

    try:
        return entries_in(file)
    except (OSError, ValueError) as error:
        fail(f"{file} can't be read, so nothing was written: {error}")


def _write(file: Path, there: Entries, what: str, entries: Iterable[dict[str, object]], content: str) -> None:
    """Write ``content``, and tell what came of ``entries``."""
    given = {str(each["id"]): each for each in entries}
    fresh = [id for id in given if not there.has(id)]
    if fresh:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        except OSError as error:
            fail(f"{file} can't be written: {error.strerror}")
    typer.echo(f"{len(fresh)} {what}{'' if len(fresh) == 1 else 's'} added to {file}")
    for each in (each for name in there.content for each in there.entries(name)):
        if each != given.get(str(each.get("id")), each):
            typer.echo(f"{each['id']} stands there in other words than in chat; those of the file stay")


jobs = typer.Typer(help="Jobs that failed every time, and why; they can be run again.")
kept.add_typer(jobs, name="jobs")


@jobs.callback(invoke_without_command=True)
def failed_jobs(context: typer.Context) -> None:
    """List them, the last first: when, id, what, and the kind of error with where it arose."""
    from bot.app import processes as running

    if context.invoked_subcommand is not None:
        return
    failed = end(running.failed_jobs(settings()))
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

    typer.echo(end(running.retry_job(settings(), id.upper())))
