# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The life of a pair: every step by everybody, through the actions and around them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from apps.registry.people import answered
from apps.tracing.shores import Shores, acts, does, matched, raw, state_of
from cast import Cast
from django.db import Error, transaction

from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.tracing import actions
from havre.apps.tracing.actions.life import LIFE, By, Need
from havre.apps.tracing.enums import MEMBERS_ACTS, Act, PairState, reasons_for
from havre.apps.tracing.models import Pair, Verdict
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.words import Language

S = PairState
EITHER = frozenset({"confirmer", "colleague", "supervisor", "other shore", "other supervisor"})
OTHER_SHORE = frozenset({"other shore", "other supervisor"})
NOBODY = frozenset[str]()
EVERYBODY = EITHER | {"registrar", "other registrar", "stranger", "guardian", "administrator", "auditor"}
MAY: dict[PairState, dict[Act, tuple[frozenset[str], PairState]]] = {
    S.PROPOSED: {
        Act.CONFIRM: (EITHER, S.CONFIRMED),
        Act.REJECT: (EITHER, S.REJECTED),
        Act.ASK: (EITHER, S.PROPOSED),
        Act.SKIP: (EITHER, S.PROPOSED),
    },
    S.CONFIRMED: {
        Act.ASK: (EITHER, S.CONFIRMED),
        Act.SKIP: (EITHER, S.CONFIRMED),
        Act.WITHDRAW: (frozenset({"confirmer"}), S.PROPOSED),
        Act.VERIFY: (OTHER_SHORE, S.VERIFIED),
        Act.REFUSE_VERIFICATION: (OTHER_SHORE, S.REJECTED),
    },
    S.REJECTED: {Act.REOPEN: (EITHER, S.PROPOSED)},
    S.VERIFIED: {Act.REUNITE: (EITHER, S.REUNITED), Act.REVOKE: (EITHER, S.REJECTED)},
    S.REUNITED: {Act.UNDO: (EITHER, S.VERIFIED)},
    S.ELSEWHERE: {},
    S.WITHDRAWN: {},
}
"""State and act to who may, and what the pair becomes. Written by hand: the table of the life is judged by it."""


@dataclass
class World:
    """The pair of the child and the uncle, which Dunes confirms and Harbour verifies."""

    cast: Cast
    shores: Shores
    pair: Pair

    def who(self, name: str) -> tuple[Member, Purpose]:
        """The member of that name, and the purpose they act for."""
        cast = self.cast
        members: dict[str, Callable[[], Member]] = {
            "confirmer": lambda: self.shores.dunes,
            "colleague": lambda: cast.member(cast.dunes, nth=2),
            "supervisor": lambda: cast.member(cast.dunes, Role.SUPERVISOR),
            "registrar": lambda: cast.member(cast.dunes, Role.REGISTRAR),
            "other shore": lambda: self.shores.harbour,
            "other supervisor": lambda: cast.member(cast.harbour, Role.SUPERVISOR),
            "other registrar": lambda: cast.member(cast.harbour, Role.REGISTRAR),
            "stranger": lambda: cast.member(cast.kin),
            "guardian": lambda: cast.member(cast.dunes, Role.GUARDIAN, ward=self.shores.child.person_id),
            "administrator": lambda: cast.member(cast.dunes, Role.ADMINISTRATOR),
            "auditor": lambda: cast.auditor,
        }
        return members[name](), Purpose.OVERSIGHT if name == "auditor" else Purpose.TRACING

    def reach(self, state: PairState) -> None:
        """Leads the pair to a state."""
        dunes, harbour = self.shores.dunes, self.shores.harbour
        if state in (S.CONFIRMED, S.VERIFIED, S.REUNITED):
            does(dunes, Act.CONFIRM, self.pair)
        if state in (S.VERIFIED, S.REUNITED):
            does(harbour, Act.VERIFY, self.pair)
        if state is S.REUNITED:
            does(dunes, Act.REUNITE, self.pair)
        if state is S.REJECTED:
            does(dunes, Act.REJECT, self.pair)
        if state is S.ELSEWHERE:
            rival = self.rival()
            for member, act in ((dunes, Act.CONFIRM), (harbour, Act.VERIFY), (dunes, Act.REUNITE)):
                does(member, act, rival)
        if state is S.WITHDRAWN:
            withdraw_consent(self.shores)
        assert state_of(dunes, self.pair) is state

    def rival(self) -> Pair:
        """The child's link, and the uncle as a person: the same two people, said by one of them only."""
        with acts(self.shores.dunes):
            return Pair.objects.get(link_a=self.pair.link_a_id, link_b=None)


