# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever a list looks like, all that it says is read, and all that cannot be read is named."""

import csv
import io
import os
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from havre.core.exchange import UnreadableList, read_list, write_refused
from havre.engines.linkage.records import BirthKind, Sex, Unsaid
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH
PEOPLE = "person_id,names,sex,birth_date,age,nationality,country,recorded_on\n"
LINKS = "link_id,person_id,relation,names,age,age_on\n"


def folder_of(tmp_path: Path, people: str | bytes, links: str | bytes = LINKS) -> Path:
    for name, text in (("people", people), ("links", links)):
        (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def read(path: Path, **options):
    return read_list(path, language=EN, today=date(2026, 1, 1), **options)


def only_person(tmp_path: Path, **cells: str):
    text = io.StringIO()
    csv.writer(text).writerows([["person_id", *cells], ["a", *cells.values()]])
    reading = read(folder_of(tmp_path, text.getvalue()))
    return reading.shore_list.people[0], [remark.key for remark in reading.faults]


def test_a_list_in_french_says_the_same_as_in_english(tmp_path):
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "Personnes.csv").write_text(
        "Nationalité;Nom complet;Sexe;N°;Né(e) le;Pays;enregistré le\n"
        "afghane;Zoé;garçon;a;12/05/2001;Royaume-Uni;24/10/2016\n",
        "utf-8",
    )
    (tmp_path / "fr" / "liens.csv").write_text(
        "identifiant;personne;lien de parenté;nom;âge\n1;a;oncle paternel;Ali;۴۰\n", "utf-8"
    )
    (tmp_path / "en").mkdir()
    english = folder_of(
        tmp_path / "en",
        PEOPLE + "a,Zoé,male,2001-05-12,,AFG,GB,2016-10-24\n",
        LINKS + "1,a,uncle (father's brother),Ali,40,2016-10-24\n",
    )
    french, said = read(tmp_path / "fr"), read(english)
    assert french.shore_list == said.shore_list
    assert french.remarks == said.remarks == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends_change_nothing(tmp_path, encoding, separator, line_end):
    text = (PEOPLE + 'a,"أحمد Zoé",female,,,,,\n').replace(",", separator).replace("\n", line_end)
    reading = read(folder_of(tmp_path, text.encode(encoding)))
    assert [p.described.names for p in reading.shore_list.people] == ["أحمد Zoé"]
    assert reading.remarks == ()


def test_windows_1252_is_read_and_the_guess_is_told(tmp_path):
    reading = read(folder_of(tmp_path, (PEOPLE + "a,Zoé,,,,,,\n").encode("cp1252")), strict=True)
    assert reading.shore_list.people[0].described.names == "Zoé"
    assert [(r.key, r.note) for r in reading.remarks] == [("guessed_encoding", True)]


def test_a_workbook_says_the_same_as_two_csv_files(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "list.xlsx")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    people, links = book.add_worksheet("Personnes"), book.add_worksheet("liens")
    people.write_row(2, 1, ["id", "nom", "naissance", "téléphone", "enregistré le"])
    people.write_row(3, 1, [12, "Ahmad"])
    people.write_datetime(3, 3, datetime(2001, 5, 12), day)  # noqa: DTZ001
    people.write_number(3, 4, 33612345678)
    people.write_number(3, 5, 42667)
    people.write_row(4, 1, [13, "Omid", 2001])
    links.write_row(0, 0, ["link_id", "person_id", "relation", "names"])
    links.write_row(1, 0, [1, 12, "frère", "Omid"])
    book.close()
    reading = read(tmp_path / "list.xlsx")
    first, second = reading.shore_list.people
    assert (first.person_id, first.described.phone, first.recorded_on) == (
        "12",
        "33612345678",
        date(2016, 10, 24),
    )
    assert first.described.birth.kind is BirthKind.DAY
    assert second.described.birth.kind is BirthKind.YEAR
    assert reading.shore_list.links[0].relation == "brother"
    assert reading.remarks == ()


def test_a_bad_cell_of_a_workbook_is_named_by_the_line_that_the_spreadsheet_shows(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "list.xlsx")
    people, links = book.add_worksheet("people"), book.add_worksheet("links")
    people.write_row(4, 0, ["person_id", "sex"])
    people.write_row(6, 0, ["a", "banana"])
    links.write_row(0, 0, ["link_id", "person_id"])
    book.close()
    (remark,) = read(tmp_path / "list.xlsx").remarks
    assert remark.say(EN) == (
        "list.xlsx, sheet people, line 7, column sex: “banana” is no sex that can be read; "
        "write female, male or other"
    )


