# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre names score``, ``template``, ``scenario``, and what the command says to a request that it does not know."""

from pathlib import Path

import pytest

from havre.core.exchange import read_list
from havre.engines.names import explain_pairs
from havre.words import Language

LANGUAGES = ("en", "fr")
PAIRS = [
    {"id": "1", "a": "محمد", "b": "Mehmet", "note": "x, y"},
    {"id": "2", "a": "Hassan Ali", "b": "Hussein Ali", "note": ""},
    {"id": "3", "a": "Ahmad Zai", "b": "Ahmadzai", "note": 'a "word"'},
    {"id": "3", "a": "Ahmad Zai", "b": "Ahmadzai", "note": "again"},
    {"id": "", "a": "", "b": "", "note": ""},
    {"id": "6", "a": "ኃይለ ማርያም", "b": "Hailemariam", "note": "two\nlines"},
]


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(said: str) -> list[str]:
    assert "Traceback" not in said
    return [line for line in said.splitlines() if line.strip()]


@pytest.fixture
def name_pairs(tmp_path, write_rows) -> Path:
    write_rows(tmp_path / "pairs.csv", PAIRS)
    return tmp_path / "pairs.csv"


def test_scores_keep_the_rows_in_order_and_add_three_columns(havre, name_pairs, tmp_path, rows_of):
    done = havre("names", "score", name_pairs, "--out", tmp_path / "scores.csv")
    assert done.returncode == 0, done.stderr
    rows = rows_of(tmp_path / "scores.csv")
    assert [{column: row[column] for column in PAIRS[0]} for row in rows] == PAIRS
    assert list(rows[0]) == [*PAIRS[0], "probability", "bits", "why"]
    told = explain_pairs([(row["a"], row["b"]) for row in PAIRS])
    assert [row["probability"] for row in rows] == [f"{each.probability:.6f}" for each in told]
    assert all(row["bits"] and row["why"] for row in rows)
    names = {word for row in PAIRS for name in "ab" for word in row[name].split()}
    assert not {word for word in names if word in done.stdout + done.stderr}


def test_no_pairs_have_no_scores(havre, tmp_path):
    (tmp_path / "pairs.csv").write_text("a,b,id\n", "utf-8")
    done = havre("names", "score", tmp_path / "pairs.csv", "--out", tmp_path / "scores.csv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "scores.csv").read_text("utf-8") == "a,b,id,probability,bits,why\n"


def test_a_file_that_holds_no_name_pairs_is_refused_in_one_sentence(asked, tmp_path):
    texts = {"no-column.csv": "a;c\n1;2\n", "empty.csv": "", "no-text.csv": "\0\0\0\0"}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    requests = [
        ["names", "score", str(tmp_path / name), "--out", str(tmp_path / "scores.csv")] for name in texts
    ]
    for language in LANGUAGES:
        for name, (code, said) in zip(texts, asked(requests, language), strict=True):
            assert code == 1
            assert len(lines(said)) == 1
            assert name in said
    assert not (tmp_path / "scores.csv").exists()


def test_the_template_is_an_empty_list_in_either_language(asked, tmp_path):
    for language in LANGUAGES:
        out = tmp_path / f"{language}.xlsx"
        ((code, said),) = asked([["template", "--out", str(out)]], language)
        assert code == 0, said
        reading = read_list(out, language=Language(language))
        assert (reading.shore_list.people, reading.shore_list.links) == ((), ())
        assert not reading.remarks


def test_the_same_seed_gives_the_same_scenario_to_the_byte(havre, tmp_path):
    for name, hashed in (("one", "1"), ("two", "2")):
        done = havre("scenario", "--people", 60, "--seed", 3, "--out", tmp_path / name, PYTHONHASHSEED=hashed)
        assert done.returncode == 0, done.stderr
    one, two = (content(tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert {"france/people.csv", "france/links.csv", "britain/people.csv", "britain/links.csv"} <= one.keys()
    assert {"truth.csv", "truth_people.csv", "truth_same.csv"} <= one.keys()


WRONG = [
    ["scenario", "--people", "0", "--out", "{tmp}/new"],
    ["scenario", "--people", "many", "--out", "{tmp}/new"],
    ["scenario", "--out", "{tmp}/file"],
    ["template", "--out", "{tmp}/list.ods"],
    ["template", "--out", "{tmp}/no/list.xlsx"],
    ["template"],
    ["names", "score", "{tmp}/missing.csv", "--out", "{tmp}/scores.csv"],
    ["names", "nonsense"],
    ["nonsense"],
    ["--nonsense"],
]


def test_what_cannot_be_done_is_told_in_one_sentence_in_the_language_of_the_user(asked, tmp_path):
    (tmp_path / "file").touch()
    requests = [[each.format(tmp=tmp_path) for each in arguments] for arguments in WRONG]
    english, french = (asked(requests, language) for language in LANGUAGES)
    for request, (code, said), (code_too, said_too) in zip(WRONG, english, french, strict=True):
        assert code == code_too != 0, request
        assert lines(said)[-1] != lines(said_too)[-1]
        # The bar of a scenario that was begun stands on a line before the refusal.
        assert all(len(lines(each)) <= 2 and len(lines(each)[-1]) > 15 for each in (said, said_too)), said


def test_the_help_is_in_the_language_of_the_user(havre):
    english, french = (havre("--help", HAVRE_LANG=language) for language in LANGUAGES)
    assert english.returncode == french.returncode == 0
    assert "unaccompanied children" in english.stdout
    assert "enfants isolés" in french.stdout
