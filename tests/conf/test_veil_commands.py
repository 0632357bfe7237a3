# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre encode``, ``havre match`` of codes and ``havre open``: from two lists to one's own links, and refusals."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from havre.core.exchange import write_list
from havre.engines.veil import Codes, match_codes, new_key
from havre.scenario import make_scenario


@dataclass(frozen=True)
class Run:
    """What one whole run left behind."""

    folder: Path
    said: list[tuple[int, str]]

    def file(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture(scope="module")
def camp():
    return make_scenario(150, 6, children=15)


@pytest.fixture(scope="module")
def run(camp, asked, tmp_path_factory) -> Run:
    """Key, codes of both shores, their pairs, and France's links of these."""
    at = tmp_path_factory.mktemp("run")
    for name, lst in (("france", camp.france), ("britain", camp.britain)):
        write_list(lst, at / name)
    key, codes, pairs = at / "run.key", [at / "france.codes", at / "britain.codes"], at / "pairs.csv"
    said = asked(
        [
            ["encode", "--new-key", str(key)],
            ["encode", str(at / "france"), "--key", str(key), "--out", str(codes[0])],
            ["encode", str(at / "britain"), "--key", str(key), "--out", str(codes[1])],
            ["match", *map(str, codes), "--out", str(pairs)],
            ["open", str(pairs), "--ids", str(at / "france-ids.csv"), "--out", str(at / "ours.csv")],
            ["open", str(pairs), "--ids", str(at / "britain-ids.csv"), "--out", str(at / "theirs.csv")],
        ],
        "en",
    )
    return Run(at, said)


def test_from_two_lists_to_ones_own_links(run, camp, rows_of):
    assert [code for code, _ in run.said] == [0] * 6, run.said
    ours, theirs = rows_of(run.file("ours.csv")), rows_of(run.file("theirs.csv"))
    assert tuple(ours[0]) == ("link_id", "person_id", "other_code", "probability", "band")
    # Codes are made anew, with chaff, in every run: the engine is asked about the very files.
    codes = [Codes.from_bytes(run.file(f"{name}.codes").read_bytes()) for name in ("france", "britain")]
    a, b = (
        {row["code"]: row["link_id"] for row in rows_of(run.file(f"{name}-ids.csv"))}
        for name in ("france", "britain")
    )
    told = match_codes(*codes)
    for rows, own, opened in (
        (ours, a, [(pair.code_a, pair.code_b, pair.probability) for pair in told]),
        (theirs, b, [(pair.code_b, pair.code_a, pair.probability) for pair in told]),
    ):
        found = {(row["link_id"], row["other_code"], row["probability"]) for row in rows}
        assert found == {(own[mine], other, f"{p:.6f}") for mine, other, p in opened if mine in own}
    found = {(a[pair.code_a], b[pair.code_b]) for pair in told if pair.code_a in a and pair.code_b in b}
    assert len(found & set(camp.truth.pairs)) >= 0.75 * len(camp.truth.pairs)
    people = {link.link_id: link.person_id for link in camp.france.links}
    assert all(people[row["link_id"]] == row["person_id"] for row in ours)


def test_pairs_hold_codes_and_nothing_of_a_list(run, rows_of):
    rows = rows_of(run.file("pairs.csv"))
    assert tuple(rows[0]) == ("code_a", "code_b", "probability", "band")
    ids = {value for name in ("france", "britain") for row in rows_of(run.file(f"{name}-ids.csv"))
           for value in (row["link_id"], row["person_id"])}  # fmt: skip
    assert ids
    assert not [name for name in ids if name in run.file("pairs.csv").read_text("utf-8")]
    assert not [name for name in ids if name.encode() in run.file("france.codes").read_bytes()]


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
def test_what_says_who_is_who_is_closed_to_others(run):
    for name in ("run.key", "france-ids.csv", "britain-ids.csv", "ours.csv"):
        assert stat.S_IMODE(run.file(name).stat().st_mode) == 0o600, name


def test_nobodys_name_is_told(run, camp):
    said = [each.described for each in (*camp.france.people, *camp.britain.people)]
    words = {word for each in said for word in each.names.split() if len(word) > 3}
    assert words
    assert not [word for _, told in run.said for word in words if word in told]


@pytest.mark.parametrize(("language", "again", "weak", "two"), [
    ("en", "never replaced", "32 random bytes", "two keys"),
    ("fr", "jamais remplacée", "32 octets aléatoires", "deux clés"),
])  # fmt: skip
def test_what_would_betray_or_mislead_is_refused(run, asked, tmp_path, language, again, weak, two):
    typed, other, shown = (tmp_path / name for name in ("typed.key", "other.key", "shown.key"))
    for path, data in ((typed, b"a passphrase of thirty-two bytes"), (other, new_key()), (shown, new_key())):
        path.touch(mode=0o600)
        path.write_bytes(data)
    shown.chmod(0o644)
    france, codes = str(run.file("france")), str(tmp_path / "x.codes")
    told = asked(
        [
            ["encode", "--new-key", str(run.file("run.key"))],
            ["encode", france, "--key", str(typed), "--out", codes],
            ["encode", france, "--key", str(shown), "--out", codes],
            ["encode", france, "--key", str(tmp_path / "none"), "--out", codes],
            ["encode", france, "--key", str(other), "--out", codes, "--speaker", "uncles"],
            ["encode", france, "--out", codes],
            ["encode", france, "--key", str(other), "--out", str(other)],
            ["encode", france, "--key", str(other), "--out", codes],
            ["match", codes, str(run.file("britain.codes")), "--out", str(tmp_path / "p.csv")],
            ["match", str(run.file("france.codes")), str(run.file("france.codes")), "--out", str(tmp_path / "p.csv")],
            ["match", str(run.file("france.codes")), france, "--out", str(tmp_path / "p.csv")],
            ["match", str(run.file("france.codes")), "--self", "--out", str(tmp_path / "p.csv")],
            ["match", codes, codes, "--out", str(tmp_path / "p.xlsx")],
            ["open", str(run.file("france-ids.csv")), "--ids", str(run.file("france-ids.csv")),
             "--out", str(tmp_path / "o.csv")],
        ],
        language,
    )  # fmt: skip
    good = [code == 0 for code, _ in told]
    assert good == [False] * 7 + [True] + [False] * 6
    assert again in told[0][1]
    assert weak in told[1][1]
    assert "chmod 600" in told[2][1]
    assert "relatives" in told[4][1]
    assert "--new-key" in told[5][1]
    assert "--out" in told[6][1]
    assert two in told[8][1]
    assert "--speaker relatives" in told[9][1]
    assert "code_a, code_b" in told[13][1]
    assert not (tmp_path / "p.csv").exists()


def test_a_cut_file_of_codes_is_refused(run, asked, tmp_path):
    cut = tmp_path / "cut.codes"
    cut.write_bytes(run.file("france.codes").read_bytes()[:-1])
    [(code, told)] = asked(
        [["match", str(cut), str(run.file("britain.codes")), "--out", str(tmp_path / "p.csv")]], "en"
    )
    assert code == 1
    assert "incomplete" in told


def test_ids_of_another_match_are_noticed(run, asked, tmp_path, rows_of, write_rows):
    rows = rows_of(run.file("france-ids.csv"))
    for row in rows:
        row["code"] = "0" * 16
    write_rows(tmp_path / "other-ids.csv", rows)
    [(code, told)] = asked(
        [
            [
                "open",
                str(run.file("pairs.csv")),
                "--ids",
                str(tmp_path / "other-ids.csv"),
                "--out",
                str(tmp_path / "o.csv"),
            ]
        ],
        "en",
    )
    assert code == 0
    assert "is it the file of ids of this match" in told
