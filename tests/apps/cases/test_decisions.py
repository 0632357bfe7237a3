# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decision: whole or none, two people's, never changed, told; by the action and by a raw statement alike."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.journey import ROUTE, TODAY, WHY, Journey, whole
from apps.tracing.shores import acts, raw
from django.db import Error, connection, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, DecisionSaid, Missing, NoSuchCase, NotWhole, Seen
from havre.apps.cases.enums import Answer, CaseState, Factor, Manner
from havre.apps.cases.models import Case, Decision, Event
from havre.apps.cases.queries import RULES, briefs_of, criteria, decisions, routes, stock
from havre.apps.registry import actions as registry
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.engines.pathways import Due
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH
OTHER = "An aunt in Jalalabad may send the family's paper before the end of the winter."


def result_of(said: DecisionSaid, key: str, **more: Any) -> DecisionSaid:
    """The same with something else of one criterion."""
    return replace(
        said,
        criteria=tuple(replace(each, **more) if each.key == key else each for each in said.criteria),
    )


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


LACKS: dict[str, tuple[Callable[[], DecisionSaid], tuple[str, str]]] = {
    "a criterion": (lambda: whole(criteria=whole().criteria[1:]), ("criteria.minor", "needed")),
    "only criteria of the route": (
        lambda: whole(criteria=(*whole().criteria, replace(whole().criteria[0], key="wealth"))),
        ("criteria.wealth", "no_criterion"),
    ),
    "each criterion once": (
        lambda: whole(criteria=(*whole().criteria, whole().criteria[0])),
        ("criteria.minor", "no_criterion"),
    ),
    "a reason for each that fails": (
        lambda: result_of(whole(), "link", reason=""),
        ("criteria.link", "needed"),
    ),
    "reasons that are sentences": (
        lambda: result_of(whole(), "link", reason="No link, sorry."),
        ("criteria.link", "short"),
    ),
    "reasons that are no stock phrase": (
        lambda: result_of(
            whole(), "link", reason="Family link not established; insufficient evidence. See above!"
        ),
        ("criteria.link", "stock"),
    ),
    "nor one in French": (
        lambda: whole(in_short="Après un examen attentif, la demande est refusée : preuves insuffisantes."),
        ("in_short", "stock"),
    ),
    "reasons that say something": (
        lambda: result_of(
            whole(), "link", reason="unclear unclear unclear very unclear quite unclear really not"
        ),
        ("criteria.link", "repeats"),
    ),
    "different reasons": (
        lambda: result_of(whole(), "can_take_care", reason=whole().criteria[4].reason),
        ("criteria.link", "same"),
    ),
    "something that fails, to refuse": (
        lambda: replace(whole(Answer.ACCEPT), answer=Answer.REFUSE),
        ("answer", "fails_nothing"),
    ),
    "nothing that fails, to accept": (lambda: replace(whole(), answer=Answer.ACCEPT), ("answer", "fails")),
    "evidence that was seen": (lambda: whole(evidence_seen=()), ("evidence_seen", "needed")),
    "evidence that is named": (lambda: whole(evidence_seen=(Seen(" "),)), ("evidence_seen", "needed")),
    "what is missing": (lambda: whole(evidence_missing=()), ("evidence_missing", "needed")),
    "how it could be given": (
        lambda: whole(evidence_missing=(Missing("a paper", ""),)),
        ("evidence_missing", "how"),
    ),
    **{
        f"best interests, {factor}": (lambda f=factor: whole(**{f.value: "Fine."}), (factor.value, "short"))  # type: ignore[misc]
        for factor in Factor
    },
    "a language to tell it in": (lambda: whole(telling_language=""), ("telling_language", "needed")),
    "a manner of telling": (lambda: whole(telling_manner=""), ("telling_manner", "needed")),
    "how to ask again": (lambda: whole(again_how=" "), ("again_how", "needed")),
    "a day until when, to come": (lambda: whole(again_until=TODAY), ("again_until", "past")),
    "somebody who helps": (lambda: whole(helper=""), ("helper", "needed")),
}
"""What a decision needs: one without it, and what is said of that."""


