# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A match run proposes pairs of the people of both shores, and leaves decided ones as they were."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from apps.registry.people import answered
from apps.tracing.shores import (
    CHILD,
    CHILD_SAID,
    SISTER,
    SISTER_SAID,
    STRANGER,
    UNCLE,
    UNCLE_SAID,
    Shores,
    acts,
    day,
    does,
    matched,
    pair_of,
    raw,
    registered,
    state_of,
)
from cast import Cast

from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor, ContactKind
from havre.apps.registry.models import Registration
from havre.apps.tracing import actions
from havre.apps.tracing.enums import Act, PairState, RunState
from havre.apps.tracing.models import Pair, Run
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.core.jobs import run_jobs
from havre.engines.linkage import Band

S = PairState


@pytest.fixture
def shores(cast: Cast) -> Shores:
    return Shores.of(cast)


def pairs_as_they_are() -> list[tuple[object, ...]]:
    """Every column of every pair."""
    return raw("SELECT p.* FROM tracing_pair p ORDER BY p.id")


def told(run: Run) -> dict[str, int]:
    """What a run changed, without what it did not."""
    return {what: n for what, n in run.changes.items() if n}


# --- what is compared --------------------------------------------------------------------------------------------


def test_the_child_and_the_uncle_who_name_each_other_are_proposed(shores: Shores) -> None:
    run = matched(shores.dunes)
    pair = shores.pair()
    assert (pair.state, pair.version, pair.band) == (S.PROPOSED, 1, Band.STRONG)
    assert (pair.organisation_a, pair.organisation_b) == (
        shores.dunes.organisation,
        shores.harbour.organisation,
    )
    assert (pair.child_shore, pair.first_run_id, pair.last_run_id) == ("france", run.pk, run.pk)
    assert told(run)["new"] == sum(run.counts.values())


def test_who_did_not_agree_to_tracing_is_not_compared(shores: Shores) -> None:
    hidden = registered(shores.dunes, CHILD, ("uncle", UNCLE_SAID), tracing=False)
    run = matched(shores.dunes)
    assert (run.people_a, run.people_b, run.links_a, run.links_b) == (1, 1, 1, 1)
    with acts(shores.dunes):
        assert not Pair.objects.filter(registration_a=hidden).exists()


def test_a_run_says_how_many_and_how_sure_and_whose_lists_took_part(shores: Shores, cast: Cast) -> None:
    registered(cast.member(cast.maraude), STRANGER)
    run = matched(shores.dunes)
    assert run.state == RunState.DONE
    assert set(run.took_part) == {cast.dunes.pk, cast.maraude.pk, cast.harbour.pk}
    assert set(run.counts) == set(Band)
    assert sum(run.counts.values()) == run.changes["new"]
    assert set(run.changes) == {"new", "changed", "unchanged", "gone", "returned", "came_back", "ended"}
    assert run.engine_version
    assert "links" in run.weights


def test_a_sister_is_proposed_with_the_same_uncle_and_is_no_rival(cast: Cast) -> None:
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    brother = registered(dunes, CHILD, ("uncle", UNCLE_SAID))
    sister = registered(dunes, SISTER, ("uncle", UNCLE_SAID))
    uncle = registered(harbour, UNCLE, ("nephew", CHILD_SAID), ("niece", SISTER_SAID))
    matched(dunes)
    for act, member in ((Act.CONFIRM, dunes), (Act.VERIFY, harbour), (Act.REUNITE, dunes)):
        does(member, act, pair_of(dunes, brother, uncle))
    assert pair_of(dunes, sister, uncle).state == S.PROPOSED


# --- run again ---------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_leaves_nothing_in_the_audit(shores: Shores) -> None:
    first = matched(shores.dunes)
    does(shores.dunes, Act.CONFIRM, shores.pair())
    with acts(shores.dunes):
        before, entries = pairs_as_they_are(), changes_on_record()
    again = matched(shores.dunes)
    assert told(again) == {"unchanged": first.changes["new"]}
    with acts(shores.dunes):
        assert pairs_as_they_are() == before
        assert changes_on_record() == entries


def changes_on_record() -> int:
    return int(raw("SELECT count(*) FROM audit_entry WHERE table_name = 'tracing_pair'")[0][0])


