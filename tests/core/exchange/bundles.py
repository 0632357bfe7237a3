# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small bundle of nobody's case, and ways to spoil it."""

import io
import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from havre.core.exchange.bundle import Attachment, write_bundle
from havre.core.exchange.bundle.shape import CaseFile

PDF = b"%PDF-1.7 nothing"
NAME = "Zmarai Gebremedhin"
"""A name that no fault may repeat."""
DECISION, PAPER = UUID(int=7), UUID(int=8)
ATTACHED = f"attachments/{PAPER}.pdf"
DAY, MOMENT = "2016-11-21", "2016-11-21T10:00:00Z"


def text(said: str) -> dict[str, str]:
    return {"en": said, "fr": said}


def word(said: str) -> dict[str, str]:
    return {"word": said, **text(said)}


def person(**more: Any) -> dict[str, Any]:
    return {
        "registration": None,
        "reference": "",
        "names": [NAME, "ዝማራይ ገብረመድህን"],
        "born": [],
        "born_between": [2001, 2002],
        "nationality": "ERI",
        "birthplace": "Keren",
        "language": "ti",
        "says": [],
        "documents": [],
        **more,
    }


def paper(path: str | None = ATTACHED) -> dict[str, Any]:
    return {
        "id": str(PAPER),
        "kind": "birth certificate",
        "number": "",
        "issued_by": "",
        "attachment": path,
        "left_out": None,
    }


def event(decision: UUID | None = None) -> dict[str, Any]:
    return {
        "id": str(UUID(int=5)),
        "kind": word("refused" if decision else "sent"),
        "happened_on": DAY,
        "recorded_at": MOMENT,
        "organisation": "Dunes",
        "shore": word("france"),
        "route": None,
        "decision": str(decision) if decision else None,
    }


def case_file(**more: Any) -> dict[str, Any]:
    """What ``case.json`` says; ``more`` takes the place of fields of the case."""
    dunes = {"id": str(UUID(int=1)), "name": "Dunes", "shore": word("france")}
    case = {
        "id": str(UUID(int=3)),
        "opened_at": MOMENT,
        "asks": dunes,
        "asked": None,
        "state": word("asked"),
        "by_silence": False,
        "route": None,
        "relation": word("uncle"),
        "child": person(documents=[paper()]),
        "relative": person(),
        "events": [event()],
        "facts": [],
        "routes": [],
        "clocks": [],
        "decisions": [],
        "statements": [],
        **more,
    }
    return {
        "format": "havre.case",
        "version": 1,
        "made_at": MOMENT,
        "made_by": dunes,
        "on_day": DAY,
        "case": case,
    }


def bundle(**more: Any) -> bytes:
    """A sound bundle, with one attachment."""
    told = CaseFile.model_validate_json(json.dumps(case_file(**more)), strict=True)
    return write_bundle(told, PDF, [Attachment(ATTACHED, "application/pdf", PDF)])


def files_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def spoiled(spoil: Callable[[dict[str, bytes]], Any]) -> bytes:
    """The bundle with its files changed by ``spoil``."""
    files = files_of(bundle())
    spoil(files)
    return packed(files)


def retold(change: Callable[[Any], Any]) -> bytes:
    """The bundle with another ``case.json``, of which the manifest knows: its hashes are right."""
    files = files_of(bundle())
    told = json.loads(files["case.json"])
    change(told)
    return listed(files, json.dumps(told).encode())


def listed(files: dict[str, bytes], case: bytes) -> bytes:
    """The files with this ``case.json``, and a manifest that agrees."""
    manifest = json.loads(files["manifest.json"])
    for each in manifest["files"]:
        if each["path"] == "case.json":
            each |= {"size": len(case), "sha256": sha256(case).hexdigest()}
    return packed({**files, "case.json": case, "manifest.json": json.dumps(manifest).encode()})
