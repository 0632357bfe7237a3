# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre names score``, ``template``, ``scenario``, and what the command says to a request that it does not know."""

from pathlib import Path

import pytest

from havre.engines.names import explain_pairs

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


def test_names_are_scored_to_the_same_bytes_in_either_direction_of_work(havre, name_pairs, tmp_path):
    for name, seed in (("one.csv", "1"), ("two.csv", "2")):
        havre("names", "score", name_pairs, "--out", tmp_path / name, PYTHONHASHSEED=seed)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_scoring_says_no_name_on_the_terminal(havre, name_pairs, tmp_path):
    done = havre("names", "score", name_pairs, "--out", tmp_path / "scores.csv")
    said = done.stdout + done.stderr
    assert not [word for row in PAIRS for name in "ab" for word in row[name].split() if word in said]


def test_no_pairs_have_no_scores(havre, tmp_path):
    (tmp_path / "pairs.csv").write_text("a,b,id\n", "utf-8")
    done = havre("names", "score", tmp_path / "pairs.csv", "--out", tmp_path / "scores.csv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "scores.csv").read_text("utf-8") == "a,b,id,probability,bits,why\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["a;c\n1;2\n", "", "\0\0\0\0"], ids=["no column b", "empty file", "no text at all"]
)
def test_a_file_that_holds_no_name_pairs_is_refused_in_one_sentence(havre, tmp_path, text, language):
    (tmp_path / "pairs.csv").write_bytes(text.encode())
    done = havre("names", "score", tmp_path / "pairs.csv", "--out", tmp_path / "s.csv", HAVRE_LANG=language)
    assert done.returncode != 0
    assert len(lines(done.stderr)) == 1
    assert "pairs.csv" in done.stderr
    assert not (tmp_path / "s.csv").exists()


def test_the_template_is_an_empty_list_in_either_language(havre, tmp_path):
    from havre.core.exchange import read_list
    from havre.words import Language

    for language in LANGUAGES:
        out = tmp_path / f"{language}.xlsx"
        assert havre("template", "--out", out, HAVRE_LANG=language).returncode == 0
        reading = read_list(out, language=Language(language))
        assert (reading.shore_list.people, reading.shore_list.links) == ((), ())
        assert not reading.remarks


def test_the_same_seed_gives_the_same_scenario_and_another_one_another(havre, tmp_path):
    for name, seed, hashed in (("one", 3, "1"), ("two", 3, "2"), ("other", 4, "1")):
        done = havre(
            "scenario", "--people", 120, "--seed", seed, "--out", tmp_path / name, PYTHONHASHSEED=hashed
        )
        assert done.returncode == 0, done.stderr
    one, two, other = (content(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert one != other
    assert {
        "france/people.csv",
        "france/links.csv",
        "britain/people.csv",
        "britain/links.csv",
        "truth.csv",
    } <= one.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [
        ("scenario", "--people", "0", "--out", "{tmp}/new"),
        ("scenario", "--out", "{tmp}/file"),
        ("template", "--out", "{tmp}/list.ods"),
        ("template", "--out", "{tmp}/no/list.xlsx"),
        ("names", "score", "{tmp}/missing.csv", "--out", "{tmp}/scores.csv"),
    ],
    ids=["nobody", "a file as folder", "another ending", "no folder", "no file"],
)
def test_what_cannot_be_done_is_told_in_one_sentence(havre, tmp_path, arguments, language):
    (tmp_path / "file").touch()
    done = havre(*(each.format(tmp=tmp_path) for each in arguments), HAVRE_LANG=language)
    assert done.returncode != 0
    assert lines(done.stderr)
    assert len(lines(done.stderr)[-1]) > 15
    assert not done.stdout


@pytest.mark.parametrize(
    "arguments", [("match",), ("nonsense",), ("match", "--nonsense"), ("scenario", "--people", "many", "--out", "x")],
    ids=" ".join,
)  # fmt: skip
def test_a_request_that_is_not_known_ends_without_a_traceback(havre, arguments):
    done = havre(*arguments)
    assert done.returncode != 0
    assert lines(done.stderr)


def test_the_help_is_in_the_language_of_the_user(havre):
    english, french = (havre("--help", HAVRE_LANG=language) for language in LANGUAGES)
    assert english.returncode == french.returncode == 0
    assert "unaccompanied children" in english.stdout
    assert "enfants isolés" in french.stdout
