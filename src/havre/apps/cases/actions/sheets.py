# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of answers comes in: handed in, read, looked at, accepted; each row becomes a case that shows what it lacks.

Whose child a row is, a person says: only a reference or an id of an own list is taken for sure.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction

from havre.apps.cases.actions.answering import record_outside_answer
from havre.apps.cases.actions.errors import CaseRefused
from havre.apps.cases.actions.opening import open_case_of_link
from havre.apps.cases.enums import WORDS, Answer, AnswerSource, SheetState
from havre.apps.cases.models import AnswerSheet
from havre.apps.cases.policies import OPEN_CASE
from havre.apps.cases.queries.cases import cases
from havre.apps.cases.queries.sheets import answer_of, key_of, sheets
from havre.apps.registry import actions as registry
from havre.apps.registry.queries import reference_of, registrations
from havre.core.access import check
from havre.core.accounts.models import Organisation
from havre.core.clock import today
from havre.core.database.ids import uuid7
from havre.core.exchange import AnsweredRow, AnswersReading, UnreadableList, read_answers
from havre.core.files import FileRefused, store, unpacked
from havre.core.jobs import defer
from havre.engines.linkage import Band
from havre.engines.linkage.records import Description
from havre.words import Language

Progress = Callable[[float], None]
NEW, LEAVE = "new", "leave"
"""What may be chosen for a row beside a registration: to register its child; to leave it out."""
MOST_ALIKE = 5
"""Registrations that are shown for a row that names no reference."""
MOST_ROWS = 2000
NO_WORD = "–"
"""Stands where a row gives no word at all."""


@transaction.atomic
def start_sheet(
    *,
    name: str,
    content: bytes,
    unsaid: Answer | None,
    language: Language,
    idempotency_key: UUID | None = None,
) -> AnswerSheet:
    """Hands in a sheet (an .xlsx or a CSV) and lets a worker read it. CaseRefused where the file cannot be taken.

    ``unsaid`` is what a row means that names no answer. With a key that was used before, the first sheet.
    """
    actor = check(OPEN_CASE)
    key = idempotency_key or uuid7()
    if first := sheets().filter(pk=key).first():
        return first
    organisation = Organisation.objects.get(id=actor.organisation_id)
    try:
        file = store(name, content, organisation)
    except FileRefused as refused:
        raise CaseRefused("file_refused", field="file", reason=refused.said(language)) from refused
    sheet = AnswerSheet.objects.create(
        id=key,
        organisation=organisation,
        member_id=actor.member_id,
        file=file,
        name=file.name,
        unsaid=unsaid or "",
    )
    return _deferred(sheet, "cases.read_sheet")


@transaction.atomic
def read_sheet(sheet_id: UUID, progress: Progress) -> AnswerSheet:
    """Reads a sheet that was handed in, and looks whose children its rows may be."""
    check(OPEN_CASE)
    sheet = held_sheet(sheet_id)
    if sheet.state != SheetState.WAITING:
        return sheet
    try:
        reading = reading_of(sheet, Language.ENGLISH)
    except UnreadableList as error:
        sheet.state, sheet.remarks = SheetState.FAILED, [_both(error.say)]
    else:
        if len(reading.rows) > MOST_ROWS:
            sheet.state, sheet.remarks = (
                SheetState.FAILED,
                [_both(lambda language: WORDS.say(language, "many_rows", most=MOST_ROWS))],
            )
        else:
            sheet.state, sheet.found = SheetState.PREVIEWED, dict(_found(reading, progress))
            sheet.remarks = [_both(remark.say) for remark in reading.remarks]
    sheet.save(update_fields=["state", "remarks", "found"])
    return sheet


def _both(say: Callable[[Language], str]) -> dict[str, str]:
    """A sentence as a sheet keeps it, for readers of either language."""
    return {language.value: say(language) for language in Language}


def _found(reading: AnswersReading, progress: Progress) -> Iterator[tuple[str, dict[str, object]]]:
    sure = _by_reference({_reference(row.person_id) for row in reading.rows if row.person_id})
    for n, row in enumerate(reading.rows, 1):
        of = sure.get(_reference(row.person_id), [])
        yield (
            str(row.line),
            {
                "of": of or _alike(row.described),
                "sure": len(of) == 1,
                "named": bool(row.described.names),
            },
        )
        progress(n / len(reading.rows))


def _reference(text: str) -> str:
    """A reference of Havre as Havre writes it; an id of a list as it stands."""
    return reference_of(text) or text


def _by_reference(ids: set[str]) -> dict[str, list[str]]:
    """Own registrations by the reference of their person, and by their id on a list that was imported."""
    found: dict[str, list[str]] = {}
    own = registrations().own().filter(erased_at__isnull=True)
    for column in ("person__reference", "source_id"):
        for key, name in own.filter(**{f"{column}__in": ids}).values_list("pk", column):
            if str(key) not in found.setdefault(name, []):
                found[name].append(str(key))
    return found


def _alike(described: Description) -> list[str]:
    if not described.names:
        return []
    found = registry.search(
        described.names,
        sex=described.sex,
        born=described.birth,
        nationality=described.nationality,
        elsewhere=False,
    )
    own = [each for each in found.candidates if each.own and each.band is not Band.FAINT]
    return [str(each.registration.pk) for each in own[:MOST_ALIKE]]


