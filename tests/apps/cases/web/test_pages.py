# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the verified pair to a refusal with reasons that the child was told, by four members, page after page."""

from typing import Any
from uuid import uuid4

import pytest
from apps.cases.journey import REASONS, ROUTE, TODAY, WHY, Journey, whole
from apps.cases.test_decisions import LACKS
from apps.tracing.shores import acts, raw
from apps.tracing.web.conftest import site_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.apps.cases import actions
from havre.apps.cases.actions import DecisionSaid
from havre.apps.cases.enums import Answer, Factor
from havre.apps.cases.models import Case, Decision, Event, Fact
from havre.apps.cases.queries import cases, criteria, routes
from havre.core.access import Purpose
from havre.core.accounts.models import Member
from havre.words import Language


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


def page(member: Member, place: str, language: str = "en", status: int = 200) -> str:
    answer: Any = site_of(member, language).get(place)
    assert answer.status_code == status, place
    return str(answer.content.decode())


def sent(member: Member, place: str, language: str = "en", **said: Any) -> Any:
    return site_of(member, language).post(place, {"key": str(uuid4()), **said})


def form_of(said: DecisionSaid | None = None, **more: Any) -> dict[str, Any]:
    """What somebody types who says this; by default, who leaves nothing out."""
    said = said or whole()
    typed: dict[str, Any] = {
        name: getattr(said, name)
        for name in ("in_short", "telling_language", "again_how", "helper", *(each.value for each in Factor))
    }
    for each in said.criteria:
        typed |= {f"result_{each.key}": each.result.value, f"reason_{each.key}": each.reason}
    for nth, lacking in enumerate(said.evidence_missing):
        typed |= {f"missing_what_{nth}": lacking.what, f"missing_how_{nth}": lacking.how}
    return typed | {
        "answer": said.answer.value if said.answer else "",
        "written_in": "en",
        "seen": "\n".join(each.what for each in said.evidence_seen),
        "telling_manner": said.telling_manner or "",
        "again_until": str(said.again_until or ""),
        **more,
    }


@pytest.mark.parametrize("language", list(Language))
def test_the_whole_way_from_the_pair_to_a_refusal_that_the_child_was_told(
    journey: Journey, language: Language
) -> None:
    dunes, harbour, colleague = journey.dunes, journey.harbour, journey.colleague
    pair = journey.shores.pair()
    assert f"/cases/pairs/{pair.pk}/open" in page(dunes, "/cases/", language)
    opened = sent(dunes, f"/cases/pairs/{pair.pk}/open", language)
    here = opened["Location"]
    sent(dunes, f"{here}/event", kind="sent", happened_on="2016-11-04", route=ROUTE)
    sent(harbour, f"{here}/event", kind="received", happened_on="2016-11-07")
    assert f"{here}/decide" in page(harbour, here, language)
    assert f"{here}/decide" not in page(dunes, here, language)
    drafted = sent(harbour, f"{here}/decide", language, **form_of())
    assert drafted.status_code == 302, drafted.content.decode()
    decision = drafted["Location"]
    assert f"{decision}/agree" not in page(harbour, decision, language)
    assert f"{decision}/agree" in page(colleague, decision, language)
    page(dunes, decision, language, 404)
    assert sent(colleague, f"{decision}/agree", language).status_code == 302
    not_told = {"en": "Not told", "fr": "Non informé"}[language]
    for place in (here, decision, "/cases/"):
        assert not_told in page(dunes, place, language)
    told = {"told_by": "Amina", "told_on": TODAY, "language_told": "Pashto", "manner": "with_interpreter"}
    assert sent(dunes, f"{decision}/told", language, **told).status_code == 302
    for place in (here, decision, "/cases/"):
        assert not_told not in page(dunes, place, language)


