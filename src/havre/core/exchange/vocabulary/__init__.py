# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published words of a list: columns, sexes, countries, relations, calendars; data files and look-up."""

from havre.core.exchange.vocabulary.columns import Column, TableShape, shape
from havre.core.exchange.vocabulary.countries import Country, countries
from havre.core.exchange.vocabulary.folding import fold, squash
from havre.core.exchange.vocabulary.terms import (
    Term,
    answers,
    calendar_terms,
    find_answer,
    find_calendar,
    find_country,
    find_relation,
    find_sex,
    find_unsaid,
    nearest_country,
    nearest_relation,
    sexes,
    unsaid_terms,
)

__all__ = [
    "Column",
    "Country",
    "TableShape",
    "Term",
    "answers",
    "calendar_terms",
    "countries",
    "find_answer",
    "find_calendar",
    "find_country",
    "find_relation",
    "find_sex",
    "find_unsaid",
    "fold",
    "nearest_country",
    "nearest_relation",
    "sexes",
    "shape",
    "squash",
    "unsaid_terms",
]
