"""``encryption``: the keys under which the tokens of workspaces are kept."""

from __future__ import annotations

import base64
import secrets

import typer

from bot.cli.ending import end, fail, settings
from bot.setting_values import KEY_BYTES

encryption = typer.Typer()
group = typer.Typer(help="The keys with which the tokens of workspaces are encrypted (ENCRYPTION_KEYS).")
encryption.add_typer(group, name="encryption")


@group.command()
def key() -> None:
    """Print a new key, made by chance."""
    typer.echo(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode())


@group.command()
def rotate() -> None:
    """Encrypt all that is kept under the first of ENCRYPTION_KEYS; then the others can go."""
    from bot.app import processes as running

    config = settings()
    if not config.encryption_keys:
        fail("ENCRYPTION_KEYS is not set: nothing is encrypted")
    done, shut = end(running.encrypted_anew(config))
    typer.echo(f"{done} under the first key.")
    if shut:
        fail(
            f"none of the keys opens what is kept of {', '.join(shut)}: put the former key back, or have the "
            "app installed there again"
        )
