"""What goes with each page of ours: nothing from elsewhere, nothing kept, nothing framed."""

from __future__ import annotations

import base64
import hashlib


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
