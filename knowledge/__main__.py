"""``python -m knowledge``: check a knowledge folder, match questions, show a lesson."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import msgspec
import typer

from knowledge.base import OWN_FOLDER, SAMPLE_FOLDER, fitted, fitted_to, load
from knowledge.matching.match import Match, Matcher, Phrase
from knowledge.model import Deck, Lesson, Vocabulary
from knowledge.problems import BadKnowledge, Problem

if TYPE_CHECKING:
    from knowledge.authoring.check import LessonQuestion

app = typer.Typer(
    help="The knowledge base: check its content, match questions, show a lesson.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip

T = TypeVar("T")
FolderOption = Annotated[
    Path, typer.Option("--folder", envvar="KNOWLEDGE_DIR", help="The knowledge folder to use.")
]
CacheOption = Annotated[
    Path | None, typer.Option("--cache", help="A folder in which what was fitted is kept for next time.")
]


@app.command()
def check(
    folder: FolderOption = OWN_FOLDER,
    confusions: Annotated[
        bool, typer.Option("--confusions", help="Say which lessons are mistaken for which, and what helps.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the confusions into this SVG file.", metavar="FILE")
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Hold the folder to today's share of questions found.")
    ] = False,
) -> None:
    """Check the content of the knowledge folder; say what is wrong by file and line."""
    from knowledge.authoring.check import broken, counts
    from knowledge.authoring.check import check as read_and_check

    read = read_and_check(folder, _unreadable, _comparing)
    _report(folder, read.problems)
    if read.cases:
        _report(folder, broken(read, fitted_to(read.lessons, read.vocabulary)))
    typer.echo(counts(read))
    if not (confusions or picture or record or (folder / "level.yaml").exists()):
        return
    from knowledge.authoring import confusions as confused
    from knowledge.matching.text import Reader

    asked = sum(len(lesson.questions) for lesson in read.lessons.values())
    left_out = fitted_to(read.lessons, read.vocabulary).left_out()
    found = confused.Confusions(dict(_with_progress(left_out, "Leaving questions out", asked)))
    typer.echo(f"left out, {found.level:.1%} of the example questions find their lesson")
    if confusions:
        for line in confused.advice(found, Reader(read.vocabulary)):
            typer.echo(f"- {line}")
    if picture:
        try:
            picture.write_text(confused.picture(found, read.lessons), encoding="utf-8")
        except OSError as error:
            _fail(f"{picture} can't be written: {error.strerror}")
        typer.echo(f"picture: {picture}")
    if record:
        confused.record(folder, found.level)
    elif (folder / confused.LEVEL_FILE).exists():
        _report(folder, confused.fallen(folder, found.level))


def _unreadable(when: str) -> str:
    """What is wrong with a template's words about when, read as the bot reads them; "" where nothing is."""
    from dialogs.recurrence.sentence import understand

    # Any moment serves: a template is to be understood whenever it is used.
    found = understand(when, datetime(2026, 1, 5, 9, tzinfo=UTC), "Europe/London", when_only=True)
    return " ".join(question.text for question in (*found.problems, *found.missing))


def _comparing(questions: Sequence[LessonQuestion]) -> Iterator[LessonQuestion]:
    return _with_progress(questions, "Comparing questions", len(questions))


def _report(folder: Path, problems: list[Problem]) -> None:
    """Name the problems, if any, and stop."""
    for problem in problems:
        typer.echo(f"{folder / problem.file}:{problem.line}: {problem.message}", err=True)
    if problems:
        _fail(f"{len(problems)} to put right in {folder}")


