# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may not come back by a list is left out of it, with a remark that says so and quotes nothing of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from havre.core.exchange import UnreadableList, read_list
from havre.words import Language

WHY = {"on": "2016-11-02", "reference": "H-7K3M-R2"}
PEOPLE = "person_id,names,birth_date\nF-1,Ahmad Khan,yesterday\nF-2,Selam,2001\n"
LINKS = "link_id,person_id,names\nL-1,F-1,Gul Khan\nL-2,F-2,Tesfay\nL-3,F-9,Nobody\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "links.csv").write_text(LINKS, "utf-8")
    return tmp_path


def barred(person_id: str, _names: str) -> Mapping[str, object] | None:
    return WHY if person_id == "F-1" else None


@pytest.mark.parametrize("language", list(Language))
def test_a_line_that_is_kept_out_is_named_with_the_reason_and_nothing_of_the_person(
    listed: Path, language: Language
) -> None:
    reading = read_list(listed, language=language, barred=barred)
    assert [person.person_id for person in reading.shore_list.people] == ["F-2"]
    assert [link.link_id for link in reading.shore_list.links] == ["L-2"]
    keys = [remark.key for remark in reading.faults]
    assert keys == ["erased_before", "link_of_erased", "stray_link"], (
        "what else was wrong there is not asked for"
    )
    of_person, of_link = (remark.say(language) for remark in reading.faults[:2])
    for said, file in ((of_person, "people.csv"), (of_link, "links.csv")):
        assert file in said
        assert "2" in said
        assert WHY["on"] in said
        assert WHY["reference"] in said
        assert "Khan" not in said


def test_whoever_reads_strictly_is_told_too(listed: Path) -> None:
    with pytest.raises(UnreadableList):
        read_list(listed, language=Language.ENGLISH, barred=barred, strict=True)


def test_names_are_asked_as_the_list_writes_them(listed: Path) -> None:
    asked: list[tuple[str, str]] = []

    def ask(person_id: str, names: str) -> None:
        asked.append((person_id, names))

    read_list(listed, language=Language.ENGLISH, barred=ask)
    assert asked == [("F-1", "Ahmad Khan"), ("F-2", "Selam"), ("F-9", "")]
