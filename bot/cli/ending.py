"""How a command begins, with the settings, and how it ends where something is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, NoReturn, TypeVar

import typer

from bot.settings import BadSettings, Settings, read_settings

Outcome = TypeVar("Outcome")


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


def end(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run to the end; what went wrong in a foreseen way ends in one line."""
    from bot.app.processes import Stopped

    try:
        return asyncio.run(work)
    except Stopped as error:
        fail(str(error))