@app.command()
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder that isn't there yet, or is empty.")
    ],
) -> None:
    """Write a small knowledge folder to start from: a few lessons, a quiz, a check and templates."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            _fail(f"{folder} isn't empty; name a folder that isn't there yet")
        shutil.copytree(SAMPLE_FOLDER, folder, dirs_exist_ok=True)
    except OSError as error:
        _fail(f"{folder} can't be written: {error.strerror or error}")
    typer.echo(
        f"A sample is in {folder}: put your own source in its place, file by file (docs/authoring.md).\n"
        f"Check it:  python -m knowledge check --folder {folder}\n"
        f"Run on it: KNOWLEDGE_DIR={folder} python -m bot run"
    )


@app.command()
def match(
    folder: FolderOption = OWN_FOLDER,
    phrases: Annotated[
        Path | None, typer.Option(help="Lines 'lesson<TAB>example question' instead of a knowledge folder.")
    ] = None,
    bands: Annotated[bool, typer.Option(help="--no-bands always names the best lesson.")] = True,
    cache: CacheOption = None,
) -> None:
    """Match questions from standard input, one a line; write one JSON object a line."""
    matcher: Matcher
    if phrases:
        read = _read_phrases(phrases)
        lessons = dict.fromkeys(phrase.lesson for phrase in read)
        names = [Phrase(lesson, re.sub(r"[\W_]+", " ", lesson)) for lesson in lessons]
        matcher = fitted(read, Vocabulary(), names, cache)
    else:
        try:
            matcher = load(folder, cache).matcher
        except BadKnowledge as error:
            _fail(f"{folder} can't be used ({error.problems[0]}); see: python -m knowledge check")
    questions = sys.stdin.buffer.read().decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    if not questions[-1]:
        questions.pop()
    for question in _with_progress(questions, "Matching", len(questions)):
        answer = _as_json(question, matcher.match(question), bands)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A lesson's id.")], folder: FolderOption = OWN_FOLDER
) -> None:
    """Print a lesson."""
    try:
        knowledge = load(folder)
    except BadKnowledge as error:
        _fail(f"{folder} can't be used ({error.problems[0]}); see: python -m knowledge check")
    lesson = knowledge.lessons.get(id)
    if lesson is None:
        from rapidfuzz import process

        near = process.extractOne(id, list(knowledge.lessons), score_cutoff=60)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(knowledge.lessons)}"
        _fail(f"there is no lesson '{id}'; {hint}")
    typer.echo(_in_full(lesson, knowledge.deck))


def _in_full(lesson: Lesson, deck: Deck) -> str:
    parts = [lesson.title, f"{lesson.heading}, {deck.short}", lesson.lead]
    parts += [
        f"{name}\n{text}"
        for name, text in (
            ("In one line", lesson.short),
            (f"What the {deck.words.source} says", lesson.deck),
            ("Why", lesson.why),
            ("Why, in our view", lesson.our_why),
            ("In practice (our guidance)", lesson.practice),
            ("For example (our own)", lesson.example),
            ("Since then", lesson.since),
        )
        if text
    ]
    for name, texts in (
        ("Ask yourselves", lesson.ask), ("Its lessons", lesson.items), ("Related", lesson.related),
        ("Example questions", lesson.questions),
    ):  # fmt: skip
        if texts:
            parts.append("\n".join([name, *(f"- {text}" for text in texts)]))
    return "\n\n".join(parts)


def _as_json(question: str, found: Match, bands: bool) -> dict[str, object]:
    best = found.candidates[0].lesson if found.candidates else None
    band = found.band if bands else "answer" if best else "none"
    lesson = found.lesson if bands else best
    return {"question": question, "band": band, "lesson": lesson, "candidates": found.candidates}


def _read_phrases(path: Path) -> list[Phrase]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"{path} can't be read: {getattr(error, 'strerror', None) or 'it is not written in UTF-8'}")
    read = []
    for number, line in enumerate(lines, start=1):
        lesson, tab, text = line.partition("\t")
        if not line.strip():
            continue
        if not (lesson.strip() and tab and text.strip()):
            _fail(f"{path}:{number}: expected a lesson, a tab and an example question")
        read.append(Phrase(lesson.strip(), text.strip()))
    if not read:
        _fail(f"{path} has no lines 'lesson<TAB>example question'")
    return read


def _with_progress(work: Iterable[T], doing: str, total: int) -> Iterator[T]:
    """The work, with a bar on a terminal once it has taken longer than a second."""
    if not sys.stderr.isatty():
        yield from work
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=False) as progress:
        task = progress.add_task(doing, total=total, visible=False)
        bar = progress.tasks[0]
        for done, item in enumerate(work, start=1):
            yield item
            progress.update(task, completed=done, visible=(bar.elapsed or 0) > 1)


def _fail(message: str) -> NoReturn:
    typer.echo(f"knowledge: {message}", err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app(prog_name="python -m knowledge")
