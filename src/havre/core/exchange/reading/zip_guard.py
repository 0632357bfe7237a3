# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an .xlsx may unpack to, measured before any library lays it out in memory.

An .xlsx is a zip of XML. A small one can unpack to more than any machine holds, name cells a billion rows apart
(the reader lays out the rectangle between them), or show one long text in a million cells. So each XML part is
unpacked here block by block and counted on the way into a copy; the copy is measured, and then it goes on to the
reader, which so sees what was measured and nothing else.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from havre.core.exchange.errors import Refusal
from havre.core.exchange.limits import MEGABYTE, Limits
from havre.core.exchange.reading.quick_guard import QuickMeter, Unsure
from havre.core.exchange.reading.sheet_guard import PartMeter, TooMuch

_BLOCK = 1 << 18
_SMALL = 10 * MEGABYTE
_FIXED = (1980, 1, 1, 0, 0, 0)


def safe_copy(path: Path, limits: Limits) -> BinaryIO:
    """The XML parts of the .xlsx at ``path`` as a zip in memory, all of them within ``limits``.

    Raises Refusal where the file is no sound zip, unpacks to too much, or has a sheet that is too large.
    """
    if path.stat().st_size > limits.xlsx_bytes:
        raise Refusal("too_large", path, limit=limits.xlsx_bytes // MEGABYTE)
    try:
        with zipfile.ZipFile(path) as packed:
            return _copy(path, packed, limits)
    except TooMuch as error:
        raise Refusal("sheet_too_large", path) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, ValueError) as error:
        raise Refusal("damaged_workbook", path) from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown compression; a password
        raise Refusal("damaged_workbook", path) from error


def _copy(path: Path, packed: zipfile.ZipFile, limits: Limits) -> BinaryIO:
    parts = [part for part in packed.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
    names = {part.filename.lower() for part in parts}
    if len(packed.infolist()) > limits.xlsx_members:
        raise Refusal("workbook_bomb", path)
    if len(names) != len(parts):
        raise zipfile.BadZipFile("two parts of one name")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise zipfile.BadZipFile("a compression that no spreadsheet writes")
    copy = io.BytesIO()
    left = limits.xlsx_unpacked
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part in parts:
            left -= _copy_part(path, packed, part, target, min(left, _unpacked_limit(part, limits)))
    _measure(copy, limits)
    copy.seek(0)
    return copy


def _unpacked_limit(part: zipfile.ZipInfo, limits: Limits) -> int:
    return max(_SMALL, part.compress_size * limits.xlsx_ratio)


def _copy_part(
    path: Path, packed: zipfile.ZipFile, part: zipfile.ZipInfo, target: zipfile.ZipFile, limit: int
) -> int:
    """Copies one part; how many bytes it unpacks to. The sizes that the zip states are not believed."""
    size = 0
    with packed.open(part) as source, target.open(zipfile.ZipInfo(part.filename, _FIXED), "w") as out:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > limit:
                raise Refusal("workbook_bomb", path)
            out.write(block)
    return size


def _measure(copy: BinaryIO, limits: Limits) -> None:
    """TooMuch where a sheet would not fit; ValueError where a part is not sound."""
    with zipfile.ZipFile(copy) as packed:
        try:
            quick = QuickMeter(limits)
            for part in packed.infolist():
                quick.part(_blocks(packed, part))
            quick.end()
        except Unsure:
            meter = PartMeter(limits)
            for part in packed.infolist():
                meter.part(_blocks(packed, part))
            meter.end()


def _blocks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(part) as source:
        while block := source.read(_BLOCK):
            yield block
