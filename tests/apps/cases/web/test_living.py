# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case is given as it lives on, page after page: in both languages, by both shores, and for no stranger."""

from datetime import timedelta
from typing import Any

import pytest
from apps.cases.journey import TODAY, Journey, assessed, determined, whole
from apps.cases.web.test_pages import page, sent
from apps.tracing.shores import CHILD, SISTER, UNCLE_SAID, acts, registered
from house.pages import faults

from havre.apps.cases import actions
from havre.apps.cases.enums import Answer, Factor, PlanPart
from havre.apps.cases.models import Case, Determination, GroupStep, OutsideAnswer, PlanStep
from havre.apps.cases.queries import cases
from havre.apps.cases.web.living.acts import ACTS, ACTS_OF_CLOSED
from havre.apps.registry.models import Registration
from havre.words import Language

SOON = TODAY + timedelta(days=4)


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


@pytest.fixture(scope="module")
def accepted(verified: Journey, case: Case) -> Case:
    """The same, accepted, and the child was told."""
    verified.told(verified.decided(case, whole(Answer.ACCEPT, evidence_missing=())))
    return case


@pytest.fixture
def sister(journey: Journey) -> Registration:
    """Whom nobody has matched."""
    return registered(journey.dunes, SISTER, ("uncle", UNCLE_SAID), ("brother", CHILD))


def does(member: Any, case: Case, act: str, language: str = "en", **said: Any) -> Any:
    return sent(member, f"/cases/{case.pk}/do/{act}", language, **said)


def main_buttons(shown: str) -> int:
    """How many a page has, beside those of dialogs that are hidden."""
    return shown.partition("<main")[2].partition("</main>")[0].count("btn-primary")


@pytest.mark.parametrize("act", [*ACTS, *ACTS_OF_CLOSED])
def test_every_act_has_its_page_in_both_languages(journey: Journey, case: Case, act: str) -> None:
    heads = {}
    for language in Language:
        shown = page(journey.dunes, f"/cases/{case.pk}/do/{act}", language)
        heads[language] = shown.partition("<h1")[2].partition("</h1>")[0]
        assert main_buttons(shown) == 1
    assert len(set(heads.values())) == 2


@pytest.mark.parametrize("act", [*ACTS, *ACTS_OF_CLOSED])
def test_an_empty_form_says_what_is_missing_and_changes_nothing(
    journey: Journey, case: Case, act: str
) -> None:
    answer = does(journey.dunes, case, act)
    assert answer.status_code in (409, 422)
    assert faults(answer, "en", status=answer.status_code) == []


def test_strangers_and_wrong_addresses_find_nothing(journey: Journey, case: Case) -> None:
    page(journey.stranger, f"/cases/{case.pk}/do/close", status=404)
    page(journey.dunes, f"/cases/{case.pk}/do/burn", status=404)
    assert (
        does(journey.stranger, case, "close", reason="mistake", closing_words="It is not ours.").status_code
        == 404
    )


def test_a_case_without_a_pair_is_found_opened_and_addressed(journey: Journey, sister: Registration) -> None:
    shown = page(journey.dunes, "/cases/begin?q=Zarmina+Wali+Khan")
    with acts(journey.dunes):
        link = sister.links.get(relation="uncle").pk
    assert f"/cases/links/{link}/open" in shown
    here = sent(journey.dunes, f"/cases/links/{link}/open")["Location"]
    opened = page(journey.dunes, here)
    assert "nobody is asked yet" in opened
    assert f"{here}/do/address" in opened
    answer = sent(journey.dunes, f"{here}/do/address", organisation=str(journey.cast.harbour.pk))
    assert answer["Location"] == here
    assert "Zarmina" in page(journey.harbour, here, "fr")
    page(journey.stranger, here, status=404)


def test_an_answer_from_outside_stands_in_red_with_all_that_it_lacks(journey: Journey, case: Case) -> None:
    said = {"answer": "refuse", "words": "family link not accepted", "source_said": "letter of 15 November"}
    assert does(journey.dunes, case, "outside", **said).status_code == 302
    for member, language, lack in (
        (journey.dunes, "en", "who told the child, and when"),
        (journey.harbour, "fr", "qui a informé l’enfant, et quand"),
    ):
        shown = page(member, f"/cases/{case.pk}", language)
        assert 'class="alert bad"' in shown
        assert "family link not accepted" in shown
        assert lack in shown
    with acts(journey.dunes):
        assert OutsideAnswer.objects.get().answered_on is None


def test_a_brother_is_proposed_joined_and_left_by_nobody(
    journey: Journey, accepted: Case, sister: Registration
) -> None:
    with acts(journey.dunes):
        hers = actions.open_case_of_link(sister.links.get(relation="uncle").pk)
        reference = (
            cases().select_related("registration__person").get(pk=accepted.pk).registration.person.reference
        )
    assert reference in page(journey.dunes, f"/cases/{hers.pk}")
    said = {"other": str(accepted.pk), "reasons": "Both say so."}
    assert does(journey.dunes, hers, "join", **said).status_code == 302
    assert f"/cases/{hers.pk}" in page(journey.dunes, f"/cases/{accepted.pk}")
    left = does(journey.dunes, accepted, "plan", "fr", travels_on=SOON)
    assert left.status_code == 409
    assert "resterait" in left.content.decode()
    why = "Her birth certificate names another mother and another village than his does."
    assert does(journey.dunes, hers, "part", why="not_siblings", reasons=why).status_code == 302
    assert does(journey.dunes, accepted, "plan", travels_on=SOON).status_code == 302