def test_each_bad_cell_is_named_with_its_place_and_what_would_be_right(tmp_path):
    people = (
        PEOPLE + 'a,"Two\nlines",banana,31/02/2001,16,Afganistan,GB,2016-10-24\n\nb,,,,200,,,2016-10-24\n'
    )
    reading = read(folder_of(tmp_path, people, LINKS + "1,a,oncl,Ali,30,soon\n"))
    places = [(r.place.file, r.place.line, r.place.column, r.key) for r in reading.remarks]
    assert places == [
        ("people.csv", 2, "sex", "bad_sex"),
        ("people.csv", 2, "birth_date", "no_such_day"),
        ("people.csv", 2, "nationality", "near_country"),
        ("people.csv", 5, "age", "impossible_age"),
        ("links.csv", 2, "relation", "near_relation"),
        ("links.csv", 2, "age_on", "bad_date"),
    ]
    assert "Afghanistan" in reading.remarks[2].say(FR)
    assert "oncle" in reading.remarks[4].say(FR)
    person = reading.shore_list.people[0]
    assert person.described.birth.kind is BirthKind.AGE, (
        "the age stands in for a birth date that cannot be read"
    )
    assert len(reading.shore_list.people) == 2, "rows with a bad cell are kept"


def test_remarks_never_quote_a_name(tmp_path):
    people = "person_id,names,other_names\na," + "Zarlasht" * 2000 + ",Zarlasht\x01\n,Zarlasht,\n"
    reading = read(folder_of(tmp_path, people))
    assert {r.key for r in reading.remarks} == {"huge_cell", "control_characters", "no_id"}
    assert not any("Zarlasht" in r.say(EN) for r in reading.remarks)


def test_rows_that_cannot_be_kept_are_left_out_and_named(tmp_path):
    people = PEOPLE + "a,One,,,,,,\na,Two,,,,,,\n,Three,,,,,,\nunknown,Four,,,,,,\nb,Five,,,,,,,,surplus\n"
    links = LINKS + "1,a,brother,X,,\n2,zz,brother,Y,,\n1,a,sister,Z,,\n3,b,sister,W,,\n"
    reading = read(folder_of(tmp_path, people, links))
    assert [p.person_id for p in reading.shore_list.people] == ["a"]
    assert [x.link_id for x in reading.shore_list.links] == ["1"]
    assert [r.key for r in reading.remarks] == [
        "same_id",
        "no_id",
        "no_id",
        "long_row",
        "stray_link",
        "same_id",
        "stray_link",
    ]
    assert [row.line for row in reading.left_out] == [3, 4, 5, 6, 3, 4, 5]


def test_strict_refuses_the_whole_list_with_all_its_faults(tmp_path):
    path = folder_of(tmp_path, PEOPLE + "a,,banana,,,,,\nb,,apple,,,,,\n")
    with pytest.raises(UnreadableList) as refused:
        read(path, strict=True)
    assert [r.key for r in refused.value.remarks] == ["bad_sex", "bad_sex"]
    assert "2 faults" in str(refused.value)
    assert "2 fautes" in refused.value.say(FR)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("unknown", Unsaid.UNKNOWN),
        ("inconnu", Unsaid.UNKNOWN),
        ("Refusé", Unsaid.REFUSED),
        ("refused", Unsaid.REFUSED),
        ("non demandé", Unsaid.NOT_ASKED),
    ],
)
def test_why_a_value_is_not_there_is_kept_in_every_column(tmp_path, said, why):
    columns = (
        "names",
        "other_names",
        "sex",
        "birth_date",
        "nationality",
        "birthplace",
        "phone",
        "town",
        "country",
    )
    person, faults = only_person(tmp_path, **dict.fromkeys(columns, said))
    assert not faults
    assert dict(person.described.unsaid) == {"birth" if c == "birth_date" else c: why for c in columns}
    assert person.described.names == ""
    assert person.described.sex is None


def test_an_age_that_is_known_outweighs_a_birth_date_that_is_not(tmp_path):
    person, faults = only_person(tmp_path, birth_date="unknown", age="16", recorded_on="2016-10-24")
    assert (person.described.birth.earliest, person.described.birth.latest) == (
        date(1999, 10, 25),
        date(2000, 10, 24),
    )
    assert not person.described.unsaid
    assert not faults


def test_a_birth_date_outweighs_an_age(tmp_path):
    person, _ = only_person(tmp_path, birth_date="2001-05-12", age="30", recorded_on="2016-10-24")
    assert person.described.birth.kind is BirthKind.DAY


