# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kinds of files are taken: each is known by its bytes, and its ending has to agree."""

import re
import unicodedata
import zipfile
from enum import Enum
from io import BytesIO
from pathlib import PurePosixPath

from havre.core.files.errors import FileRefused

LONGEST_NAME = 200
_PARTS = re.compile(r"[/\\]")


class Kind(Enum):
    """A kind of file: media type, endings, first bytes."""

    PDF = ("application/pdf", ("pdf",), b"%PDF-")
    PNG = ("image/png", ("png",), b"\x89PNG\r\n\x1a\n")
    JPEG = ("image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff")
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), b"PK\x03\x04")
    TEXT = ("text/plain", ("txt", "csv"), b"")

    def __init__(self, media_type: str, endings: tuple[str, ...], begins: bytes) -> None:
        self.media_type = media_type
        self.endings = endings
        self.begins = begins


def kind_of(name: str, content: bytes) -> Kind:
    """What ``content`` is; FileRefused where it is nothing we take, or ``name`` ends like something else."""
    if not content:
        raise FileRefused("file_empty", name=name)
    found = _sniffed(content)
    if found is None:
        raise FileRefused("file_unknown", name=name)
    if PurePosixPath(name).suffix.removeprefix(".").lower() not in found.endings:
        raise FileRefused("file_lies", name=name, kind=found.endings[0].upper())
    return found


def _sniffed(content: bytes) -> Kind | None:
    for kind in (Kind.PDF, Kind.PNG, Kind.JPEG):
        if content.startswith(kind.begins):
            return kind
    if content.startswith(Kind.XLSX.begins):
        return Kind.XLSX if _is_workbook(content) else None
    return Kind.TEXT if _is_text(content) else None


def _is_workbook(content: bytes) -> bool:
    """Whether the archive is a workbook without macros; its parts are listed, none is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return False
    macros = any(name.endswith("vbaProject.bin") for name in names)
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and not macros


def _is_text(content: bytes) -> bool:
    """Whether it reads as text: UTF-8, or UTF-16 that says so, without control characters."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(
            unicodedata.category(letter) == "Cc" and letter not in "\t\r\n\f" for letter in set(text)
        )
    return False


def plain_name(name: str) -> str:
    """``name`` as uploaded, without folders and without signs that show nothing or turn the text around."""
    last = _PARTS.split(name)[-1]
    shown = "".join(" " if letter.isspace() else letter for letter in last)
    kept = "".join(
        letter for letter in shown if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    stem, dot, ending = " ".join(kept.split()).rpartition(".")
    if not dot:
        return ending[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"[:LONGEST_NAME]