def test_a_child_who_has_a_case_is_joined_by_reference(
    journey: Journey, case: Case, sister: Registration
) -> None:
    with acts(journey.dunes):
        hers = actions.open_case_of_link(sister.links.get(relation="uncle").pk)
        reference = sister.person.reference
    wrong = does(journey.dunes, case, "join", reference="H-7K3M-R2", reasons="Both say so.")
    assert wrong.status_code == 422
    assert 'id="id_reference_error"' in wrong.content.decode()
    assert does(journey.dunes, case, "join", reference=reference, reasons="Both say so.").status_code == 302
    with acts(journey.dunes):
        assert GroupStep.objects.filter(case=hers, joined=True).exists()


def test_who_stands_by_the_child_and_the_language_are_on_the_page(journey: Journey, case: Case) -> None:
    does(journey.dunes, case, "representative", kind="guardian", name="Luc Petit", reach="03 21 00 00 00")
    does(journey.harbour, case, "spoken", spoken_language="Pashto", interpreter="yes")
    shown = page(journey.dunes, f"/cases/{case.pk}", "fr")
    assert "Luc Petit" in shown
    assert "avec un interprète" in shown


def test_an_assessment_is_recorded_and_what_it_lacks_is_said_at_its_field(
    journey: Journey, case: Case
) -> None:
    said = assessed()
    typed = {
        name: getattr(said, name) for name in ("took_part", "conclusion", *(each.value for each in Factor))
    }
    typed |= {"assessed_on": TODAY, "written_in": "en"}
    wrong = does(journey.dunes, case, "assess", **{**typed, "safety": "not applicable"})
    assert wrong.status_code == 422
    assert 'id="id_safety_error"' in wrong.content.decode()
    assert does(journey.dunes, case, "assess", **typed).status_code == 302
    assert said.conclusion in page(journey.harbour, f"/cases/{case.pk}")


def test_a_panel_is_recorded_with_who_thought_otherwise(journey: Journey, case: Case) -> None:
    said = determined()
    typed: dict[str, Any] = {
        name: getattr(said, name) for name in ("views", "determined", "dissent", "held_on", "review_on")
    }
    typed |= {"written_in": "en", "apart": "yes"}
    for nth, each in enumerate(said.options):
        typed |= {f"option_{nth}": each.option, f"weighed_{nth}": each.weighed}
    for nth, one in enumerate(said.panel):
        typed |= {f"member_{nth}": one.name, f"of_{nth}": one.of}
    wrong = does(journey.dunes, case, "determine", **{**typed, "member_2": "", "of_2": ""})
    assert wrong.status_code == 422
    assert 'id="id_member_0_error"' in wrong.content.decode()
    assert does(journey.dunes, case, "determine", **typed).status_code == 302
    with acts(journey.dunes):
        assert Determination.objects.get().apart
    assert said.dissent in page(journey.harbour, f"/cases/{case.pk}")


def test_the_journey_from_the_plan_to_the_follow_up(journey: Journey, accepted: Case) -> None:
    here = f"/cases/{accepted.pk}"
    assert f"{here}/do/plan" in page(journey.dunes, here)
    assert does(journey.dunes, accepted, "plan", travels_on=TODAY).status_code == 302
    for part in PlanPart:
        said = {"part": part.value, "who": "Amina of Dunes", "on_day": TODAY, "confirmed": "on"}
        assert does(journey.harbour, accepted, "step", **said).status_code == 302
    with acts(journey.dunes):
        assert PlanStep.objects.filter(confirmed=True).count() == len(PlanPart)
    assert "tout est confirmé" in page(journey.dunes, here, "fr")
    sent(journey.harbour, f"{here}/event", kind="transferred", happened_on=TODAY)
    assert "28 November 2016" in page(journey.harbour, here)
    seen = {"seen_on": TODAY, "seen_by": "John Carter", "well": "no", "words": "He has nobody to talk to."}
    assert does(journey.harbour, accepted, "follow_up", **seen).status_code == 302
    assert "He has nobody to talk to." in page(journey.dunes, here)


def test_a_case_is_closed_and_opened_again(journey: Journey, case: Case) -> None:
    here = f"/cases/{case.pk}"
    said = {"reason": "childs_wish", "closing_words": "He stays with his friends in Lille."}
    assert does(journey.dunes, case, "close", **said).status_code == 302
    shown = page(journey.dunes, here)
    assert "He stays with his friends in Lille." in shown
    assert f"{here}/event" not in shown
    assert f"{here}/do/reopen" in shown
    assert f"{here}/do/reopen" not in page(journey.harbour, here)
    assert does(journey.dunes, case, "reopen", closing_words="He has changed his mind.").status_code == 302
    assert f"{here}/event" in page(journey.dunes, here)


def test_one_main_button_a_page_and_it_is_what_the_case_waits_for(
    journey: Journey, accepted: Case, sister: Registration
) -> None:
    with acts(journey.dunes):
        hers = actions.open_case_of_link(sister.links.get(relation="uncle").pk)
    for case, act in ((accepted, "plan"), (hers, "address")):
        shown = page(journey.dunes, f"/cases/{case.pk}")
        assert main_buttons(shown) == 1
        assert f'btn-primary" href="/cases/{case.pk}/do/{act}"' in shown
