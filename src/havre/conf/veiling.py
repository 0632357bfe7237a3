# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre encode``, ``havre match`` of codes, and ``havre open``: two lists that may not be shown to each other."""

import csv
import os
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from havre.conf.console import CommandError, language, progress, say, tell, why
from havre.conf.matching import read
from havre.core.exchange import atomic_write, check_writable
from havre.core.exchange.writing.csv_out import write_csv
from havre.engines.linkage import Band
from havre.engines.veil import (
    BadCodes,
    Codes,
    OtherRun,
    RunPair,
    SameSpeaker,
    Speaker,
    WeakKey,
    check_key,
    encode,
    match_codes,
    new_key,
    speaker_of,
)

_PAIRS = ("code_a", "code_b", "probability", "band")
_IDS = ("code", "link_id", "person_id")
_OWNER_ONLY = 0o600


def write_new_key(path: Path) -> None:
    """A new key at ``path``, readable by its owner only; what stands there already is never replaced."""
    check_writable(path, language=language())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        raise CommandError(say("key_exists", path=path)) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(new_key())
        file.flush()
        os.fsync(file.fileno())
    tell(say("wrote_key", path=path))


def _read_key(path: Path) -> bytes:
    data = _bytes(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise CommandError(say("key_open", path=path))
    try:
        check_key(data)
    except WeakKey:
        raise CommandError(say("key_weak", path=path)) from None
    return data


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(say("not_read", path=path, said=why(error))) from error


def encode_file(lst: Path, key: Path, out: Path, speaker: str, *, strict: bool) -> None:
    """The codes of a list at ``out``, and beside them which code is which link, for the owner only."""
    if speaker not in ("", *Speaker):
        raise CommandError(say("bad_speaker", said=speaker))
    secret = _read_key(key)
    own = out.with_name(f"{out.stem}-ids.csv")
    if len({path.resolve() for path in (lst, key, out, own)}) < 4:
        raise CommandError(say("encode_over", path=out))
    for path in (out, own):
        check_writable(path, language=language())
    shore_list = read(lst, out, strict=strict)
    who = Speaker(speaker) if speaker else speaker_of(shore_list)
    with progress("encoding") as told:
        codes, ids = encode(shore_list, secret, who, progress=told)
    _write_ids(own, [(code, link.link_id, link.person_id) for code, link in sorted(ids.items())])
    with atomic_write(out, language=language()) as file:
        file.write(codes.to_bytes())
    tell(say(f"encoded_{who.value}", n=len(ids), path=out))
    tell(say("wrote_ids", path=own))


def _write_ids(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    # What takes a file's place keeps its rights: so the place is made, and closed, before anything is in it.
    path.touch(mode=_OWNER_ONLY)
    path.chmod(_OWNER_ONLY)
    write_csv(path, _IDS, rows, language=language())


def are_codes(paths: Sequence[Path]) -> bool:
    """Whether the files hold codes and not lists; CommandError where one does and another does not."""
    found = [path.is_file() and Codes.begin(_first_bytes(path)) for path in paths]
    if any(found) and not all(found):
        raise CommandError(say("codes_and_list", path=paths[found.index(False)]))
    return all(found)


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError:
        return b""  # whoever reads a list says why it cannot be read


def match_code_files(paths: Sequence[Path], out: Path) -> None:
    """``havre match`` of codes: pairs of run ids, nothing else."""
    if len(paths) != 2:
        raise CommandError(say("two_codes"))
    if out.suffix.lower() != ".csv":
        raise CommandError(say("bad_ending", path=out, endings=".csv"))
    check_writable(out, language=language())
    a, b = (_codes(path) for path in paths)
    try:
        with progress("matching") as told:
            pairs = match_codes(a, b, progress=told)
    except OtherRun:
        raise CommandError(say("other_run", a=paths[0], b=paths[1])) from None
    except SameSpeaker:
        raise CommandError(say(f"same_speaker_{a.speaker.value}", a=paths[0], b=paths[1])) from None
    _summarise(pairs)
    rows = [(pair.code_a, pair.code_b, f"{pair.probability:.6f}", pair.band.value) for pair in pairs]
    write_csv(out, _PAIRS, rows, language=language())
    tell(say("wrote", path=out))


def _codes(path: Path) -> Codes:
    try:
        return Codes.from_bytes(_bytes(path))
    except BadCodes as error:
        raise CommandError(say(f"codes_{error.args[0]}", path=path)) from error


def _summarise(pairs: Sequence[RunPair]) -> None:
    bands = Counter(pair.band for pair in pairs)
    tell(say("found_bands", found=say("found", n=len(pairs)), **{band.value: bands[band] for band in Band}))


def open_pairs(pairs: Path, ids: Path, out: Path) -> None:
    """``havre open``: the pairs of one's own links, with their ids; of the other shore nothing but the code."""
    if out.suffix.lower() != ".csv":
        raise CommandError(say("bad_ending", path=out, endings=".csv"))
    check_writable(out, language=language())
    own = {code: (link, person) for code, link, person in _table(ids, _IDS)}
    rows = [
        (*own[mine], other, probability, band)
        for code_a, code_b, probability, band in _table(pairs, _PAIRS)
        for mine, other in ((code_a, code_b), (code_b, code_a))
        if mine in own
    ]
    if not rows:
        tell(say("opened_none", pairs=pairs, ids=ids))
    out.touch(mode=_OWNER_ONLY)
    write_csv(out, ("link_id", "person_id", "other_code", "probability", "band"), rows, language=language())
    tell(say("wrote", path=out))


def _table(path: Path, titles: Sequence[str]) -> list[list[str]]:
    """The rows of a CSV that Havre wrote; one that was changed by hand is refused."""
    try:
        rows = list(csv.reader(_bytes(path).decode("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or tuple(rows[0]) != tuple(titles) or any(len(row) != len(titles) for row in rows):
        raise CommandError(say("not_our_table", path=path, columns=", ".join(titles)))
    return rows[1:]
