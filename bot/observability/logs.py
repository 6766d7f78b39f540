"""Structured logs on standard error: ids, never message text, tokens or names."""

from __future__ import annotations

import logging
import sys
import traceback

import structlog


def set_up(level: str) -> None:
    """Log our own events: JSON lines, or readable ones on a terminal. ``level`` as in Settings.

    The libraries' own lines can hold message text or tokens, so only where they warned is passed on, and of
    an error only its kind and place.
    """
    readable = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.root.handlers = [_Others(logging.WARNING)]
    logging.root.setLevel(logging.WARNING)


def where(error: BaseException) -> str:
    """The kind of an error and where it arose, without its message, which could quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join([type(error).__name__, *(f"{f.name}:{f.lineno}" for f in reversed(frames))])


class _Others(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = where(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        structlog.get_logger().warning(
            "library", library=record.name, place=f"{record.module}:{record.lineno}", error=error
        )