def test_a_run_that_was_killed_leaves_nothing_and_is_done_again(shores: Shores) -> None:
    with acts(shores.dunes):
        run = actions.ask_for_run()

    def dies(share: float, said: str) -> None:
        if share > 0.9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), acts(shores.dunes, Purpose.MATCHING):
        actions.do_run(run.id, dies)
    with acts(shores.dunes):
        assert not Pair.objects.exists()
    with acts(shores.dunes, Purpose.MATCHING):
        done = actions.do_run(run.id, lambda share, said: None)
        again = actions.do_run(run.id, lambda share, said: None)
    assert done.changes == again.changes
    assert done.ended_at == again.ended_at


def test_a_pair_that_is_no_longer_proposed_is_withdrawn_and_shows_nothing(shores: Shores) -> None:
    matched(shores.dunes)
    pair = shores.pair()
    for member, link in ((shores.dunes, pair.link_a_id), (shores.harbour, pair.link_b_id)):
        with acts(member, Purpose.CARE):
            registry.withdraw_link(link)
    run = matched(shores.dunes)
    assert told(run) == {"gone": 3}
    pair = shores.pair()
    assert (pair.state, pair.glimpse_a, pair.glimpse_b, pair.reasons, pair.bits) == (
        S.WITHDRAWN,
        {},
        {},
        [],
        {},
    )


def test_a_pair_that_is_proposed_once_more_returns(shores: Shores) -> None:
    matched(shores.dunes)
    with acts(shores.dunes, Purpose.CARE):
        registry.withdraw_consent(shores.child.consents.get().pk)
    assert shores.pair().state == S.WITHDRAWN
    with acts(shores.dunes, Purpose.CARE):
        registry.give_consent(shores.child.pk, answered(ConsentFor.TRACING))
    assert told(matched(shores.dunes)) == {"returned": 3}
    assert (shores.pair().state, shores.pair().came_back) == (S.PROPOSED, False)
    assert shores.pair().glimpse_a


def test_a_decided_pair_keeps_its_state_when_it_is_proposed_no_longer(shores: Shores) -> None:
    matched(shores.dunes)
    pair = shores.verified()
    with acts(shores.dunes, Purpose.CARE):
        registry.withdraw_link(pair.link_a_id)
    matched(shores.dunes)
    assert state_of(shores.dunes, pair) is S.VERIFIED


def test_consent_that_has_run_out_ends_the_pair_at_the_next_run(cast: Cast, settings: object) -> None:
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    child = registered(dunes, CHILD, ("uncle", UNCLE_SAID), tracing=False)
    with acts(dunes, Purpose.CARE):
        registry.give_consent(child.pk, answered(ConsentFor.TRACING, until=today()))
    uncle = registered(harbour, UNCLE, ("nephew", CHILD_SAID))
    matched(dunes)
    does(harbour, Act.CONFIRM, pair_of(dunes, child, uncle))
    settings.HAVRE_TODAY = today() + timedelta(days=1)  # type: ignore[attr-defined]
    assert told(matched(dunes)) == {"ended": 3}
    assert pair_of(dunes, child, uncle).state == S.WITHDRAWN


# --- rejected stays rejected -------------------------------------------------------------------------------------


@pytest.fixture
def rejected(cast: Cast) -> Shores:
    """The pair was rejected when the uncle's phone and the day of the child's birth were not known."""
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    child = registered(dunes, replace(CHILD, birth=None), ("uncle", UNCLE_SAID))
    uncle = registered(
        harbour, replace(UNCLE, phone=""), ("nephew", replace(CHILD_SAID, birth=day("2001-05-17")))
    )
    matched(dunes)
    shores = Shores(dunes, harbour, child, uncle)
    does(dunes, Act.REJECT, shores.pair())
    return shores


def phones(member: Member, registration: Registration, number: str) -> None:
    with acts(member, Purpose.CARE):
        registry.amend(registration.pk, contacts=[registry.ContactSaid(kind=ContactKind.PHONE, value=number)])


def test_a_rejected_pair_stays_rejected_when_the_match_runs_again(rejected: Shores) -> None:
    before = rejected.pair()
    matched(rejected.harbour)
    after = rejected.pair()
    assert (after.state, after.version, after.last_run_id) == (S.REJECTED, before.version, before.last_run_id)


def test_it_stays_rejected_when_what_changed_does_not_speak_for_it(rejected: Shores) -> None:
    with acts(rejected.dunes, Purpose.CARE):
        registry.amend(rejected.child.pk, values={"town": "Grande-Synthe"})
    matched(rejected.dunes)
    assert rejected.pair().state == S.REJECTED