@pytest.mark.parametrize("what", LACKS)
def test_a_decision_needs(journey: Journey, case: Case, what: str) -> None:
    make, lack = LACKS[what]
    with acts(journey.harbour), pytest.raises(NotWhole) as refused:
        actions.draft_decision(case.pk, make())
    assert refused.value.lacks == (lack,)
    said = [refused.value.say(language) for language in Language]
    assert len(set(said)) == 2
    with acts(journey.harbour):
        assert not Decision.objects.exists()


INSERT = "INSERT INTO cases_decision SELECT * FROM jsonb_populate_record(NULL::cases_decision, %s)"


@pytest.mark.parametrize("what", LACKS)
def test_and_no_statement_gets_round_it(journey: Journey, case: Case, what: str) -> None:
    row = row_of(journey, LACKS[what][0](), case_id=case.pk)
    with (
        acts(journey.harbour),
        pytest.raises(Error, match="whole or is none") as refused,
        transaction.atomic(),
    ):
        raw(INSERT, [json.dumps(row, default=str)])
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


def row_of(journey: Journey, said: DecisionSaid, **more: Any) -> dict[str, Any]:
    who = {"member_id": journey.harbour.pk, "organisation_id": journey.cast.harbour.pk, "shore": "britain"}
    made = {"id": uuid4(), "origin": "", "recorded_at": "2016-11-21", "route": ROUTE, "decided_on": TODAY}
    return {**said.kept(), **who, **made, **more}


def test_a_whole_one_is_saved_by_a_statement_too(journey: Journey, case: Case) -> None:
    with acts(journey.harbour):
        assert raw(INSERT, [json.dumps(row_of(journey, whole(), case_id=case.pk), default=str)]) == [(1,)]


def test_everything_that_is_missing_is_said_at_once(journey: Journey, case: Case) -> None:
    empty = whole(in_short="", evidence_seen=(), helper="", views="", criteria=())
    with acts(journey.harbour), pytest.raises(NotWhole) as refused:
        actions.draft_decision(case.pk, empty)
    places = {place for place, _ in refused.value.lacks}
    assert {"in_short", "evidence_seen", "helper", "views", "criteria.minor", "criteria.link"} <= places


def test_a_stock_phrase_is_no_reason_and_takes_nothing_from_one(journey: Journey) -> None:
    said = [(f"{each.upper()}... {each}!", f"{OTHER} {each}.") for each in RULES.stock_phrases]
    texts = [text for both in said for text in both]
    found = raw(
        "SELECT cases_wording(words) FROM unnest(%s::text[]) WITH ORDINALITY AS t(words, n) ORDER BY n",
        [texts],
    )
    assert [wording for (wording,) in found] == ["stock", ""] * len(RULES.stock_phrases)


def test_an_acceptance_needs_no_failing_reason_and_no_missing_paper(journey: Journey, case: Case) -> None:
    decision = journey.decided(case, whole(Answer.ACCEPT, evidence_missing=(), in_short=OTHER))
    assert decision.answer == Answer.ACCEPT
    standing = journey.standing(case)
    assert standing.state is CaseState.ACCEPTED
    assert any(each.rule.key == "transfer" for each in standing.due)


# --- two people --------------------------------------------------------------------------------------------------


def test_a_draft_is_no_decision_until_a_second_person_agrees(journey: Journey, case: Case) -> None:
    draft = journey.drafted(case)
    assert journey.standing(case).state is CaseState.RECEIVED
    with acts(journey.dunes):
        assert not decisions().exists()  # a draft is read by whoever writes it
    with acts(journey.colleague):
        assert list(decisions().waiting_for_me()) == [draft]
        actions.agree(draft.pk)
    standing = journey.standing(case)
    assert standing.state is CaseState.REFUSED
    assert any(each.rule.key == "ask-again" and each.state is Due.WAITING for each in standing.clocks)
    with acts(journey.dunes):
        assert Event.objects.get(decision=draft).happened_on == TODAY
        assert Notice.objects.filter(key="cases.notice_decided").exists()


