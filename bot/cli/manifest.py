"""``python -m bot manifest``: what a platform wants to know of the app, made from the table of commands."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from bot.platforms.registry import BadManifest, Manifest, ManifestFacts, Platform
from dialogs.core.commands.row import EVERYWHERE
from dialogs.core.commands.table import menu
from dialogs.questions.blocks import example_questions
from knowledge import Knowledge

EXAMPLE_URL = "https://sharewise.example"
"""Stands where the bot's own address belongs, until it is known."""
EXAMPLE_WEBSITE = "https://www.example.gov.uk"


def build(
    platform: Platform,
    kb: Knowledge,
    *,
    url: str | None = None,
    app_id: str | None = None,
    website: str | None = None,
    socket_mode: bool = False,
    follow_ups: bool = False,
    assistant: bool = False,
    installable: bool = False,
) -> Manifest:
    """The manifest of ``platform``. Raises BadManifest where it has none, or can't be made."""
    if platform.manifest is None:
        raise BadManifest(f"{platform.label} needs no manifest")
    for option, address in (("--url", url), ("--website", website)):
        if address is not None and not re.fullmatch(r"https://[^\s/]+(?:/[^\s]*)?", address):
            raise BadManifest(f"{option} must be an address that begins with https://")
    menus = {place: menu(place) for place in EVERYWHERE}
    facts = ManifestFacts(
        (url or EXAMPLE_URL).rstrip("/"),
        url is not None,
        kb.deck,
        menus,
        app_id,
        example_questions(kb)[-3:],
        assistant,
        socket_mode,
        (website or EXAMPLE_WEBSITE).rstrip("/"),
        follow_ups,
        installable,
    )
    return platform.manifest(facts)


def write(manifest: Manifest, file: Path) -> None:
    """Write what is uploaded: the package, or the text. May raise OSError, BadManifest."""
    if manifest.files is None:
        file.write_text(manifest.text, encoding="utf-8")
        return
    if manifest.missing:
        raise BadManifest(f"the package needs {manifest.missing}")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in manifest.files().items():
            zipped.writestr(name, content)
