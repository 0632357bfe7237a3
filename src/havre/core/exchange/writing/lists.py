# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a list in the documented shape."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from havre.core.exchange.errors import UnwritableFile
from havre.core.exchange.reading.ages import writing_of_age
from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.dates import parse_birth, writings
from havre.core.exchange.reading.texts import guarded
from havre.core.exchange.vocabulary import countries, sexes, shape, unsaid_terms
from havre.core.exchange.writing.csv_out import write_csv
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, FamilyLink, Person, ShoreList
from havre.engines.linkage.relations import relations
from havre.words import Language

_NOT_WRITTEN = "birth_calendar"
"""A column that is only read: what Havre writes is Gregorian."""


def write_list(shore_list: ShoreList, folder: Path, *, language: Language | None = None) -> None:
    """Writes ``people.csv`` and ``links.csv`` into ``folder``, made if only it is missing; same list, same bytes.

    Reading them gives the same list, but that an interval of birth dates that is neither a date nor an age comes
    back with a kind by its width. Without ``language`` the columns have their keys as names and the values are
    codes; with it, both are in words, and the files are named in that language.
    """
    folder = Path(folder)
    said = language or Language.ENGLISH
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        key = "no_folder" if isinstance(error, FileNotFoundError) else "folder_closed"
        raise UnwritableFile(said, key, path=folder, folder=folder.parent) from error
    recorded = {person.person_id: person.recorded_on for person in shore_list.people}
    people = [_person_row(person, language) for person in shore_list.people]
    links = [_link_row(link, recorded[link.person_id], language) for link in shore_list.links]
    _write_table(folder, "people", people, language)
    _write_table(folder, "links", links, language)


def _write_table(folder: Path, table: str, rows: list[dict[str, str]], language: Language | None) -> None:
    form = shape("people" if table == "people" else "links")
    columns = [column for column in form.columns if column.key != _NOT_WRITTEN]
    name = form.title(language) if language else form.key
    titles = [column.title(language) if language else column.key for column in columns]
    lines = [[row.get(column.key, "") for column in columns] for row in rows]
    write_csv(folder / f"{name}.csv", titles, lines, language=language or Language.ENGLISH)


def _person_row(person: Person, language: Language | None) -> dict[str, str]:
    row = _described(person.described, person.recorded_on, language)
    if person.recorded_on:
        row["recorded_on"] = person.recorded_on.isoformat()
    if person.organisation:
        row["organisation"] = guarded(person.organisation)
    return {**row, "person_id": person.person_id}


def _link_row(link: FamilyLink, recorded_on: date | None, language: Language | None) -> dict[str, str]:
    row = _described(link.described, recorded_on, language)
    if link.relation:
        row["relation"] = relations()[link.relation].label(language) if language else link.relation
    if link.note:
        row["note"] = guarded(link.note)
    return {**row, "link_id": link.link_id, "person_id": link.person_id}


def _described(described: Description, recorded_on: date | None, language: Language | None) -> dict[str, str]:
    row = {
        name: guarded(text)
        for name in ("names", "other_names", "birthplace", "phone", "town")
        if (text := getattr(described, name))
    }
    if described.sex:
        row["sex"] = _sex(described.sex, language)
    for name in ("nationality", "country"):
        if code := getattr(described, name):
            row[name] = _country(code, language)
    if described.birth:
        row.update(_birth(described.birth, recorded_on))
    return {**_reasons(described, language), **row}


def _reasons(described: Description, language: Language | None) -> Mapping[str, str]:
    words = {term.key: term.label(language or Language.ENGLISH) for term in unsaid_terms()}
    return {"birth_date" if name == "birth" else name: words[why] for name, why in described.unsaid.items()}


def _birth(birth: BirthInterval, recorded_on: date | None) -> dict[str, str]:
    """The cells that say an interval: a date where one does, else an age and its day, else both ends."""
    if birth.kind is BirthKind.AGE and (said := writing_of_age(birth, recorded_on)):
        return {"age": said[0], "age_on": said[1].isoformat()}
    texts = list(writings(birth))
    return {"birth_date": next((text for text in texts if _says(text, birth)), texts[-1])}


def _says(text: str, birth: BirthInterval) -> bool:
    try:
        return parse_birth(text) == birth
    except BadValue:
        return False


def _sex(key: str, language: Language | None) -> str:
    return next(term.label(language) for term in sexes() if term.key == key) if language else key


def _country(code: str, language: Language | None) -> str:
    if not language:
        return code
    return next((c.label(language) for c in countries() if code in (c.alpha_2, c.alpha_3)), code)
