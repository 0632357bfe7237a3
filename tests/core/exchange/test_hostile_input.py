# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever bytes come in as CSV: one clear sentence, in bounded memory, and never an error of a library."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.core.exchange import Limits, UnreadableList, read_list
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH
ANY_HOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def folder_of(tmp_path: Path, people: bytes, links: bytes = b"link_id,person_id\n") -> Path:
    (tmp_path / "people.csv").write_bytes(people)
    (tmp_path / "links.csv").write_bytes(links)
    return tmp_path


def file_of(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@ANY_HOW
@given(
    st.binary(max_size=2000),
    st.sampled_from(
        [
            b"",
            b"person_id,names,birth_date,age\n",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            "person_id;age\n".encode("utf-16"),
        ]
    ),
)
def test_any_bytes_as_csv_are_read_or_refused(tmp_path, content, head):
    try:
        reading = read_list(folder_of(tmp_path, head + content), language=EN)
    except UnreadableList as refused:
        assert refused.say(FR)  # noqa: PT017 - either outcome is right
    else:
        assert all(remark.say(FR) and "\n" not in remark.say(FR) for remark in reading.remarks)


def test_a_line_without_end_is_refused_in_little_memory(tmp_path, said_in_little_memory):
    with (tmp_path / "people.csv").open("wb") as file:
        file.write(b"person_id,names\na,")
        file.truncate(500_000_000)  # zeros that take no room on the disk
    (tmp_path / "links.csv").write_bytes(b"link_id,person_id\n")
    assert said_in_little_memory(tmp_path) == "long_line"


def test_a_million_empty_columns_are_refused_in_little_memory(tmp_path, said_in_little_memory):
    commas = b"," * 1_000_000
    path = folder_of(tmp_path, b"person_id" + commas + b"\n" + (b"a" + commas + b"\n") * 20)
    assert said_in_little_memory(path) == "many_columns"


def test_a_quotation_mark_left_open_loses_its_row_and_says_so(tmp_path):
    rows = b"".join(b"p%d,Name\n" % n for n in range(30_000))
    path = folder_of(tmp_path, b'person_id,names\nq,"never closed\n' + rows)
    reading = read_list(path, language=EN)
    assert [r.key for r in reading.remarks] == ["endless_cell"]
    assert reading.remarks[0].place.line == 2


def test_a_huge_cell_is_dropped_and_its_row_kept(tmp_path):
    reading = read_list(
        folder_of(tmp_path, b"person_id,names\na," + b"x" * 20_000 + b"\nb,Omid\n"), language=EN
    )
    assert [p.described.names for p in reading.shore_list.people] == ["", "Omid"]
    assert [r.key for r in reading.remarks] == ["huge_cell"]


def test_a_cell_beyond_all_measure_loses_only_its_row(tmp_path):
    reading = read_list(
        folder_of(tmp_path, b"person_id,names\na," + b"x" * 200_000 + b"\nb,Omid\n"), language=EN
    )
    assert [p.person_id for p in reading.shore_list.people] == ["b"]
    assert [(r.key, r.place.line) for r in reading.remarks] == [("endless_cell", 2)]


def test_zero_bytes_cost_the_cell_and_not_the_list(tmp_path):
    reading = read_list(folder_of(tmp_path, b"person_id,names,town\na,Ah\x00mad,Calais\n"), language=EN)
    assert reading.shore_list.people[0].described.town == "Calais"
    assert [r.key for r in reading.remarks] == ["control_characters"]


@pytest.mark.parametrize(
    ("limits", "key"),
    [
        (Limits(csv_bytes=10), "too_large"),
        (Limits(rows=2), "many_rows"),
        (Limits(remarks=2), "too_many_remarks"),
        (Limits(left_out=5), "too_many_remarks"),
    ],
)
def test_each_limit_is_a_sentence(tmp_path, limits, key, refusal_of):
    path = folder_of(tmp_path, b"person_id,sex\n" + b"".join(b"%d,banana\n" % n for n in range(20)))
    assert refusal_of(path, limits=limits) == key


def test_what_is_not_there_or_no_list_is_said_so(tmp_path, refusal_of):
    assert refusal_of(tmp_path / "nowhere") == "missing"
    assert refusal_of(Path("a\0b")) == "missing"
    assert refusal_of(tmp_path) == "no_table_file"
    assert refusal_of(file_of(tmp_path / "list.pdf", b"hello")) == "not_a_list"
    assert refusal_of(file_of(tmp_path / "people.csv", b"person_id\na\n")) == "not_a_list"
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "people.csv").mkdir()
    (tmp_path / "x" / "links.csv").write_bytes(b"")
    assert refusal_of(tmp_path / "x") == "is_a_folder"
    (tmp_path / "y").mkdir()
    assert refusal_of(folder_of(tmp_path / "y", b"")) == "no_header"
    assert refusal_of(folder_of(tmp_path / "y", b"names\nAhmad\n")) == "no_column"
    (tmp_path / "y" / "personnes.csv").write_bytes(b"")
    assert refusal_of(tmp_path / "y") == "two_table_files"


def test_utf_16_that_breaks_off_is_said_so(tmp_path, refusal_of):
    broken = "person_id,names\n".encode("utf-16") + b"\x00\xd8\x00\xd8\x41"
    assert refusal_of(folder_of(tmp_path, broken)) == "broken_encoding"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who is refused")
def test_a_file_that_may_not_be_read_is_said_so(tmp_path, refusal_of):
    path = folder_of(tmp_path, b"person_id\n")
    (path / "people.csv").chmod(0)
    assert refusal_of(path) == "not_permitted"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path, refusal_of):
    os.mkfifo(tmp_path / "list.csv")
    assert refusal_of(tmp_path / "list.csv") == "not_a_file"
