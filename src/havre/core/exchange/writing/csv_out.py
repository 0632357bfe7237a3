# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""CSV as Havre writes it: UTF-8, commas, a line feed after each row, the same bytes for the same rows."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from havre.core.exchange.writing.atomic import atomic_write
from havre.words import Language


def write_csv(
    path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]], *, language: Language = Language.ENGLISH
) -> None:
    """Writes ``path`` whole or not at all."""
    with atomic_write(path, language=language) as file:
        # What no encoding holds (half a surrogate) becomes a question mark rather than an error.
        text = io.TextIOWrapper(file, "utf-8", errors="replace", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(titles)
        writer.writerows(rows)
        text.flush()
        text.detach()
