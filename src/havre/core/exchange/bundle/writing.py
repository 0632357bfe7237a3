# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a bundle: the same case at the same moment gives the same bytes."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from havre.core.exchange.bundle.saying import WORDS, schema
from havre.core.exchange.bundle.shape import MANIFEST_FORMAT, VERSION, CaseFile, Kept, Manifest
from havre.words import Language

CASE, DOSSIER, SCHEMA, README, MANIFEST = (
    "case.json",
    "dossier.pdf",
    "schema.json",
    "README.txt",
    "manifest.json",
)
FOLDER = "attachments"
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that goes with the case, at the path that ``case.json`` names."""

    path: str
    media_type: str
    content: bytes


def write_bundle(case: CaseFile, dossier: bytes, attachments: Sequence[Attachment] = ()) -> bytes:
    """The .zip. ``dossier`` is the PDF that says on paper what ``case`` says."""
    files = [
        Attachment(README, "text/plain; charset=utf-8", readme().encode()),
        Attachment(CASE, _JSON, _text(case.model_dump_json(indent=1))),
        Attachment(DOSSIER, "application/pdf", dossier),
        Attachment(SCHEMA, _JSON, _text(json.dumps(schema(), ensure_ascii=False, indent=1))),
        *attachments,
    ]
    manifest = Manifest(
        format=MANIFEST_FORMAT,
        version=VERSION,
        made_at=case.made_at,
        files=tuple(_kept(each) for each in files),
    )
    files.append(Attachment(MANIFEST, _JSON, _text(manifest.model_dump_json(indent=1))))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for each in files:
            archive.writestr(_entry(each, case.made_at), each.content)
    return packed.getvalue()


def readme() -> str:
    """How to read a bundle without Havre, in both languages, lines ended as every system shows them."""
    said = [WORDS.say(language, "readme").strip() for language in Language]
    return "\r\n".join(f"\n\n{'-' * 78}\n\n".join(said).split("\n")) + "\r\n"


def _text(text: str) -> bytes:
    return f"{text}\n".encode()


def _kept(file: Attachment) -> Kept:
    return Kept(
        path=file.path,
        size=len(file.content),
        sha256=sha256(file.content).hexdigest(),
        media_type=file.media_type,
    )


def _entry(file: Attachment, made_at: datetime) -> zipfile.ZipInfo:
    """Text is packed; pictures and PDF are packed already."""
    at = made_at.astimezone(UTC)
    entry = zipfile.ZipInfo(file.path, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    plain = file.media_type.startswith(("text/", _JSON))
    entry.compress_type = zipfile.ZIP_DEFLATED if plain else zipfile.ZIP_STORED
    entry.external_attr = 0o600 << 16
    return entry
