"""What goes with each page of ours: nothing from elsewhere, nothing kept, nothing framed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape


def headers(style: str, script: str = "", *, forms: bool = False) -> dict[str, str]:
    """The headers of a page that has just this ``style`` and ``script``.

    ``forms``: whether it has forms, which then come back to us, and whose sender we may be told.
    A script may only ask us.
    """
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{_digest(style)}'",
        *([f"script-src 'sha256-{_digest(script)}'", "connect-src 'self'"] if script else []),
        f"form-action {_SELF if forms else _NONE}",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin" if forms else "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


_SELF, _NONE = "'self'", "'none'"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


_STYLE = (
    ":root{color-scheme:light dark;--ink:#1d1d1f;--paper:#fff;--link:#0b4f8a}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f2f2f4;--paper:#1b1b1e;--link:#9ecbf5}}"
    "body{font:1.0625rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;"
    "padding:1rem;max-width:38rem;overflow-wrap:anywhere}h1{font-size:1.4rem;line-height:1.25}"
    "a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:3px}"
)
HEADERS = headers(_STYLE)
"""Of ``page``."""


def page(title: str, said: str, ways: Iterable[tuple[str, str]] = ()) -> str:
    """A page that says one thing, with the ways on: what each is called, and its address."""
    links = "".join(f'<p><a href="{escape(to)}">{escape(name)}</a></p>' for name, to in ways)
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1><p>{escape(said)}</p>{links}</main></body></html>\n"
    )