def test_whoever_wrote_it_does_not_agree_and_neither_does_the_same_person_elsewhere(
    journey: Journey, case: Case
) -> None:
    draft = journey.drafted(case)
    twice = Member.objects.create(
        account=journey.harbour.account, organisation=journey.cast.harbour, role=Role.SUPERVISOR
    )
    for member in (journey.harbour, twice):
        with acts(member):
            with pytest.raises(CaseRefused, match="second_person"):
                actions.agree(draft.pk)
            with pytest.raises(Error), transaction.atomic():
                raw("UPDATE cases_decision SET agreed_by_id = %s, agreed_on = %s", [member.pk, TODAY])


def test_only_the_organisation_that_is_asked_decides(journey: Journey, case: Case) -> None:
    with acts(journey.dunes), pytest.raises(CaseRefused, match="not_asked"):
        actions.draft_decision(case.pk, whole())
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.draft_decision(case.pk, whole())
    registrar = journey.cast.member(journey.cast.harbour, Role.REGISTRAR)
    with acts(registrar), pytest.raises(NotAllowed):
        actions.draft_decision(case.pk, whole())
    draft = journey.drafted(case)
    for member in (journey.dunes, journey.stranger):
        with acts(member), pytest.raises(NoSuchCase):
            actions.agree(draft.pk)
    row = {**row_of(journey, whole(), case_id=case.pk), "organisation_id": journey.cast.dunes.pk}
    row |= {"member_id": journey.dunes.pk, "shore": "france"}
    with acts(journey.dunes), pytest.raises(Error) as refused, transaction.atomic():
        raw(INSERT, [json.dumps(row, default=str)])
    assert refused.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]


def test_a_draft_that_is_set_aside_is_kept_and_never_becomes_one(journey: Journey, case: Case) -> None:
    draft = journey.drafted(case)
    with acts(journey.colleague):
        actions.set_aside(draft.pk)
    with acts(journey.cast.member(journey.cast.harbour, nth=3)), pytest.raises(CaseRefused, match="no_draft"):
        actions.agree(draft.pk)
    assert journey.decided(case).agreed_on == TODAY


