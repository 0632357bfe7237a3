# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre match``: two folders in, one file out; the same input gives the same bytes, and nobody's name is told."""

import random
import shutil
import signal
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

COLUMNS = (
    "link_a", "link_b", "person_a", "person_b", "probability", "band", "bits", "bits_prior", "bits_names", "bits_birth",
    "bits_person", "bits_place", "bits_phone", "bits_relation", "bits_siblings", "rivals", "why",
)  # fmt: skip
LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module")
def matched(havre, lists, tmp_path_factory):
    """The lists matched once: what the process said, and the file."""
    out = tmp_path_factory.mktemp("out") / "pairs.csv"
    return havre("match", lists.france, lists.britain, "--out", out), out


@pytest.fixture(scope="module")
def spoiled(lists, rows_of, write_rows, tmp_path_factory) -> Path:
    """France's list with a date that is none, and a link of somebody who is not on the list."""
    folder = tmp_path_factory.mktemp("spoiled") / "list"
    shutil.copytree(lists.france, folder)
    people = rows_of(folder / "people.csv")
    people[1]["birth_date"] = "31/02/2001"
    write_rows(folder / "people.csv", people)
    links = rows_of(folder / "links.csv")
    links[0]["person_id"] = "nobody"
    write_rows(folder / "links.csv", links)
    return folder


@pytest.fixture(scope="module")
def matched_in_part(havre, lists, spoiled, tmp_path_factory):
    """The spoiled list matched once: what the process said, and the file."""
    out = tmp_path_factory.mktemp("in-part") / "pairs.csv"
    return havre("match", spoiled, lists.britain, "--out", out), out


@pytest.fixture(scope="module")
def matched_with_itself(havre, lists, tmp_path_factory):
    """France's list matched with itself once: what the process said, and the file."""
    out = tmp_path_factory.mktemp("itself") / "same.csv"
    return havre("match", lists.france, "--self", "--out", out), out


def mixed(folder: Path, to: Path, rows_of, write_rows) -> Path:
    """The same list with its rows and columns in another order."""
    chance = random.Random(5)  # noqa: S311
    to.mkdir()
    for name in ("people.csv", "links.csv"):
        rows = rows_of(folder / name)
        columns = chance.sample(list(rows[0]), len(rows[0]))
        write_rows(
            to / name, [{column: row[column] for column in columns} for row in chance.sample(rows, len(rows))]
        )
    return to


def test_two_folders_give_pairs_with_exactly_the_documented_columns(matched, lists, rows_of):
    done, out = matched
    assert done.returncode == 0, done.stderr
    rows = rows_of(out)
    assert rows
    assert tuple(rows[0]) == COLUMNS
    links = [{link.link_id for link in lst.links} for lst in (lists.made.france, lists.made.britain)]
    for row in rows:
        assert row["link_a"] in links[0]
        assert row["link_b"] in links[1] | {""}
        assert len(row["probability"].partition(".")[2]) == 6
        parts = [Decimal(row[column]) for column in COLUMNS if column.startswith("bits_")]
        assert sum(parts) == Decimal(row["bits"])
        assert row["why"]
    assert not done.stdout
    found = {(row["link_a"], row["link_b"]) for row in rows if row["band"] in ("strong", "likely")}
    assert found & set(lists.made.truth.pairs)


