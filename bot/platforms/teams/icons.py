"""The two icons of the Teams app, drawn: two circles that share a part."""

from __future__ import annotations

import struct
import zlib

GREEN, WHITE, CLEAR = (15, 107, 92, 255), (255, 255, 255, 255), (255, 255, 255, 0)

Colour = tuple[int, int, int, int]


DRAWN = 0.74
"""How much of a side the drawing takes where it isn't made smaller."""


def icon(side: int, ground: Colour, within: float = DRAWN) -> bytes:
    """Two circles that share a part, as a PNG of ``side`` by ``side`` pixels.

    ``within``: how much of a side they may take, in the middle.
    """
    fine, scale = 4, DRAWN / within
    rows = []
    for y in range(side):
        row = bytearray([0])
        for x in range(side):
            points = [((x + (i + 0.5) / fine) / side, (y + (j + 0.5) / fine) / side)
                      for i in range(fine) for j in range(fine)]  # fmt: skip
            drawn = sum(_drawn(*(0.5 + (along - 0.5) * scale for along in point)) for point in points)
            share = drawn / len(points)
            row += bytes(round(a + (b - a) * share) for a, b in zip(ground, WHITE, strict=True))
        rows.append(bytes(row))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _drawn(x: float, y: float) -> bool:
    """Whether a point is drawn: both rims, and what the circles share."""
    left, right = ((x - centre) ** 2 + (y - 0.5) ** 2 for centre in (0.39, 0.61))
    inner, outer = 0.2**2, 0.26**2
    rims = inner <= left <= outer or inner <= right <= outer
    return rims or (left < outer and right < outer)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
