# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which native names a word writes, where that is known: Salam and Salem are two names though clerks swap vowels.

A *form* is a name word in its own script. ``forms.tsv`` holds how often each spelling was seen for each form, counted
from open pairs of spellings.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat

import numpy as np

from havre.engines.names.arrays import Floats, Indices
from havre.engines.names.coded import FORMS, NOTHING

UNKNOWN = 17.0
"""Bits of rarity of a word that was never seen."""


class Forms:
    """Spelling to native forms, with how often each was seen."""

    def __init__(self, counts: Mapping[tuple[str, str], float]) -> None:
        """``counts``: (spelling, form) to how often it was seen."""
        numbers = {form: i for i, form in enumerate(sorted({form for _, form in counts}))}
        of_form = np.zeros(len(numbers))
        found: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for (spelling, form), count in counts.items():
            found[spelling].append((count, numbers[form]))
            of_form[numbers[form]] += count
        # The last row is that of a word that is not known.
        size = len(found) + 1
        self.counts = dict(zip(numbers, of_form.tolist(), strict=True))
        """Form to how often it was seen."""
        self._at = {spelling: i for i, spelling in enumerate(found)}
        self._form = np.full((size, FORMS), NOTHING, np.int32)
        self._share = np.zeros((size, FORMS), np.float32)
        self._seen = np.zeros(size, np.float32)
        self._rarity = np.full(size, UNKNOWN, np.float32)
        rarity = np.log2((of_form.sum() + 1) / (of_form + 0.5))
        for i, rows in enumerate(found.values()):
            rows.sort(key=lambda row: (-row[0], row[1]))
            self._seen[i] = sum(count for count, _ in rows)
            self._rarity[i] = rarity[rows[0][1]]
            for k, (count, number) in enumerate(rows[:FORMS]):
                self._form[i, k], self._share[i, k] = number, count / self._seen[i]

    def of(self, words: Sequence[str]) -> tuple[Indices, Floats, Floats, Floats]:
        """Of each word its forms and their shares, (n, FORMS) each, how often it was seen and its bits of rarity."""
        at = np.fromiter(map(self._at.get, words, repeat(len(self._at))), np.intp, len(words))
        return self._form[at], self._share[at], self._seen[at], self._rarity[at]


def counted(lines: Iterable[str]) -> dict[tuple[str, str], float]:
    """From lines of a form and its spellings with their counts, separated by tabs and spaces; # begins a comment."""
    counts = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            form, *spellings = line.rstrip("\n").split("\t")
            for each in spellings:
                spelling, count = each.split(" ")
                counts[spelling, form] = float(count)
    return counts


@cache
def shipped_forms() -> Forms:
    """The forms that ship with Havre."""
    return Forms(counted((files(__package__) / "forms.tsv").read_text("utf-8").splitlines()))