def test_a_decision_shows_each_criterion_with_its_rule_and_its_reason(journey: Journey, case: Case) -> None:
    shown = page(journey.dunes, f"/cases/decisions/{journey.decided(case).pk}", "fr")
    for each in criteria(routes()[ROUTE]):
        assert each.text.fr.split("'")[0] in shown
    assert WHY in shown
    assert all(reason in shown for reason in REASONS.values())


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(journey: Journey, case: Case) -> None:
    place = f"/cases/{case.pk}/decide"
    answer = sent(
        journey.harbour, place, **form_of(helper="", reason_link="not eligible, insufficient evidence")
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_helper_error"' in shown
    assert 'id="id_reason_link_error"' in shown
    assert "fits any child" in shown
    assert WHY in shown
    with acts(journey.harbour):
        assert not Decision.objects.exists()


OF_NO_FIELD = {"only criteria of the route", "each criterion once"}
"""What nobody can type: the form has one field for each criterion."""


@pytest.mark.parametrize("what", sorted(LACKS.keys() - OF_NO_FIELD))
def test_a_decision_needs(journey: Journey, case: Case, what: str) -> None:
    """What an action and a raw statement are refused for (``test_decisions``), a page refuses too, at one field."""
    answer = sent(journey.harbour, f"/cases/{case.pk}/decide", **form_of(LACKS[what][0]()))
    assert answer.status_code == 422
    assert answer.content.decode().count('class="wrong"') == 1
    with acts(journey.harbour):
        assert not Decision.objects.exists()


def test_an_empty_form_says_all_that_lacks_at_once(journey: Journey, case: Case) -> None:
    kept = ("written_in", "missing_what_0", "missing_how_0")
    answer = sent(
        journey.harbour, f"/cases/{case.pk}/decide", **{name: "" for name in form_of() if name not in kept}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    lacking = {name for name in form_of() if name not in kept and not name.startswith("reason_")}
    assert not [name for name in lacking if f'id="id_{name}_error"' not in shown]


def test_documents_of_both_people_can_be_named_as_evidence(journey: Journey, case: Case) -> None:
    with acts(journey.dunes, Purpose.CARE):
        raw(
            "INSERT INTO registry_document (id, origin, recorded_at, registration_id, kind, number, issued_by)"
            " VALUES (gen_random_uuid(), '', now(), %s, 'taskera', '', '')",
            [journey.shores.child.pk],
        )
        ((paper,),) = raw("SELECT id FROM registry_document WHERE kind = 'taskera'")
    assert str(paper) in page(journey.harbour, f"/cases/{case.pk}/decide")
    sent(journey.harbour, f"/cases/{case.pk}/decide", **form_of(documents=[str(paper)], seen=""))
    with acts(journey.harbour):
        assert Decision.objects.get().evidence_seen == [{"what": "taskera", "document": str(paper)}]


def test_an_impossible_event_is_refused_on_the_page_with_what_comes_first(
    journey: Journey, case: Case
) -> None:
    answer = sent(
        journey.dunes, f"/cases/{case.pk}/event", "fr", kind="transferred", happened_on="2016-11-08"
    )
    assert answer.status_code == 409
    assert "ne peut pas suivre" in answer.content.decode()
    with acts(journey.dunes):
        assert not Event.objects.filter(kind="transferred").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"fact": "married", "value": "no"}, False),
        ({"fact": "relation", "value": "grandparent"}, "grandparent"),
        ({"fact": "in_camp", "day": "2016-09-30"}, "2016-09-30"),
    ],
)
def test_a_fact_is_said_as_a_word_or_as_a_day(
    journey: Journey, case: Case, typed: dict[str, str], kept: Any
) -> None:
    assert sent(journey.dunes, f"/cases/{case.pk}/fact", **typed).status_code == 302
    with acts(journey.dunes):
        assert Fact.objects.get().value == kept