def test_it_comes_back_marked_so_when_what_was_compared_says_more(rejected: Shores) -> None:
    phones(rejected.harbour, rejected.uncle, "07700 900123")
    with acts(rejected.dunes, Purpose.CARE):
        registry.amend(rejected.child.pk, ages=[registry.AgeSaid(birth=day("2001-05-17"), true_on=today())])
    run = matched(rejected.dunes)
    pair = rejected.pair()
    assert run.changes["came_back"] >= 1
    assert (pair.state, pair.came_back, pair.version) == (S.PROPOSED, True, 3)
    does(rejected.harbour, Act.REJECT, pair)
    matched(rejected.dunes)
    assert rejected.pair().state == S.REJECTED


# --- reunited ----------------------------------------------------------------------------------------------------


@pytest.fixture
def reunited(cast: Cast) -> Shores:
    shores = Shores.of(cast)
    matched(shores.dunes)
    does(shores.dunes, Act.REUNITE, shores.verified())
    return shores


def test_what_else_was_proposed_of_a_reunited_child_stays_elsewhere(reunited: Shores) -> None:
    run = matched(reunited.dunes)
    assert told(run) == {"unchanged": 1}
    with acts(reunited.dunes):
        assert sorted(Pair.objects.values_list("state", flat=True)) == [S.ELSEWHERE, S.ELSEWHERE, S.REUNITED]


def test_nothing_new_is_proposed_of_a_reunited_child(reunited: Shores, cast: Cast) -> None:
    another = registered(cast.member(cast.kin), replace(UNCLE, birth=None), ("nephew", CHILD_SAID))
    matched(reunited.dunes)
    with acts(reunited.dunes):
        assert not Pair.objects.filter(registration_b=another).exists()
    does(reunited.dunes, Act.UNDO, reunited.pair())
    matched(reunited.dunes)
    with acts(reunited.dunes):
        assert Pair.objects.filter(registration_b=another, state=S.PROPOSED).exists()


# --- one person, several registrations ---------------------------------------------------------------------------


def test_a_child_registered_twice_is_proposed_once(shores: Shores) -> None:
    twice = registered(shores.dunes, CHILD, ("uncle", UNCLE_SAID), person_id=shores.child.person_id)
    matched(shores.dunes)
    with acts(shores.dunes):
        assert set(Pair.objects.values_list("registration_a", flat=True)) in ({shores.child.pk}, {twice.pk})


def test_a_rejected_pair_does_not_come_back_through_another_registration_of_the_child(shores: Shores) -> None:
    matched(shores.dunes)
    does(shores.dunes, Act.REJECT, shores.pair())
    twice = registered(shores.dunes, CHILD, ("uncle", UNCLE_SAID), person_id=shores.child.person_id)
    matched(shores.dunes)
    with acts(shores.dunes):
        assert not Pair.objects.filter(registration_a=twice).exists()
    assert shores.pair().state == S.REJECTED


def test_the_pair_that_is_proposed_stays_the_one_when_a_better_registration_is_grouped(
    shores: Shores,
) -> None:
    matched(shores.dunes)
    better = registered(
        shores.dunes,
        replace(CHILD, birth=day("2001-05-17")),
        ("uncle", UNCLE),
        person_id=shores.child.person_id,
    )
    matched(shores.dunes)
    assert shores.pair().state == S.PROPOSED
    with acts(shores.dunes):
        assert not Pair.objects.filter(registration_a=better).exists()


# --- who asks, and the job ---------------------------------------------------------------------------------------


def test_a_job_does_what_was_asked_for(shores: Shores) -> None:
    key = uuid4()
    with acts(shores.harbour):
        run = actions.ask_for_run(idempotency_key=key)
        assert actions.ask_for_run(idempotency_key=key).pk == run.pk
    assert run_jobs() == 1
    with acts(shores.dunes):
        assert Run.objects.get(pk=run.pk).state == RunState.DONE
    assert shores.pair().state == S.PROPOSED


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMINISTRATOR])
def test_a_run_is_asked_for_by_those_who_decide(cast: Cast, role: Role) -> None:
    with acts(cast.member(cast.dunes, role)), pytest.raises(NotAllowed):
        actions.ask_for_run()


def test_outside_the_job_nobody_does_a_run(shores: Shores) -> None:
    with acts(shores.dunes):
        run = actions.ask_for_run()
        with pytest.raises(NotAllowed):
            actions.do_run(run.id, lambda share, said: None)
