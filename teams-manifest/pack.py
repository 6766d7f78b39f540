"""Make the app package that is uploaded to Teams: ``python teams-manifest/pack.py APP_ID``.

It draws the two icons, puts the bot's application id into the manifest, and zips the three.
"""

from __future__ import annotations

import struct
import sys
import uuid
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE / "sharewise.zip"
PLACEHOLDER = "${{MICROSOFT_APP_ID}}"
GREEN, WHITE, CLEAR = (15, 107, 92, 255), (255, 255, 255, 255), (255, 255, 255, 0)

Colour = tuple[int, int, int, int]


def icon(side: int, ground: Colour) -> bytes:
    """Two circles that share a part, as a PNG of ``side`` by ``side`` pixels."""
    fine = 4
    rows = []
    for y in range(side):
        row = bytearray([0])
        for x in range(side):
            points = [((x + (i + 0.5) / fine) / side, (y + (j + 0.5) / fine) / side)
                      for i in range(fine) for j in range(fine)]  # fmt: skip
            share = sum(_drawn(*point) for point in points) / len(points)
            row += bytes(round(a + (b - a) * share) for a, b in zip(ground, WHITE, strict=True))
        rows.append(bytes(row))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def package(app_id: str) -> dict[str, bytes]:
    """The files of the package, by name; raises ValueError where ``app_id`` is no GUID."""
    manifest = (HERE / "manifest.json").read_text(encoding="utf-8")
    return {
        "manifest.json": manifest.replace(PLACEHOLDER, str(uuid.UUID(app_id))).encode(),
        "color.png": icon(192, GREEN),
        "outline.png": icon(32, CLEAR),
    }


def main(arguments: list[str]) -> int:
    """Write the package; returns the exit status."""
    try:
        [app_id] = arguments
        files = package(app_id)
    except ValueError:
        print(
            "Expected the bot's application id, such as 11111111-2222-3333-4444-555555555555.",
            file=sys.stderr,
        )
        return 2
    with zipfile.ZipFile(PACKAGE, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    print(f"Wrote {PACKAGE}. In Teams: Apps, Manage your apps, Upload an app.")
    return 0


def _drawn(x: float, y: float) -> bool:
    """Whether a point is drawn: both rims, and what the circles share."""
    left, right = ((x - centre) ** 2 + (y - 0.5) ** 2 for centre in (0.39, 0.61))
    inner, outer = 0.2**2, 0.26**2
    rims = inner <= left <= outer or inner <= right <= outer
    return rims or (left < outer and right < outer)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
