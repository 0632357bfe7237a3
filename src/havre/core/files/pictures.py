# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures without what a telephone writes beside them: where they were taken, when, with which device.

What shows the picture stays; its pixels are not touched. Of a JPEG's application segments (APP0 to APP15) only two
are kept, in a form that can hold nothing else: Adobe's colour transform, without which some pictures change their
colours, and a new Exif segment with nothing but the orientation, without which a photograph lies on its side.
"""

import struct
from collections.abc import Iterator

# Markers, ITU-T T.81 table B.1.
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_JFIF, _EXIF, _ADOBE = 0xE0, 0xE1, 0xEE
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_ADOBE_LENGTH = 12
_ORIENTATION, _SHORT = 0x0112, 3

# Chunks of a PNG that draw it; text, times, Exif and what is unknown are left out.
_DRAWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs sPLT hIST acTL fcTL fdAT".split()
)


class Damaged(ValueError):
    """The file is not built as its kind should be."""


def bare_jpeg(content: bytes) -> bytes:
    """The JPEG with its pixels, its orientation and nothing that tells of its making; Damaged."""
    kept, orientation = [b"\xff\xd8"], 1
    for marker, body, raw in _segments(content):
        if marker == _EXIF:
            orientation = _orientation(body) or orientation
        elif (marker == _ADOBE and _is_adobe(body)) or (marker == _JFIF and body.startswith(b"JFIF\0")):
            kept.append(raw if marker == _ADOBE else _segment(_JFIF, body[:12] + b"\0\0"))
        elif marker not in _APPLICATIONS and marker != _COMMENT:
            kept.append(raw)
    if orientation != 1:
        kept.insert(1, _segment(_EXIF, _turned(orientation)))
    return b"".join(kept)


def bare_png(content: bytes) -> bytes:
    """The PNG with the chunks that draw it; Damaged."""
    kept, place, last = [content[:8]], 8, b""
    while last != b"IEND":
        header = content[place : place + 8]
        if len(header) < 8:
            raise Damaged
        length, last = struct.unpack(">I4s", header)
        end = place + 12 + length
        if end > len(content):
            raise Damaged
        if last in _DRAWN:
            kept.append(content[place:end])
        place = end
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, body and raw bytes of each segment up to the end of the picture; a scan goes with its data."""
    place = 2
    while True:
        marker, place = _marker(content, place)
        if marker == _END:
            yield marker, b"", b"\xff\xd9"
            return
        if marker in _WITHOUT_LENGTH:
            yield marker, b"", bytes((0xFF, marker))
            continue
        (length,) = struct.unpack_from(">H", content, place) if place + 2 <= len(content) else (0,)
        end = place + length
        if length < 2 or end > len(content):
            raise Damaged
        body, after = content[place + 2 : end], _scan_end(content, end) if marker == _SCAN else end
        yield marker, body, _segment(marker, body) + content[end:after]
        place = after


def _marker(content: bytes, place: int) -> tuple[int, int]:
    if content[place : place + 1] != b"\xff":
        raise Damaged
    while content[place : place + 1] == b"\xff":  # fill bytes
        place += 1
    if place >= len(content) or content[place] in (0x00, _START):
        raise Damaged
    return content[place], place + 1


def _scan_end(content: bytes, place: int) -> int:
    """Where the data of a scan ends: at the first marker that is neither stuffing nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise Damaged
        following = content[place + 1]
        if following not in (0x00, 0xFF) and following not in _WITHOUT_LENGTH:
            return place
        place += 1 if following == 0xFF else 2


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _is_adobe(body: bytes) -> bool:
    return len(body) == _ADOBE_LENGTH and body.startswith(b"Adobe")


def _orientation(body: bytes) -> int | None:
    """How the camera was held (Exif 2.3, tag 0x0112), 1 to 8; None where the segment does not say."""
    if not body.startswith(b"Exif\0\0"):
        return None
    tiff = body[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    try:
        (first,) = struct.unpack_from(f"{order or '<'}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order or '<'}H", tiff, first)
        for index in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order or '<'}HHIH", tiff, first + 2 + 12 * index)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return value if order and 1 <= value <= 8 else None
    except struct.error:
        return None
    return None


def _turned(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return b"Exif\0\0MM\0\x2a" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
