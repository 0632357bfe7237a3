# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases that are taken out before much has happened, or when all has gone well."""

from apps.cases.journey import Journey, whole
from apps.cases.leaving import paper, texts, told
from apps.tracing.shores import acts

from havre.apps.cases import actions
from havre.apps.cases.actions.taking import case_dossier
from havre.apps.cases.enums import Answer
from havre.words import Language


def test_a_case_in_which_nothing_has_happened_makes_a_dossier_too(journey: Journey) -> None:
    case = journey.opened()
    with acts(journey.dunes):
        assert case_dossier(case.pk, Language.FRENCH).startswith(b"%PDF")
    assert "Nothing is recorded." in texts(paper(journey.dunes, case))


def test_an_accepted_case_says_so(journey: Journey) -> None:
    case = journey.asked()
    journey.decided(case, whole(Answer.ACCEPT))
    said = told(journey.dunes, case)
    assert said["decisions"][0]["answer"]["word"] == "accept"
    assert said["state"]["word"] == "accepted"


def test_of_a_relative_whom_nobody_has_found_it_says_what_the_child_says(journey: Journey) -> None:
    link = journey.shores.child.links.get
    with acts(journey.dunes):
        case = actions.open_case_of_link(link().pk)
    said = told(journey.dunes, case)
    assert said["asked"] is None
    assert said["relative"]["registration"] is None
    assert said["relative"]["names"] == [said["child"]["says"][0]["names"]]
    assert said["relation"]["word"] == "uncle"
