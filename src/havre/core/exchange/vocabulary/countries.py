# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The countries of ``countries.csv``."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from havre.words import Language


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or statelessness; see the head of ``countries.csv``."""

    alpha_2: str
    """Empty for stateless."""
    alpha_3: str
    en: str
    fr: str
    aliases: tuple[str, ...]

    def label(self, language: Language) -> str:
        """The country in words."""
        return self.fr if language is Language.FRENCH else self.en


@cache
def countries() -> tuple[Country, ...]:
    """All countries, in the order of the file (alpha-3, then what is not in ISO 3166-1)."""
    lines = (files(__package__) / "countries.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        Country(
            row["alpha_2"],
            row["alpha_3"],
            row["en"],
            row["fr"],
            tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in rows
    )
