# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre names score``: pairs of names in, scores out."""

from pathlib import Path

from havre.conf.console import language, progress, say, tell
from havre.core.exchange import check_writable, read_name_pairs, write_scores
from havre.engines.names import explain_pairs

_AT_ONCE = 10_000


def score_file(path: Path, out: Path) -> None:
    """The rows of ``path`` in the same order, with probability, bits and why."""
    check_writable(out, language=language())
    read = read_name_pairs(path, language=language())
    pairs = read.pairs()
    added: list[tuple[str, str, str]] = []
    with progress("scoring") as told:
        for start in range(0, len(pairs), _AT_ONCE):
            explained = explain_pairs(pairs[start : start + _AT_ONCE])
            added += [(f"{e.probability:.6f}", f"{e.bits:.2f}", e.why(language())) for e in explained]
            told(len(added) / len(pairs))
    columns = list(zip(*added, strict=True)) or [(), (), ()]
    write_scores(out, read, ("probability", "bits", "why"), columns, language=language())
    tell(say("wrote", path=out))