def withdraw_consent(shores: Shores) -> None:
    with acts(shores.dunes, Purpose.CARE):
        consent = shores.child.consents.get(for_what=ConsentFor.TRACING)
        registry.withdraw_consent(consent.id)


@pytest.fixture
def world(cast: Cast) -> World:
    shores = Shores.of(cast)
    matched(shores.dunes)
    return World(cast, shores, shores.pair())


# --- the table ---------------------------------------------------------------------------------------------------


def test_the_database_holds_the_same_table(database: None) -> None:
    said = {
        (
            step.was, step.act, step.becomes, step.by, tuple(sorted(step.right.roles) if step.right else ()),
            tuple(sorted(step.needs)), step.effects,
        )
        for step in LIFE
    }  # fmt: skip
    held = raw("SELECT was, act, becomes, by, roles, needs, effects FROM tracing_life()")
    assert {(*row[:4], *map(tuple, row[4:])) for row in held} == said
    assert len(held) == len(said) == len(LIFE)


def test_a_step_is_known_by_its_two_states_and_who_takes_it() -> None:
    moves = [(step.was, step.becomes, step.by) for step in LIFE if step.was is not step.becomes]
    assert len(moves) == len(set(moves))


def test_what_follows_depends_on_the_two_states_only() -> None:
    effects = defaultdict(set)
    for step in LIFE:
        effects[step.was, step.becomes].add(step.effects)
    assert all(len(each) == 1 for each in effects.values())


def test_no_state_is_a_dead_end_but_for_what_only_a_program_leads_out_of() -> None:
    assert {step.was for step in LIFE} == set(PairState)
    assert {step.becomes for step in LIFE} == set(PairState)


def test_every_act_of_a_member_asks_for_a_right_and_no_act_of_a_program_does() -> None:
    assert all((step.right is not None) == (step.by is By.MEMBER) for step in LIFE)
    assert {step.act for step in LIFE if step.by is By.MEMBER} == set(MEMBERS_ACTS)
    assert all(not step.needs for step in LIFE if step.by is not By.MEMBER)


# --- every act by everybody --------------------------------------------------------------------------------------


def tried(world: World, who: str, act: Act) -> PairState | type[Exception]:
    """What the pair becomes, or how the act is refused; all of it is taken back."""
    member, purpose = world.who(who)
    version = world.shores.pair().version
    day = {"true_on": world.shores.child.said_on} if act is Act.REUNITE else {}
    before = transaction.savepoint()
    try:
        with acts(member, purpose):
            actions.decide(world.pair.pk, act, version=version, reason=reason_for(act), **day)
        return state_of(world.shores.dunes, world.pair)
    except (actions.TracingRefused, NotAllowed) as refused:
        return type(refused)
    finally:
        transaction.savepoint_rollback(before)


def reason_for(act: Act) -> str:
    return next((reason.key for reason in reasons_for(act)), "")


@pytest.mark.parametrize("state", list(PairState))
def test_each_act_is_open_to_whom_the_table_says_and_to_nobody_else(world: World, state: PairState) -> None:
    world.reach(state)
    for act in MEMBERS_ACTS:
        allowed, becomes = MAY[state].get(act, (NOBODY, state))
        for who in EVERYBODY:
            outcome = tried(world, who, act)
            if who in allowed:
                assert outcome is becomes, f"{who} {act} {state}"
            else:
                assert not isinstance(outcome, PairState), f"{who} {act} {state}: became {outcome}"