ONE_THREAD = {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
TWO_THREADS = {"PYTHONHASHSEED": "2", "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}


def test_the_same_lists_give_the_same_bytes(havre, matched, lists, tmp_path):
    havre("match", lists.france, lists.britain, "--out", tmp_path / "again.csv", **TWO_THREADS)
    assert (tmp_path / "again.csv").read_bytes() == matched[1].read_bytes()


def test_another_order_of_rows_and_columns_gives_the_same_bytes(
    havre, matched, lists, tmp_path, rows_of, write_rows
):
    france, britain = (
        mixed(folder, tmp_path / folder.name, rows_of, write_rows) for folder in (lists.france, lists.britain)
    )
    havre("match", france, britain, "--out", tmp_path / "again.csv", **ONE_THREAD)
    assert (tmp_path / "again.csv").read_bytes() == matched[1].read_bytes()


def test_nothing_on_the_terminal_is_a_name_from_the_lists(
    matched, matched_in_part, matched_with_itself, lists, spoiled
):
    said = ""
    for done, out in (matched, matched_in_part, matched_with_itself):
        # Paths are the user's own words.
        told = done.stdout + done.stderr
        for path in (out.parent, spoiled.parent, lists.france.parent):
            told = told.replace(str(path), "")
        said += told
    words = lists.words_of_names()
    assert len(words) > 20
    assert not {word for word in words if word in said}


def test_the_workbook_and_the_summary_are_in_the_language_of_the_user(havre, lists, tmp_path):
    done = havre("match", lists.france, lists.britain, "--out", tmp_path / "pairs.xlsx", HAVRE_LANG="fr")
    assert done.returncode == 0, done.stderr
    assert "rapprochements" in done.stderr
    sheets = CalamineWorkbook.from_path(tmp_path / "pairs.xlsx").sheet_names
    assert "rapprochements" in sheets


def test_a_list_matched_with_itself_gives_people_and_no_links(matched_with_itself, lists, rows_of):
    done, out = matched_with_itself
    assert done.returncode == 0, done.stderr
    rows = rows_of(out)
    assert {(row["link_a"], row["link_b"]) for row in rows} == {("", "")}
    assert all(row["person_a"] != row["person_b"] for row in rows)
    found = {frozenset((row["person_a"], row["person_b"])) for row in rows if row["band"] == "strong"}
    assert found & {frozenset(pair) for pair in lists.made.truth.same}


@pytest.mark.parametrize("language", LANGUAGES)
def test_strict_refuses_a_list_with_a_bad_cell_and_writes_nothing(asked, lists, spoiled, tmp_path, language):
    request = ["match", spoiled, lists.britain, "--strict", "--out", tmp_path / "pairs.csv"]
    ((code, said),) = asked([list(map(str, request))], language)
    assert code == 1
    assert any(file in said for file in ("people.csv", "links.csv"))
    assert not list(tmp_path.iterdir())


def test_bad_cells_are_told_with_their_place_and_what_was_left_out_is_written(matched_in_part):
    done, out = matched_in_part
    assert done.returncode == 0, done.stderr
    assert out.exists()
    assert "people.csv" in done.stderr
    assert "birth_date" in done.stderr
    (left_out,) = [path for path in out.parent.iterdir() if "left-out" in path.name]
    assert left_out.name in done.stderr
    book = CalamineWorkbook.from_path(left_out)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    cells = {str(cell) for rows in sheets for row in rows for cell in row}
    assert {"31/02/2001", "nobody"} <= cells


WRONG = {
    "one list": ["{france}", "--out", "{tmp}/pairs.csv"],
    "two lists and --self": ["{france}", "{britain}", "--self", "--out", "{tmp}/pairs.csv"],
    "one list twice": ["{france}", "{france}", "--out", "{tmp}/pairs.csv"],
    "another ending": ["{france}", "{britain}", "--out", "{tmp}/pairs.txt"],
    "no folder to write to": ["{france}", "{britain}", "--out", "{tmp}/no/such/folder/pairs.csv"],
    "no list": ["{tmp}/missing", "{britain}", "--out", "{tmp}/pairs.csv"],
    "an empty folder": ["{tmp}", "{britain}", "--out", "{tmp}/pairs.csv"],
    "nowhere to write": ["{france}", "{britain}"],
    "an option that is none": ["{france}", "{britain}", "--nonsense", "--out", "{tmp}/pairs.csv"],
}


def test_a_wrong_request_gives_one_sentence_in_the_language_of_the_user(asked, lists, tmp_path):
    places = {"france": lists.france, "britain": lists.britain, "tmp": tmp_path}
    requests = [["match", *(each.format(**places) for each in arguments)] for arguments in WRONG.values()]
    english, french = (asked(requests, language) for language in LANGUAGES)
    for what, (code, said), (code_too, said_too) in zip(WRONG, english, french, strict=True):
        assert code == code_too != 0, what
        # The bar of a list that is being read stands on a line before the refusal.
        sentences = [[line for line in each.splitlines() if line.strip()] for each in (said, said_too)]
        assert all(1 <= len(lines) <= 2 for lines in sentences), said
        assert sentences[0][-1] != sentences[1][-1], what
        assert all(len(lines[-1]) > 20 and "Traceback" not in lines[-1] for lines in sentences)
    assert not list(tmp_path.iterdir())


def test_a_path_in_brackets_is_told_as_it_is(asked, lists, tmp_path):
    request = ["match", tmp_path / "[red]list[/red]", lists.britain, "--out", tmp_path / "pairs.csv"]
    ((code, said),) = asked([list(map(str, request))], "en")
    assert code != 0
    assert "[red]list[/red]" in said


def test_a_match_that_is_killed_leaves_the_old_file(start, lists, tmp_path):
    out = tmp_path / "pairs.csv"
    out.write_bytes(b"old")
    process = start("match", lists.france, lists.britain, "--out", out)
    try:
        said = ""
        while "Matching" not in said:
            letter = process.stderr.read(1)
            assert letter, said
            said += letter
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    assert process.returncode == -signal.SIGKILL
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.csv"]


def test_an_empty_template_matches_nobody(havre, lists, tmp_path, rows_of):
    assert havre("template", "--out", tmp_path / "list.xlsx").returncode == 0
    done = havre("match", tmp_path / "list.xlsx", lists.britain, "--out", tmp_path / "pairs.csv")
    assert done.returncode == 0, done.stderr
    assert rows_of(tmp_path / "pairs.csv") == []
    assert (tmp_path / "pairs.csv").read_text("utf-8").startswith(",".join(COLUMNS))