def test_a_fact_that_cannot_be_so_is_refused_at_its_field(journey: Journey, case: Case) -> None:
    answer = sent(journey.dunes, f"/cases/{case.pk}/fact", fact="married", value="grandparent")
    assert answer.status_code == 422
    assert 'id="fact_value_error"' in answer.content.decode()


def test_a_form_that_was_damaged_is_refused(journey: Journey, case: Case) -> None:
    client = site_of(journey.harbour)
    for place in ("event", "fact", "decide"):
        assert client.post(f"/cases/{case.pk}/{place}", {"key": "x"}).status_code == 400


def test_strangers_find_nothing(journey: Journey, case: Case) -> None:
    decision = journey.decided(case)
    places = [f"/cases/{case.pk}", f"/cases/{case.pk}/decide", f"/cases/decisions/{decision.pk}"]
    letters = [f"/cases/decisions/{decision.pk}/{name}.pdf" for name in ("letter", "reasoned")]
    for place in places + letters:
        page(journey.stranger, place, status=404)
    assert sent(journey.stranger, f"/cases/decisions/{decision.pk}/agree").status_code == 404


def test_the_other_shore_reads_who_decided_by_organisation_and_never_by_name(
    journey: Journey, case: Case
) -> None:
    place = f"/cases/decisions/{journey.decided(case).pk}"
    author = journey.harbour.account.full_name
    assert author in page(journey.colleague, place)
    shown = page(journey.dunes, place)
    assert author not in shown
    assert "Harbour" in shown


# --- what waits --------------------------------------------------------------------------------------------------


def test_my_work_counts_what_is_overdue_due_soon_not_told_and_to_agree(
    journey: Journey, case: Case, settings: Any
) -> None:
    journey.drafted(case)
    assert "draft of a decision to read" in page(journey.colleague, "/")
    assert "draft of a decision to read" not in page(journey.harbour, "/")
    with acts(journey.colleague):
        actions.agree(Decision.objects.get().pk)
    assert "child not told of a decision" in page(journey.dunes, "/")
    settings.HAVRE_TODAY = TODAY.replace(day=28)
    assert "case with something overdue" in page(journey.dunes, "/")
    assert "overdue" not in page(journey.stranger, "/")


def test_the_list_says_what_is_due_and_on_whom_it_waits(journey: Journey, case: Case) -> None:
    shown = page(journey.dunes, "/cases/")
    assert "7 January 2017" in shown
    assert "Britain" in shown
    assert str(case.pk) in shown


def test_a_list_of_many_cases_asks_no_more_of_the_database(journey: Journey, case: Case) -> None:
    with acts(journey.dunes):
        with CaptureQueriesContext(connection) as asked:
            assert len(list(cases().whole())) == 1
        assert len(asked) == 3
        with CaptureQueriesContext(connection) as of_decisions:
            journey_of(case)
    assert len(of_decisions) == 3


def journey_of(case: Case) -> None:
    for each in cases().whole().filter(pk=case.pk):
        assert len(each.events.all()) == 3
        assert not each.decisions.all()


# --- letters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["letter", "reasoned"])
@pytest.mark.parametrize("language", list(Language))
def test_a_decision_is_taken_out_as_a_letter_and_that_is_on_record(
    journey: Journey, case: Case, name: str, language: Language
) -> None:
    decision = journey.decided(case, whole(Answer.REFUSE, in_short=f"{WHY} ګل اغا خان"))
    answer: Any = site_of(journey.dunes, language).get(f"/cases/decisions/{decision.pk}/{name}.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.content
    with acts(journey.cast.auditor, Purpose.OVERSIGHT):
        notes = raw("SELECT note ->> 'format' FROM audit_entry WHERE kind = 'export'")
    assert notes == [(name,)]


def test_a_draft_makes_no_letter(journey: Journey, case: Case) -> None:
    place = f"/cases/decisions/{journey.drafted(case).pk}"
    for name in ("letter", "reasoned"):
        page(journey.colleague, f"{place}/{name}.pdf", status=404)