def test_the_agreement_and_the_answer_come_together_or_not_at_all(journey: Journey, case: Case) -> None:
    journey.drafted(case)
    with acts(journey.colleague), transaction.atomic():
        raw("UPDATE cases_decision SET agreed_by_id = %s, agreed_on = %s", [journey.colleague.pk, TODAY])
        with pytest.raises(Error, match="two people") as refused, transaction.atomic():
            raw("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


ANSWER = """INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,
  happened_on, route, position, decision_id)
  VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'britain', %s, %s, '', 9, %s)"""


@pytest.mark.parametrize(("kind", "agreed"), [("refused", False), ("accepted", False), ("accepted", True)])
def test_a_draft_answers_nothing_and_a_refusal_is_no_acceptance(
    journey: Journey, case: Case, kind: str, agreed: bool
) -> None:
    draft = journey.drafted(case)
    who = journey.colleague
    with acts(who), transaction.atomic():
        if agreed:
            raw("UPDATE cases_decision SET agreed_by_id = %s, agreed_on = %s", [who.pk, TODAY])
        raw(ANSWER, [case.pk, who.pk, journey.cast.harbour.pk, kind, TODAY, draft.pk])
        with pytest.raises(Error, match="two people"), transaction.atomic():
            raw("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


@pytest.mark.parametrize("what", ["another route", "another day"])
def test_an_answer_is_to_the_request_that_was_made_on_the_day_of_the_agreement(
    journey: Journey, case: Case, what: str
) -> None:
    route = "dublin-17-2" if what == "another route" else ROUTE
    tested = [
        {"key": each.key, "result": "not_shown", "reason": f"{OTHER} So it stands with number {nth}."}
        for nth, each in enumerate(criteria(routes()[route]))
    ]
    row = row_of(journey, whole(), case_id=case.pk, route=route, criteria=tested)
    with acts(journey.harbour):
        raw(INSERT, [json.dumps(row, default=str)])
    who, day = journey.colleague, TODAY - timedelta(days=1 if what == "another day" else 0)
    with acts(who), transaction.atomic():
        raw("UPDATE cases_decision SET agreed_by_id = %s, agreed_on = %s", [who.pk, TODAY])
        raw(ANSWER, [case.pk, who.pk, journey.cast.harbour.pk, "refused", day, row["id"]])
        with pytest.raises(Error, match="two people"), transaction.atomic():
            raw("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_what_two_people_agreed_on_stands_in_the_rows(journey: Journey, case: Case) -> None:
    journey.decided(case)
    with connection.cursor() as cursor:  # what a commit would ask
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_same_key_drafts_once_and_tells_once(journey: Journey, case: Case) -> None:
    keys = uuid4(), uuid4()
    with acts(journey.harbour):
        drafts = [actions.draft_decision(case.pk, whole(), idempotency_key=keys[0]) for _ in range(2)]
    with acts(journey.colleague):
        actions.agree(drafts[0].pk)
    said = {"told_by": "Amina", "told_on": TODAY, "language": "Pashto", "manner": Manner.READ_ALOUD}
    with acts(journey.dunes):
        tellings = [actions.tell_child(drafts[0].pk, **said, idempotency_key=keys[1]) for _ in range(2)]  # type: ignore[arg-type]
    assert drafts[0] == drafts[1]
    assert tellings[0] == tellings[1]


# --- never changed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "in_short = 'no'",
        "criteria = '[]'",
        "answer = 'accept'",
        "again_until = '2016-11-30'",
        "member_id = agreed_by_id",
    ],
)
def test_no_word_of_a_decision_is_changed(journey: Journey, case: Case, change: str) -> None:
    for decision in (journey.drafted(case), journey.decided(case)):
        with acts(journey.colleague), pytest.raises(Error, match="never changed"), transaction.atomic():
            raw(f"UPDATE cases_decision SET {change} WHERE id = %s", [decision.pk])


@pytest.mark.parametrize(
    "change",
    ["agreed_by_id = NULL, agreed_on = NULL", "agreed_on = '2016-11-20'", "agreed_by_id = member_id"],
)
def test_no_agreement_is_taken_back_or_moved(journey: Journey, case: Case, change: str) -> None:
    journey.decided(case)
    for member in (journey.colleague, journey.harbour, journey.dunes):
        with acts(member), pytest.raises(Error, match="never changed"), transaction.atomic():
            raw(f"UPDATE cases_decision SET {change}")


def test_whoever_asks_neither_agrees_nor_sets_aside(journey: Journey, case: Case) -> None:
    journey.drafted(case)
    with acts(journey.dunes):
        for change in ("agreed_by_id = member_id, agreed_on = decided_on", "set_aside_by_id = member_id"):
            assert raw(f"UPDATE cases_decision SET {change}") == [(0,)]


def test_asking_again_makes_a_new_decision_and_the_first_one_stays(journey: Journey, case: Case) -> None:
    first = journey.decided(case)
    with acts(journey.harbour), pytest.raises(CaseRefused, match="nothing_to_answer"):
        actions.draft_decision(case.pk, whole())
    journey.happens(case, "reexamination_asked", TODAY)
    again = journey.decided(case, whole(in_short=OTHER))
    assert journey.standing(case).state is CaseState.REFUSED_AGAIN
    with acts(journey.dunes):
        assert [each.pk for each in decisions()] == [first.pk, again.pk]
        kinds = list(Event.objects.filter(decision__isnull=False).values_list("kind", flat=True))
    assert kinds == ["refused", "reexamination_refused"]
    assert len(journey.standing(case).not_told) == 2


def test_after_silence_nothing_is_refused(journey: Journey, case: Case, settings: Any) -> None:
    settings.HAVRE_TODAY = date(2017, 1, 9)
    with acts(journey.harbour), pytest.raises(CaseRefused, match="nothing_to_answer"):
        actions.draft_decision(case.pk, whole(again_until=date(2017, 2, 1)))


# --- told --------------------------------------------------------------------------------------------------------


def test_a_decision_that_nobody_told_has_a_clock_of_its_own(
    journey: Journey, case: Case, settings: Any
) -> None:
    decision = journey.decided(case)
    (waits,) = journey.standing(case).not_told
    assert (waits.decision, waits.due, waits.overdue) == (decision, TODAY + timedelta(days=3), False)
    settings.HAVRE_TODAY = TODAY + timedelta(days=4)
    assert journey.standing(case).overdue
    journey.told(decision)
    assert journey.standing(case).not_told == ()


def test_the_board_says_of_a_case_what_its_page_says(journey: Journey, case: Case, settings: Any) -> None:
    def both(on_day: date) -> list[tuple[date, bool, int]]:
        settings.HAVRE_TODAY = on_day
        standing = journey.standing(case)
        with acts(journey.dunes):
            stock()
            (brief,) = briefs_of(on_day)
        return [
            (brief.first, brief.overdue, brief.not_told),
            (standing.next_day, standing.overdue, len(standing.not_told)),
        ]

    board, page = both(TODAY)
    assert board == page == (date(2017, 1, 7), False, 0)
    decision = journey.decided(case)
    board, page = both(TODAY)
    assert board == page == (TODAY + timedelta(days=3), False, 1)
    board, page = both(TODAY + timedelta(days=4))
    assert board == page == (TODAY + timedelta(days=3), True, 1)
    journey.told(decision)
    board, page = both(TODAY + timedelta(days=40))
    assert board == page == (date(2016, 12, 12), True, 0)  # the re-examination that nobody asked for
    with acts(journey.stranger):
        assert stock().cases == 0
        assert briefs_of(TODAY) == []


def test_a_child_is_told_once_of_a_decision_and_never_of_a_draft(journey: Journey, case: Case) -> None:
    draft = journey.drafted(case)
    with acts(journey.harbour), pytest.raises(CaseRefused, match="draft_is_not_told"):
        actions.tell_child(draft.pk, told_by="Amina", told_on=TODAY, language="ps", manner="in_person")  # type: ignore[arg-type]
    with acts(journey.colleague):
        actions.agree(draft.pk)
    with pytest.raises(CaseRefused, match="told_day"):
        journey.told(draft, TODAY - timedelta(days=1))
    with pytest.raises(CaseRefused, match="told_day"):
        journey.told(draft, TODAY + timedelta(days=1))
    journey.told(draft)
    with pytest.raises(CaseRefused, match="told_before"):
        journey.told(draft)


def test_who_told_and_in_which_language_is_said(journey: Journey, case: Case) -> None:
    decision = journey.decided(case)
    said = {"told_on": TODAY, "manner": "in_person"}
    for lacking in ({"told_by": " ", "language": "Pashto"}, {"told_by": "Amina", "language": ""}):
        with acts(journey.dunes), pytest.raises(CaseRefused, match="told_needed"):
            actions.tell_child(decision.pk, **lacking, **said)  # type: ignore[arg-type]
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.tell_child(decision.pk, told_by="Eve", language="Pashto", **said)  # type: ignore[arg-type]


# --- what stays --------------------------------------------------------------------------------------------------


def test_of_an_erased_child_no_word_stays_and_that_it_was_decided_does(journey: Journey, case: Case) -> None:
    decision = journey.decided(case)
    with acts(journey.dunes):
        actions.say_fact(case.pk, "married", value=False, how="he says so")
    journey.told(decision)
    with acts(journey.cast.member(journey.cast.dunes, Role.SUPERVISOR), Purpose.CARE):
        registry.erase(journey.shores.child.pk)
        kept = decisions().get(pk=decision.pk)
        assert (kept.answer, kept.agreed_on) == (Answer.REFUSE, TODAY)
        assert (kept.in_short, kept.criteria, kept.safety, kept.helper) == ("", [], "", "")
        assert raw("SELECT count(*) FROM cases_fact") == [(0,)]
        assert raw("SELECT told_by FROM cases_telling") == [("",)]


def test_the_record_knows_that_it_was_decided_and_keeps_no_word_of_it(journey: Journey, case: Case) -> None:
    journey.decided(case)
    with acts(journey.cast.auditor, Purpose.OVERSIGHT):
        notes = raw("SELECT note::text FROM audit_entry WHERE table_name = 'cases_decision' ORDER BY id")
    told = " ".join(note for (note,) in notes)
    assert len(notes) == 2
    assert "refuse" in told
    assert "agreed_on" in told
    assert WHY not in told
    assert "grandfathers" not in told