@pytest.mark.parametrize("state", list(PairState))
def test_a_member_is_offered_what_they_may_do_and_nothing_else(world: World, state: PairState) -> None:
    world.reach(state)
    pair = world.shores.pair()
    for who in EVERYBODY - {"stranger", "administrator", "auditor"}:
        member, purpose = world.who(who)
        with acts(member, purpose):
            offered = set(actions.possible_acts(pair))
        assert offered == {act for act, (allowed, _) in MAY[state].items() if who in allowed}, who


def test_an_outsider_is_told_that_there_is_no_such_pair(world: World) -> None:
    assert tried(world, "stranger", Act.CONFIRM) is actions.NoSuchPair
    assert tried(world, "registrar", Act.CONFIRM) is NotAllowed


def test_who_confirmed_cannot_verify_and_neither_can_a_colleague_of_that_shore(world: World) -> None:
    world.reach(S.CONFIRMED)
    assert tried(world, "confirmer", Act.VERIFY) is actions.NeedsOtherShore
    assert tried(world, "colleague", Act.VERIFY) is actions.NeedsOtherShore
    assert tried(world, "colleague", Act.WITHDRAW) is actions.NeedsSameMember


def test_a_member_who_acts_for_both_shores_cannot_verify_what_they_confirmed(world: World) -> None:
    """One account, two memberships: two people are asked for, and the same person is not two."""
    account = world.shores.dunes.account
    both = Member.objects.create(account=account, organisation=world.cast.harbour, role=Role.CASEWORKER)
    world.reach(S.CONFIRMED)
    with acts(both), pytest.raises(actions.NeedsOtherShore), transaction.atomic():
        actions.decide(world.pair.pk, Act.VERIFY, version=2)
    with acts(both), pytest.raises(Error, match="another member"), transaction.atomic():
        raw("UPDATE tracing_pair SET state = 'verified', version = 3 WHERE id = %s", [world.pair.pk])


# --- what an act asks for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [step.act for step in LIFE if Need.REASON in step.needs])
def test_an_act_that_turns_a_life_asks_for_a_reason_of_the_vocabulary(world: World, act: Act) -> None:
    was = next(step.was for step in LIFE if step.act is act)
    world.reach(was)
    for reason in ("", "no_such_reason", "ask_phone" if act is not Act.ASK else "appeal"):
        with pytest.raises(actions.ReasonNeeded), transaction.atomic():
            does(world.shores.harbour, act, world.pair, reason=reason)
    assert state_of(world.shores.dunes, world.pair) is was


def test_a_reunion_has_a_day_that_is_not_in_the_future(world: World) -> None:
    world.reach(S.VERIFIED)
    for wrong in (None, today() + timedelta(days=1)):
        with pytest.raises(actions.DayNeeded), transaction.atomic():
            does(world.shores.dunes, Act.REUNITE, world.pair, true_on=wrong)
    assert does(world.shores.dunes, Act.REUNITE, world.pair, true_on=today()).true_on == today()


def test_the_same_key_again_gives_the_first_verdict_and_does_nothing_twice(world: World) -> None:
    key = uuid4()
    first = does(world.shores.dunes, Act.CONFIRM, world.pair, version=1, idempotency_key=key)
    again = does(world.shores.dunes, Act.CONFIRM, world.pair, version=1, idempotency_key=key)
    assert again.pk == first.pk
    with acts(world.shores.dunes):
        assert Verdict.objects.filter(pair=world.pair).count() == 1
    with pytest.raises(actions.TracingRefused) as refused, transaction.atomic():
        does(world.shores.dunes, Act.WITHDRAW, world.pair, idempotency_key=key)
    assert refused.value.key == "key_was_used"


def test_who_looked_at_an_older_version_is_told_which_organisation_was_quicker_and_not_who(
    world: World,
) -> None:
    does(world.shores.dunes, Act.CONFIRM, world.pair)
    with pytest.raises(actions.Outdated) as refused, transaction.atomic():
        does(world.shores.harbour, Act.REJECT, world.pair, version=1)
    for language in Language:
        said = refused.value.say(language)
        assert "Dunes" in said
        assert Act.CONFIRM.done(language) in said
        assert world.shores.dunes.account.full_name not in said


