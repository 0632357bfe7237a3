# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre match``: lists in, pairs out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from havre.conf.console import CommandError, language, progress, say, tell, tell_remarks
from havre.core.exchange import Reading, check_writable, read_list, write_pairs, write_refused
from havre.engines.linkage import Band, Pair, ShoreList, match, match_self


def read(path: Path, out: Path, *, strict: bool = False) -> ShoreList:
    """The list at ``path``; bad cells are told, and what was left out is written beside ``out``."""
    with progress("reading") as told:
        reading = read_list(path, language=language(), strict=strict, progress=told)
    lst = reading.shore_list
    tell(say("read", path=path, people=len(lst.people), links=len(lst.links)))
    if reading.remarks:
        _tell(reading, path, out)
    return lst


def _tell(reading: Reading, path: Path, out: Path) -> None:
    for note in (remark for remark in reading.remarks if remark.note):
        tell(note.say(language()))
    if reading.faults:
        tell_remarks([remark.say(language()) for remark in reading.faults])
        refused = out.with_name(f"{out.stem}-left-out-{path.resolve().stem}.xlsx")
        write_refused(reading, refused)
        tell(say("left_out", path=refused))


def propose(a: ShoreList, b: ShoreList) -> tuple[Pair, ...]:
    """The pairs of two lists, with a progress bar."""
    with progress("matching") as told:
        return match(a, b, progress=told)


def summarise(pairs: Sequence[Pair]) -> None:
    """How many pairs there are, and how sure."""
    bands = Counter(pair.band for pair in pairs)
    tell(say("found_bands", found=say("found", n=len(pairs)), **{band.value: bands[band] for band in Band}))


def match_files(lists: Sequence[Path], out: Path, *, with_itself: bool, strict: bool) -> None:
    """The whole of ``havre match``."""
    if with_itself != (len(lists) == 1):
        raise CommandError(say("one_list" if with_itself else "two_lists"))
    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise CommandError(say("bad_ending", path=out, endings=".csv, .xlsx"))
    if len({path.resolve() for path in lists}) < len(lists):
        raise CommandError(say("same_list", path=lists[0]))
    check_writable(out, language=language())
    read_in = [read(path, out, strict=strict) for path in lists]
    a, b = read_in[0], read_in[-1]
    if with_itself:
        with progress("matching") as told:
            pairs = match_self(a, progress=told)
    else:
        pairs = propose(a, b)
    # A CSV holds the pairs of list a's links; whom only a link of list b speaks of stands in a workbook.
    whole = with_itself or out.suffix.lower() == ".xlsx"
    summarise([pair for pair in pairs if whole or pair.link_a])
    write_pairs(pairs, out, language(), lists=(a, b))
    tell(say("wrote", path=out))
