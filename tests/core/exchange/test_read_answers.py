# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of answers, one row a child and one word a reason, is read as it is, and nothing of it is lost silently."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from havre.core.exchange import AnswersReading, UnreadableList, read_answers
from havre.words import Language

TODAY = date(2016, 12, 20)
TITLES = "Reference;Full name;DOB;Nationality;Relationship;Family member;Decision;Reason;Decision date"


def read(path: Path) -> AnswersReading:
    return read_answers(path, language=Language.ENGLISH, today=TODAY)


def sheet(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([TITLES, *rows]), "utf-8")
    return path


def test_a_row_is_read_with_its_word_as_it_was_given(tmp_path):
    row = read(
        sheet(tmp_path, "A1;Ahmad Khan;2001-05;Afghan;uncle;Gul Khan;Refused;refused;14/12/2016")
    ).rows[0]
    assert (row.line, row.person_id, row.described.names, row.described.nationality) == (
        2,
        "A1",
        "Ahmad Khan",
        "AFG",
    )
    assert (row.relation, row.relative) == ("uncle", "Gul Khan")
    assert (row.answer, row.words, row.answered_on) == ("refuse", "refused", date(2016, 12, 14))


@pytest.mark.parametrize(
    ("said", "answer"),
    [("Not eligible", "refuse"), ("REFUSÉE", "refuse"), ("approved", "accept"), ("accepté", "accept")],
)
def test_answers_are_understood_in_both_languages(tmp_path, said, answer):
    assert read(sheet(tmp_path, f";Sami;;;;;{said};;")).rows[0].answer == answer


def test_a_row_that_names_no_child_is_left_out_and_named(tmp_path):
    reading = read(sheet(tmp_path, ";;;;;;refused;criteria;", ";Sami;;;;;refused;;"))
    assert [row.line for row in reading.rows] == [3]
    assert [(remark.key, remark.place.line) for remark in reading.remarks] == [("no_child", 2)]


def test_a_bad_cell_is_dropped_and_its_row_kept(tmp_path):
    reading = read(sheet(tmp_path, ";Sami;;;;;perhaps;;21/12/2016"))
    assert (reading.rows[0].answer, reading.rows[0].answered_on) == ("", None)
    assert [remark.key for remark in reading.remarks] == ["bad_answer", "answered_later"]


def test_an_age_is_that_of_the_day_of_the_answer(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("name,age,decision date\nSami,15,2016-12-14\n", "utf-8")
    birth = read(path).rows[0].described.birth
    assert birth is not None
    assert (birth.earliest, birth.latest) == (date(2000, 12, 15), date(2001, 12, 14))


def workbook(path: Path, *sheets: str) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name in sheets:
            book.add_worksheet(name).write_row(0, 0, ["Name", "Reason"])
            book.get_worksheet_by_name(name).write_row(1, 0, ["Sami", name])
    return path


def test_the_only_sheet_of_a_workbook_is_read_whatever_it_is_called(tmp_path):
    assert read(workbook(tmp_path / "a.xlsx", "Sheet1")).rows[0].words == "Sheet1"


def test_of_several_sheets_the_one_that_is_named_so_is_read(tmp_path):
    assert read(workbook(tmp_path / "a.xlsx", "Sheet1", "Refusals")).rows[0].words == "Refusals"
    with pytest.raises(UnreadableList, match="name the sheet"):
        read(workbook(tmp_path / "b.xlsx", "Sheet1", "Sheet2"))


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx"])
def test_what_is_no_spreadsheet_is_refused_in_one_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(b"no spreadsheet")
    with pytest.raises(UnreadableList) as refused:
        read(tmp_path / name)
    assert all("\n" not in refused.value.say(language) for language in Language)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableList, match="does not exist"):
        read(tmp_path / "none.csv")
