# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that document a list say what the reader does."""

from pathlib import Path

import pytest

from havre.core.exchange.handbook import PAGES, help_tables, with_tables
from havre.words import Language

PAGES_FOLDER = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize("language", list(Language))
def test_the_tables_of_the_pages_are_those_of_the_reader(language):
    page = (PAGES_FOLDER / PAGES[language]).read_text("utf-8")
    assert with_tables(page, language) == page, "run: python -m havre.core.exchange docs/reference"
    for table in help_tables(language):
        assert f"<!-- table: {table.key} -->" in page


def test_both_languages_have_the_same_tables_of_the_same_size():
    english, french = (help_tables(language) for language in Language)
    assert [(table.key, len(table.head), len(table.rows)) for table in english] == [
        (table.key, len(table.head), len(table.rows)) for table in french
    ]