def test_each_verdict_is_kept_with_who_when_why_and_both_states(world: World) -> None:
    verdict = does(world.shores.dunes, Act.REJECT, world.pair, words="Spoke with her uncle.")
    with acts(world.shores.dunes):
        kept = Verdict.objects.select_related("note").get(pk=verdict.pk)
    assert (kept.member, kept.kind, kept.reason) == (world.shores.dunes, Act.REJECT, "names_differ")
    assert (kept.pair_state_before, kept.pair_state_after, kept.version) == (S.PROPOSED, S.REJECTED, 1)
    assert (kept.note.words, kept.note.registration_id) == ("Spoke with her uncle.", world.shores.child.pk)


# --- around the actions ------------------------------------------------------------------------------------------

AROUND: dict[str, tuple[PairState, str, str]] = {
    "skips the confirmation": (S.PROPOSED, "other shore", "state = 'verified', version = 2"),
    "reunites what nobody verified": (S.PROPOSED, "confirmer", "state = 'reunited', version = 2"),
    "withdraws as the match would": (S.PROPOSED, "confirmer", "state = 'withdrawn', version = 2"),
    "closes as the house would": (
        S.PROPOSED, "confirmer", "state = 'elsewhere', state_before = 'proposed', closed_by_id = id, version = 2",
    ),
    "makes no new version": (S.PROPOSED, "confirmer", "state = 'confirmed'"),
    "leaps a version": (S.PROPOSED, "confirmer", "state = 'confirmed', version = 3"),
    "makes a version of nothing": (S.PROPOSED, "confirmer", "version = 2"),
    "confirms as a registrar": (S.PROPOSED, "registrar", "state = 'confirmed', version = 2"),
    "verifies the own confirmation": (S.CONFIRMED, "confirmer", "state = 'verified', version = 3"),
    "verifies on the same shore": (S.CONFIRMED, "supervisor", "state = 'verified', version = 3"),
    "refuses on the same shore": (S.CONFIRMED, "colleague", "state = 'rejected', version = 3"),
    "takes another's confirmation back": (S.CONFIRMED, "colleague", "state = 'proposed', version = 3"),
    "puts another's name to the confirmation": (S.CONFIRMED, "other shore", "confirmed_shore = 'britain'"),
    "brings back from elsewhere": (
        S.ELSEWHERE, "confirmer", "state = 'proposed', state_before = '', closed_by_id = NULL, version = 3",
    ),
    "forgets what it was before": (S.ELSEWHERE, "confirmer", "state_before = 'verified'"),
    "weighs it heavier": (S.PROPOSED, "confirmer", "probability = 1"),
    "turns the child's shore": (S.PROPOSED, "confirmer", "child_shore = 'britain'"),
    "writes what the other side shows": (S.PROPOSED, "confirmer", "glimpse_b = '{}'"),
    "writes a reason": (S.PROPOSED, "confirmer", "reasons = '[]'"),
    "joins other people": (S.PROPOSED, "confirmer", "registration_b_id = registration_a_id"),
    "gives it to another organisation": (S.PROPOSED, "confirmer", "organisation_b_id = organisation_a_id"),
    "confirms as the match": (S.PROPOSED, "the match", "state = 'confirmed', version = 2"),
    "verifies as the match": (S.CONFIRMED, "the match", "state = 'verified', version = 3"),
    "changes a rejected pair as the match": (S.REJECTED, "the match", "probability = 1"),
}  # fmt: skip


@pytest.mark.parametrize("attempt", AROUND)
def test_no_statement_leads_around_the_table(world: World, attempt: str) -> None:
    state, who, change = AROUND[attempt]
    world.reach(state)
    member, purpose = world.who("confirmer" if who == "the match" else who)
    if who == "the match":
        purpose = Purpose.MATCHING
    with pytest.raises(Error), transaction.atomic(), acts(member, purpose):
        raw(f"UPDATE tracing_pair SET {change} WHERE id = %s", [world.pair.pk])
    assert state_of(world.shores.dunes, world.pair) is state


