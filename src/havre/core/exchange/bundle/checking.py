# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a bundle is what was written: every file there, its hash as it was, the case as the shape says.

Whoever sent it may be anybody: nothing is unpacked to the disk, sizes are counted and not believed, and no fault
repeats what a value says.
"""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from havre.core.exchange.bundle.parsing import Bad, parsed
from havre.core.exchange.bundle.saying import WORDS
from havre.core.exchange.bundle.shape import (
    CASE_FORMAT,
    MANIFEST_FORMAT,
    Case,
    CaseFile,
    Document,
    Kept,
    Manifest,
    Statement,
)
from havre.core.exchange.bundle.writing import CASE, DOSSIER, MANIFEST, README, SCHEMA
from havre.core.exchange.errors import ExchangeError, os_reason
from havre.core.exchange.limits import MEGABYTE
from havre.core.exchange.remarks import WORDS as ROOM
from havre.core.exchange.remarks import shortened
from havre.words import Language

REQUIRED = (README, CASE, DOSSIER, SCHEMA, MANIFEST)
_BLOCK = 1 << 18
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises where an archive is damaged, encrypted or of a kind that nobody writes."""


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """What a bundle may be; a larger one is refused before it fills the machine."""

    files: int = 2000
    unpacked: int = 2048 * MEGABYTE
    json: int = 64 * MEGABYTE


class UnreadableBundle(ExchangeError):
    """Nothing of the bundle could be looked at."""

    def say(self, language: Language) -> str:
        """The sentence in ``language``."""
        return (WORDS if self.key in WORDS else ROOM).say(language, self.key, **self.values)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be: in which file, where in it, what."""

    file: str
    key: str
    place: str = ""
    """Where in a JSON file, such as ``case.decisions[0].answer``."""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def say(self, language: Language) -> str:
        """One sentence: place, what is wrong, what would be right."""
        what = WORDS.say(language, f"fault_{self.key}", **self.values)
        place = ", ".join(filter(None, (shortened(self.file), self.place)))
        return WORDS.say(language, "fault", place=place, what=what)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found."""

    faults: tuple[Fault, ...]
    sha256: str
    """Of the whole file: the record of whoever made the bundle holds the same."""
    files: int
    made_at: datetime | None
    """As the case says, where it could be read."""


def check_bundle(
    path: Path, *, language: Language = Language.ENGLISH, limits: BundleLimits | None = None
) -> Checked:
    """Looks at everything in the bundle at ``path`` and names every fault; UnreadableBundle where it is no .zip."""
    limits = limits or BundleLimits()
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableBundle(language, "not_a_bundle", path=path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with zipfile.ZipFile(path) as packed:
            looked = _Look(packed, limits)
            faults = tuple(looked.faults())
            return Checked(faults, digest, len(looked.found), looked.made_at)
    except OSError as error:
        raise UnreadableBundle(language, os_reason(error), path=path) from error
    except _BROKEN as error:
        raise UnreadableBundle(language, "not_a_bundle", path=path) from error


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as it was read; its content only where it is JSON."""

    size: int
    sha256: str
    content: bytes


class _Look:
    """One bundle, looked at from end to end."""

    def __init__(self, packed: zipfile.ZipFile, limits: BundleLimits) -> None:
        self.packed, self.limits = packed, limits
        self.found: dict[str, _Found] = {}
        self.made_at: datetime | None = None

    def faults(self) -> Iterator[Fault]:
        """Every fault, file by file."""
        if len(self.packed.infolist()) > self.limits.files:
            yield Fault("", "too_many", values={"most": self.limits.files})
            return
        yield from self._read()
        yield from (Fault(name, "missing") for name in REQUIRED if name not in self.packed.namelist())
        listed = yield from self._manifest()
        yield from self._case(listed)

    def _read(self) -> Iterator[Fault]:
        left = self.limits.unpacked
        for entry in self.packed.infolist():
            if entry.filename in self.found:
                yield Fault(entry.filename, "twice")
                continue
            try:
                self.found[entry.filename] = found = self._content(entry, left)
                left -= found.size
            except _TooLarge:
                yield Fault(entry.filename, "too_large", values={"most": self.limits.unpacked // MEGABYTE})
                return
            except _BROKEN:
                yield Fault(entry.filename, "damaged")

    def _content(self, entry: zipfile.ZipInfo, left: int) -> _Found:
        size, digest, kept = 0, hashlib.sha256(), bytearray()
        is_json = entry.filename in (CASE, MANIFEST)
        most = min(left, self.limits.json) if is_json else left
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError
        with self.packed.open(entry) as source:
            while block := source.read(_BLOCK):
                size += len(block)
                if size > most:
                    raise _TooLarge
                digest.update(block)
                if is_json:
                    kept += block
        return _Found(size, digest.hexdigest(), bytes(kept))

    def _manifest(self) -> Generator[Fault, None, frozenset[str]]:
        """The faults of the manifest and of what it lists; then the paths that it lists."""
        if MANIFEST not in self.found:
            return frozenset()
        try:
            manifest = parsed(self.found[MANIFEST].content, Manifest, MANIFEST_FORMAT)
        except Bad as bad:
            yield from (Fault(MANIFEST, each.key, each.place, each.values) for each in bad.slips)
            return frozenset()
        listed = {each.path: each for each in manifest.files}
        if len(listed) < len(manifest.files):
            yield Fault(MANIFEST, "listed_twice")
        for path, kept in listed.items():
            yield from self._compared(path, kept)
        yield from (Fault(path, "unlisted") for path in self.found if path not in {*listed, MANIFEST})
        return frozenset(listed)

    def _compared(self, path: str, kept: Kept) -> Iterator[Fault]:
        found = self.found.get(path)
        if found is None:
            if path not in (*REQUIRED, *self.packed.namelist()):  # that is said already
                yield Fault(path, "missing")
        elif found.size != kept.size:
            yield Fault(path, "size", values={"said": kept.size, "found": found.size})
        elif found.sha256 != kept.sha256:
            yield Fault(path, "hash")

    def _case(self, listed: frozenset[str]) -> Iterator[Fault]:
        if CASE not in self.found:
            return
        try:
            told = parsed(self.found[CASE].content, CaseFile, CASE_FORMAT)
        except Bad as bad:
            yield from (Fault(CASE, each.key, each.place, each.values) for each in bad.slips)
            return
        self.made_at = told.made_at
        decided = {each.id for each in told.case.decisions}
        for nth, event in enumerate(told.case.events):
            if event.decision and event.decision not in decided:
                yield Fault(CASE, "no_such_decision", f"case.events[{nth}].decision")
        yield from (
            Fault(CASE, "no_such_file", f"case.{place}.attachment")
            for place, path in _attached(told.case)
            if path not in listed and path not in self.packed.namelist()
        )


def _attached(case: Case) -> Iterator[tuple[str, str]]:
    """Every place that names a file, and the file."""
    places: dict[str, Sequence[Document | Statement]] = {
        "child.documents": case.child.documents,
        "relative.documents": case.relative.documents,
        "statements": case.statements,
    }
    for place, found in places.items():
        for nth, each in enumerate(found):
            if each.attachment:
                yield f"{place}[{nth}]", each.attachment


class _TooLarge(Exception):
    """More than the limits let in."""
