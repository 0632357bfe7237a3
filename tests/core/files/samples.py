# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small files of each kind."""

import struct
import zipfile
import zlib
from io import BytesIO

PDF = b"%PDF-1.7\n%%EOF\n"
TEXT = "Né à Calais; أحمد\n".encode()


def workbook(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names or ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(orientation: int, order: str = "<") -> bytes:
    """An Exif segment with an orientation and a place."""
    entries = [(0x010E, 2, 4, b"Home"), (0x0112, 3, 1, struct.pack(f"{order}HH", orientation, 0))]
    listed = b"".join(struct.pack(f"{order}HHI", tag, kind, n) + value for tag, kind, n, value in entries)
    begin = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(entries))
    return segment(0xE1, b"Exif\0\0" + begin + listed + b"\0\0\0\0GPS 50.95N 1.85E")


JFIF = segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\0\0")
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")
DRAWN = (
    segment(0xDB, bytes(65))
    + segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
    + segment(0xDA, b"\x01\x01\0\0\x3f\0")
    + b"\x12\xff\x00\x34\xff\xd0\x56"
    + segment(0xC4, bytes(20))
    + segment(0xDA, b"\x01\x01\0\0\x3f\0")
    + b"\x78"
)


def jpeg(*before: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(before) + DRAWN + b"\xff\xd9" + after


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*among: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(among) + picture + chunk(b"IEND", b"")