def test_who_confirmed_is_written_by_the_database_whatever_the_statement_says(world: World) -> None:
    someone = world.who("other shore")[0]
    with acts(world.shores.dunes):
        raw(
            "UPDATE tracing_pair SET state = 'confirmed', version = 2, confirmed_by_id = %s,"
            " confirmed_shore = 'britain' WHERE id = %s",
            [someone.pk, world.pair.pk],
        )
    pair = world.shores.pair()
    assert (pair.confirmed_by, pair.confirmed_shore) == (world.shores.dunes, "france")


def test_nobody_deletes_a_pair_and_no_member_adds_one(world: World) -> None:
    with acts(world.shores.dunes):
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            raw("DELETE FROM tracing_pair")
        with pytest.raises(Error, match="begins as proposed"), transaction.atomic():
            Pair.objects.filter(pk=world.pair.pk).first().save(force_insert=True)


def test_a_verdict_and_its_words_are_never_changed(world: World) -> None:
    does(world.shores.dunes, Act.ASK, world.pair, words="Which Nangarhar?")
    with acts(world.shores.dunes):
        for table in ("tracing_verdict", "tracing_verdictnote"):
            assert raw(f"UPDATE {table} SET origin = 'elsewhere'") == [(0,)]
            with pytest.raises(Error, match="permission denied"), transaction.atomic():
                raw(f"DELETE FROM {table}")


def test_nobody_speaks_in_another_members_name(world: World) -> None:
    verdict = does(world.shores.dunes, Act.CONFIRM, world.pair)
    forged = {
        "member_id": world.shores.harbour.pk,
        "organisation_id": world.cast.harbour.pk,
        "shore": "britain",
    }
    for column, value in forged.items():
        with acts(world.shores.dunes):
            again = Verdict.objects.get(pk=verdict.pk)
            again.pk = uuid4()
            setattr(again, column, value)
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                again.save(force_insert=True)


def test_consent_to_tracing_that_is_withdrawn_ends_the_pair_and_takes_away_what_it_shows(
    world: World,
) -> None:
    world.reach(S.VERIFIED)
    with acts(world.shores.harbour):
        assert raw("SELECT count(*) FROM registry_registration") == [(2,)]
    withdraw_consent(world.shores)
    pair = world.shores.pair()
    assert (pair.state, pair.glimpse_a, pair.glimpse_b, pair.reasons, pair.name_keys) == (
        S.WITHDRAWN,
        {},
        {},
        [],
        [],
    )
    with acts(world.shores.harbour):
        assert raw("SELECT count(*) FROM registry_registration") == [(1,)]


def test_a_rejected_pair_stays_rejected_when_consent_ends_and_shows_nothing(world: World) -> None:
    world.reach(S.REJECTED)
    withdraw_consent(world.shores)
    assert (world.shores.pair().state, world.shores.pair().glimpse_a) == (S.REJECTED, {})
    with acts(world.shores.dunes, Purpose.CARE):
        registry.give_consent(world.shores.child.pk, answered(ConsentFor.TRACING))
    matched(world.shores.dunes)
    assert world.shores.pair().state == S.REJECTED


def test_erasure_ends_the_pair_and_leaves_no_word_and_no_fingerprint(world: World) -> None:
    does(world.shores.harbour, Act.CONFIRM, world.pair, words="His nephew Ahmad called.")
    supervisor, _ = world.who("supervisor")
    with acts(supervisor, Purpose.CARE):
        registry.erase(world.shores.child.pk)
    pair = world.shores.pair()
    assert (pair.state, pair.glimpse_a, pair.glimpse_b, pair.fingerprint) == (S.WITHDRAWN, {}, {}, "")
    with acts(world.shores.harbour):
        assert raw("SELECT count(*) FROM tracing_verdictnote") == [(0,)]
        assert raw("SELECT count(*) FROM tracing_verdict") == [(1,)]