@transaction.atomic
def accept_sheet(sheet_id: UUID, chosen: Mapping[int, str]) -> AnswerSheet:
    """Accepts a sheet with whom each of its lines is about, and lets a worker write it.

    CaseRefused where a line is not said, or names a registration that was not proposed for it.
    """
    check(OPEN_CASE)
    sheet = held_sheet(sheet_id)
    if sheet.state in (SheetState.ACCEPTED, SheetState.DONE):
        return sheet
    if sheet.state != SheetState.PREVIEWED:
        raise CaseRefused("sheet_not_read", status=409)
    for line, found in sheet.found.items():
        if chosen.get(int(line), "") not in (*([NEW] if found["named"] else []), LEAVE, *found["of"]):
            raise CaseRefused("line_not_said", field=f"line_{line}", line=line)
    sheet.chosen = {line: chosen[int(line)] for line in sheet.found}
    sheet.state = SheetState.ACCEPTED
    sheet.save(update_fields=["chosen", "state"])
    return _deferred(sheet, "cases.write_sheet")


@transaction.atomic
def write_sheet(sheet_id: UUID, progress: Progress) -> AnswerSheet:
    """Writes an accepted sheet: a case for each row, and in it the answer as it was given. Done twice, adds nothing.

    A row whose case can have had no such answer is left out, and the sheet says so.
    """
    check(OPEN_CASE)
    sheet = held_sheet(sheet_id)
    if sheet.state != SheetState.ACCEPTED:
        return sheet
    rows = reading_of(sheet, Language.ENGLISH).rows
    for n, row in enumerate(rows, 1):
        chosen, answer = sheet.chosen.get(str(row.line), LEAVE), answer_of(row, sheet)
        if chosen != LEAVE and answer is None:
            _leave_out(sheet, row, CaseRefused("row_without_answer"))
        elif chosen != LEAVE and answer is not None:
            _write_row(sheet, row, chosen, answer)
        progress(n / len(rows))
    sheet.state = SheetState.DONE
    sheet.save(update_fields=["state", "written", "remarks"])
    return sheet


def _write_row(sheet: AnswerSheet, row: AnsweredRow, chosen: str, answer: Answer) -> None:
    try:
        with transaction.atomic():
            case_id = _written(sheet, row, chosen, answer)
    except (CaseRefused, registry.RegistryError) as refused:
        _leave_out(sheet, row, refused)
    else:
        sheet.written[str(row.line)] = str(case_id)


def _leave_out(sheet: AnswerSheet, row: AnsweredRow, refused: CaseRefused | registry.RegistryError) -> None:
    said = _both(
        lambda language: WORDS.say(language, "line_refused", line=row.line, why=refused.say(language))
    )
    sheet.remarks = [*sheet.remarks, said]


def _written(sheet: AnswerSheet, row: AnsweredRow, chosen: str, answer: Answer) -> UUID:
    key = key_of(sheet, str(row.line))
    new = chosen == NEW
    if new and registry.was_erased(row.person_id, row.described.names):
        raise CaseRefused("was_erased", status=409)
    registration_id = registry.register(row.described, idempotency_key=key).pk if new else UUID(chosen)
    case_id = _case_of(registration_id, row, key)
    record_outside_answer(
        case_id,
        answer,
        words=row.words or row.said or NO_WORD,
        answered_on=row.answered_on,
        source=AnswerSource.IMPORT,
        source_said=f"{sheet.name}, {row.line}",
        idempotency_key=key,
    )
    return case_id


def _case_of(registration_id: UUID, row: AnsweredRow, key: UUID) -> UUID:
    """The child's case; where there is none, one opens from what the sheet says of the relative, be it nothing."""
    child = registrations().own().filter(pk=registration_id, erased_at__isnull=True)
    found = child.values_list("organisation", "person").first()
    if found is None:
        raise CaseRefused("no_such_child", status=404)
    organisation, person = found
    there = cases().filter(organisation=organisation, person=person).values_list("pk", flat=True).first()
    if there is not None:
        return there
    said = registry.LinkSaid(relation=row.relation, described=Description(names=row.relative))
    link = registry.add_family_link(registration_id, said, idempotency_key=uuid5(key, "link"))
    return open_case_of_link(link.pk).pk


def held_sheet(sheet_id: UUID) -> AnswerSheet:
    """An own sheet, locked until the transaction ends; else CaseRefused."""
    found = sheets().select_for_update().filter(pk=sheet_id).first()
    if found is None:
        raise CaseRefused("no_such_sheet", status=404)
    return found


def reading_of(sheet: AnswerSheet, language: Language) -> AnswersReading:
    """What the sheet says; UnreadableList. CaseRefused where its file was given up."""
    with _unpacked(sheet) as path:
        return read_answers(path, language=language, today=today())


def _unpacked(sheet: AnswerSheet) -> AbstractContextManager[Path]:
    if sheet.file is None:
        raise CaseRefused("file_given_up", status=410)
    return unpacked(sheet.file)


def _deferred(sheet: AnswerSheet, job: str) -> AnswerSheet:
    sheet.job = defer(job, sheet.pk)
    sheet.save(update_fields=["job"])
    return sheet