def test_the_age_of_a_link_is_true_on_the_day_its_person_was_recorded(tmp_path):
    reading = read(
        folder_of(
            tmp_path,
            PEOPLE + "a,,,,,,,2016-10-24\nb,,,,,,,\n",
            LINKS + "1,a,brother,X,20,\n2,b,brother,Y,20,\n",
        )
    )
    first, second = reading.shore_list.links
    assert first.described.birth.latest == date(1996, 10, 24)
    assert second.described.birth is None
    assert [r.key for r in reading.remarks] == ["age_without_day"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"birth_date": "2017-03-01", "recorded_on": "2016-10-24"}, "born_later"),
        ({"birth_date": "2099"}, "born_later"),
        ({"birth_date": "1801-02-03", "recorded_on": "2016-10-24"}, "long_ago"),
        ({"birth_date": "1380", "birth_calendar": "moon"}, "bad_calendar"),
        ({"birth_date": "1422", "birth_calendar": "hijri"}, "lunar_calendar"),
        ({"age": "sixteen", "recorded_on": "2016-10-24"}, "bad_age"),
        ({"age": "16", "age_on": "2016"}, "not_a_day"),
    ],
)
def test_an_impossible_birth_is_dropped_and_the_row_kept(tmp_path, cells, fault):
    person, faults = only_person(tmp_path, **cells)
    assert person.described.birth is None
    assert faults == [fault]


def test_a_column_may_say_the_calendar(tmp_path):
    person, faults = only_person(
        tmp_path, birth_calendar="hégirien solaire", birth_date="۱۳۸۰/۵/۱۲", sex="مرد"
    )
    assert person.described.birth.earliest == date(2001, 8, 3)
    assert person.described.sex is Sex.MALE
    assert not faults


def test_a_column_that_is_not_read_is_told_once_and_refuses_nothing(tmp_path):
    reading = read(folder_of(tmp_path, "person_id,shoe size,natinality\na,42,AFG\n"), strict=True)
    (note,) = reading.remarks
    assert note.note
    assert "shoe size, natinality" in note.say(EN)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_left_out_is_corrected_and_read_in_again(tmp_path, ending):
    people = PEOPLE + "a,One,male,,,,,\n,=Two,banana,,,,,\nb,+44 7,,31/02/2001,,,,\n"
    reading = read(folder_of(tmp_path, people, LINKS + "1,a,brother,X,,\n2,b,oncl,=X,,\n"))
    refused = tmp_path / f"refused.{ending}"
    write_refused(reading, refused)
    again = read(refused)
    assert [p.person_id for p in again.shore_list.people] == ["b"], "the row without an id has still none"
    assert again.shore_list.people[0].described.names == "+44 7"
    assert [(x.link_id, x.described.names) for x in again.shore_list.links] == [("2", "=X")]
    assert sorted(r.key for r in again.remarks) == sorted(["no_id", "no_such_day", "near_relation"])


def test_a_link_may_be_of_somebody_who_was_read_before(tmp_path):
    folder = folder_of(
        tmp_path, PEOPLE + "a,One,male,,,,,\n", LINKS + "1,a,brother,X,,\n2,b,aunt,Y,,\n3,c,aunt,Z,,\n"
    )
    reading = read(folder, known={"b": None})
    assert [link.link_id for link in reading.shore_list.links] == ["1"]
    assert [link.link_id for link in reading.links_of_known] == ["2"]
    assert [remark.key for remark in reading.faults] == ["stray_link"]


def test_progress_rises_from_nothing_to_all(tmp_path):
    told: list[float] = []
    read(folder_of(tmp_path, PEOPLE + "".join(f"{n},,,,,,,\n" for n in range(3000))), progress=told.append)
    assert told == sorted(set(told))
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(told) > 4


@pytest.mark.skipif(
    "HAVRE_SHARED" not in os.environ and not (Path(__file__).parents[4] / "shared").is_dir(),
    reason="the shared lists are not here",
)
def test_the_shared_lists_are_read_without_a_remark():
    lists = Path(os.environ.get("HAVRE_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "lists"
    shores = [shore for shore in lists.glob("*/*") if shore.is_dir()]
    assert shores
    for shore in shores:
        reading = read(shore)
        assert reading.remarks == ()
        for name, records in (("people", reading.shore_list.people), ("links", reading.shore_list.links)):
            with (shore / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                assert len(records) == sum(1 for _ in csv.DictReader(file))
