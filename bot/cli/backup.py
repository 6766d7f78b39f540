"""``export`` and ``import``: all that is kept to a file, and from there to a server."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.cli.ending import end, fail, settings

if TYPE_CHECKING:
    from bot.storage.connection import Connection

backup = typer.Typer()

_File = Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False)]
_AT_WORK = "A worker is running, and goes on meanwhile: for an exact copy, as for a move, stop it before."


@backup.command()
def export(file: _File) -> None:
    """Write all that is kept to a new file: a backup, or the way to another server."""
    count, nameless, at_work = end(_exported(file))
    typer.echo(f"{count} keys are in {file}. Whoever can read it can read all that is kept.")
    if nameless:
        typer.echo(
            f"{nameless} without names are open: with this file it can be found out who answered what in "
            "them. Delete it once you have moved, or make backups when none is open."
        )
    if at_work:
        typer.echo(_AT_WORK)


@backup.command("import")
def import_(
    file: _File,
    replace: Annotated[
        bool, typer.Option("--replace", help="Erase what the server keeps for Sharewise first.")
    ] = False,
) -> None:
    """Put what was exported into an empty server, with Sharewise stopped. Take files of your own alone."""
    from bot.storage.export_files import BadExport
    from bot.storage.exports import examine

    try:
        header, count = examine(file)
    except BadExport as error:
        fail(f"{file} can't be imported: {error}")
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror}")
    imported = end(_imported(file, count, replace))
    of = f"Sharewise {header.version}, {datetime.fromtimestamp(header.at, UTC):%Y-%m-%d %H:%M} UTC"
    over = f"; {count - imported} have had their time" if imported < count else ""
    typer.echo(f"{imported} keys are back, from {of}{over}. Start Sharewise: it goes on from there.")


async def _exported(file: Path) -> tuple[int, int, bool]:
    """How many keys; how many without names are open; whether a worker is running. Raises Stopped."""
    from bot.app.processes import Stopped
    from bot.storage import exports

    async with _connected(adopt=True) as connection:
        try:
            with typer.progressbar(
                length=await connection.call("DBSIZE"), label="Writing", file=sys.stderr
            ) as bar:
                count = await exports.export(connection, file, __version__, bar.update)
        except FileExistsError:
            raise Stopped(f"{file} is there already: name a new file") from None
        except OSError as error:
            raise Stopped(f"{file} can't be written: {error.strerror}") from None
        return count, await exports.open_without_names(connection), await exports.worked_on(connection)


async def _imported(file: Path, count: int, replace: bool) -> int:
    """How many keys are back. Raises Stopped."""
    from bot.app.processes import Stopped
    from bot.storage import exports

    async with _connected(adopt=False) as connection:
        if await exports.worked_on(connection):
            raise Stopped("a worker is running on this server: stop Sharewise first")
        try:
            with typer.progressbar(length=count, label="Reading", file=sys.stderr) as bar:
                return await exports.import_(connection, file, bar.update, replace=replace)
        except exports.NotEmpty:
            raise Stopped(
                "something is kept on this server already, and nothing was changed: "
                "import into an empty one, or erase it with --replace"
            ) from None


@asynccontextmanager
async def _connected(*, adopt: bool) -> AsyncIterator[Connection]:
    """The server of the settings. Raises Stopped."""
    from bot.app.processes import store

    async with store(settings(), adopt=adopt) as memory:
        yield memory.connection
