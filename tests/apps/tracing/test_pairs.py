# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits, what comes next, what stands beside a pair, and what each shore sees of it."""

from dataclasses import dataclass, replace

import pytest
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
    does,
    matched,
    pair_of,
    raw,
    registered,
)
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.apps.registry.models import Registration
from havre.apps.tracing import actions
from havre.apps.tracing.actions.life import LIFE
from havre.apps.tracing.enums import (
    MEMBERS_ACTS,
    Act,
    Agreement,
    PairState,
    RunState,
    reason_of,
    reasons_for,
)
from havre.apps.tracing.models import Pair, Run
from havre.apps.tracing.queries import (
    MyWork,
    agreements,
    line_of,
    my_work,
    next_pair,
    page_after,
    pair_view,
    pairs,
    reasons_in_words,
    rivals_of,
    run,
    runs,
    siblings_of,
    verdicts_of,
)
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.engines.linkage import Band
from havre.words import Language

S = PairState


@dataclass
class Family:
    """A brother and a sister in France, their uncle in Britain who names both; and a stranger."""

    dunes: Member
    harbour: Member
    brother: Registration
    sister: Registration
    uncle: Registration

    def pair(self, child: Registration | None = None) -> Pair:
        return pair_of(self.dunes, child or self.brother, self.uncle)


@pytest.fixture
def family(cast: Cast) -> Family:
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    made = Family(
        dunes,
        harbour,
        registered(dunes, CHILD, ("uncle", UNCLE_SAID)),
        registered(dunes, SISTER, ("uncle", UNCLE_SAID)),
        registered(harbour, UNCLE, ("nephew", CHILD_SAID), ("niece", SISTER_SAID)),
    )
    registered(cast.member(cast.maraude), STRANGER, ("cousin", replace(UNCLE_SAID, names="Gul Khan")))
    matched(dunes)
    return made


# --- lists -------------------------------------------------------------------------------------------------------


def test_a_pair_moves_from_list_to_list_as_it_is_decided(family: Family) -> None:
    pair = family.pair()

    def waiting(member: Member) -> list[bool]:
        with acts(member):
            lists = (
                pairs().waiting_for_my_decision(),
                pairs().waiting_for_my_verification(),
                pairs().waiting_for_the_other_shore(),
            )
            return [each.filter(pk=pair.pk).exists() for each in lists]

    assert waiting(family.dunes) == waiting(family.harbour) == [True, False, False]
    does(family.dunes, Act.CONFIRM, pair)
    assert waiting(family.dunes) == [False, False, True]
    assert waiting(family.harbour) == [False, True, False]
    does(family.harbour, Act.VERIFY, pair)
    assert waiting(family.dunes) == waiting(family.harbour) == [False, False, False]


def test_my_work_counts_what_waits_in_one_query(family: Family) -> None:
    does(family.dunes, Act.CONFIRM, family.pair())
    does(family.harbour, Act.ASK, family.pair())
    with acts(family.harbour), CaptureQueriesContext(connection) as asked:
        work = my_work()
    assert len(asked) == 1
    assert (work.to_verify, work.with_the_other_shore, work.to_reunite, work.came_back) == (1, 0, 0, 0)
    with acts(family.dunes):
        mine = my_work()
        proposed = pairs().waiting_for_my_decision()
        assert (mine.to_decide, mine.with_the_other_shore) == (proposed.count(), 1)
        assert mine.strong == proposed.in_band(Band.STRONG).count()
    assert (mine.asked_of_us, work.asked_of_us) == (1, 0)


def test_who_has_no_organisation_to_decide_for_has_no_work(family: Family, cast: Cast) -> None:
    with acts(cast.member(cast.dunes, Role.GUARDIAN, ward=family.brother.person_id)):
        assert pairs().exists()
        assert my_work() == MyWork(0, 0, 0, 0, 0, 0, 0, 0)
        assert next_pair() is None


@pytest.mark.parametrize("typed", ["ahmad", "Ahmed Khan", "احمد", "ولي خان", "Gul", "zarmina"])
def test_a_pair_is_found_by_the_names_of_either_side_in_any_script(family: Family, typed: str) -> None:
    with acts(family.harbour):
        assert pairs().named(typed).exists()


def test_every_word_that_is_typed_has_to_be_there(family: Family) -> None:
    with acts(family.dunes):
        assert not pairs().named("ahmad tesfay").exists()
        assert not pairs().named("12 %").exists()


def test_filters_say_what_their_names_say(family: Family, cast: Cast) -> None:
    with acts(family.harbour):
        assert set(pairs().with_relation("niece").values_list("registration_a", flat=True)) >= {
            family.sister.pk
        }
        assert not pairs().with_relation("grandmother").exists()
        of_maraude = pairs().with_organisation(cast.maraude.pk)
        assert {pair.organisation_a for pair in of_maraude} <= {cast.maraude}
        assert pairs().of_registration(family.sister.pk).filter(registration_a=family.sister).exists()
        assert pairs().of_run(Run.objects.get().pk).count() == pairs().count()
        assert pairs().in_state(S.REJECTED).count() == 0


def test_pages_follow_each_other_and_lose_nothing(family: Family) -> None:
    with acts(family.dunes):
        every = [pair.pk for pair in pairs().most_probable_first()]
        assert len(every) > 4
        seen, cursor = [], ""
        while True:
            page = page_after(pairs(), cursor, size=2)
            seen += [pair.pk for pair in page.rows]
            if not page.next:
                break
            cursor = page.next
        assert seen == every
        rest = len(every) % 2 or 2
        assert [pair.pk for pair in page_after(pairs(), page.previous, size=2).rows] == every[
            -rest - 2 : -rest
        ]
        assert [pair.pk for pair in page_after(pairs(), "nonsense", size=2).rows] == every[:2]


def test_a_page_of_lines_takes_one_query_whatever_its_length(family: Family) -> None:
    with acts(family.dunes), CaptureQueriesContext(connection) as asked:
        lines = [line_of(pair, Language.FRENCH) for pair in page_after(pairs()).rows]
    assert len(asked) == 1
    first = lines[0]
    assert (first.relative, first.relation) == (UNCLE.names, "oncle")
    assert {line.child for line in lines} <= {CHILD.names, SISTER.names, STRANGER.names}


# --- the next pair -----------------------------------------------------------------------------------------------


def test_the_next_pair_is_the_most_probable_that_waits_and_was_not_put_off(family: Family) -> None:
    with acts(family.dunes):
        order = [pair.pk for pair in pairs().waiting_for_my_decision().most_probable_first()]
    seen = []
    for _ in order:
        with acts(family.dunes):
            following = next_pair(after=seen[-1] if seen else None)
        assert following is not None
        seen.append(following.pk)
        does(family.dunes, Act.SKIP, following)
    assert seen == order
    with acts(family.dunes):
        assert next_pair() is None
    with acts(family.harbour):
        assert next_pair() is not None, "what one puts off still waits for others"


def test_after_the_last_pair_it_begins_again_from_the_top(family: Family) -> None:
    with acts(family.dunes):
        order = list(pairs().waiting_for_my_decision().most_probable_first())
        following = next_pair(after=order[-1].pk)
    assert following == order[0]


def test_what_was_put_off_comes_again_when_its_state_has_changed(family: Family) -> None:
    pair = family.pair()
    does(family.dunes, Act.SKIP, pair)
    does(family.harbour, Act.REJECT, pair)
    does(family.harbour, Act.REOPEN, pair)
    with acts(family.dunes):
        assert pairs().not_skipped_by_me().filter(pk=pair.pk).exists()


def test_the_next_pair_to_verify_was_confirmed_by_the_other_shore(family: Family) -> None:
    does(family.dunes, Act.CONFIRM, family.pair())
    with acts(family.harbour):
        assert next_pair(verifying=True) == family.pair()
    with acts(family.dunes):
        assert next_pair(verifying=True) is None


# --- beside a pair -----------------------------------------------------------------------------------------------


def test_a_sister_with_the_same_uncle_is_seen_beside_the_brother(family: Family) -> None:
    with acts(family.harbour):
        beside = siblings_of(family.pair(family.brother))
    assert family.sister.pk in [pair.registration_a_id for pair in beside]
    assert family.brother.pk not in [pair.registration_a_id for pair in beside]
    assert {pair.registration_b_id for pair in beside} == {family.uncle.pk}


def test_rivals_share_a_link_or_the_child(family: Family) -> None:
    pair = family.pair()
    with acts(family.dunes):
        for rival in rivals_of(pair):
            shares_link = {pair.link_a_id, pair.link_b_id} & {rival.link_a_id, rival.link_b_id} - {None}
            assert shares_link or rival.registration_a_id == pair.registration_a_id
        assert pair not in rivals_of(pair)
        assert rivals_of(pair)


# --- one pair ----------------------------------------------------------------------------------------------------


def test_each_shore_sees_its_own_side_whole_and_the_other_at_a_glimpse(family: Family) -> None:
    for member, own, other in ((family.dunes, "child", "relative"), (family.harbour, "relative", "child")):
        with acts(member):
            view = pair_view(family.pair().pk, Language.ENGLISH)
            assert view is not None
            mine, theirs = getattr(view, own), getattr(view, other)
            assert (mine.own, theirs.own, view.full) == (True, False, False)
            assert mine.registration.contacts.all()[0].value
            assert mine.link.relation in ("uncle", "nephew")
            assert (theirs.registration, theirs.link) == (None, None)
            assert theirs.glimpse.names == (CHILD.names if other == "child" else UNCLE.names)


def test_both_shores_see_both_sides_once_two_members_have_looked(family: Family) -> None:
    does(family.dunes, Act.CONFIRM, family.pair())
    does(family.harbour, Act.VERIFY, family.pair())
    for member in (family.dunes, family.harbour):
        with acts(member):
            view = pair_view(family.pair().pk, Language.ENGLISH)
            assert view is not None
            assert view.full
            assert view.child.registration.town == CHILD.town
            assert view.relative.link.relation == "nephew"


def test_a_guardian_sees_the_ward_whole_and_the_relative_at_a_glimpse(family: Family, cast: Cast) -> None:
    guardian = cast.member(cast.dunes, Role.GUARDIAN, ward=family.brother.person_id)
    with acts(guardian):
        view = pair_view(family.pair().pk, Language.FRENCH)
        assert view is not None
        assert (view.child.registration.pk, view.relative.registration) == (family.brother.pk, None)
        assert actions.possible_acts(view.pair) == ()


def test_a_pair_is_shown_with_a_number_of_queries_that_does_not_grow(family: Family) -> None:
    for act in (Act.ASK, Act.CONFIRM, Act.ASK):
        does(family.dunes, act, family.pair(), words="More.")
    with acts(family.dunes), CaptureQueriesContext(connection) as asked:
        view = pair_view(family.pair().pk, Language.ENGLISH)
        assert view is not None
        assert view.rivals
        assert view.siblings
    assert len(asked) == 22, [query["sql"][:80] for query in asked]


def test_who_opens_a_pair_is_put_on_record(family: Family) -> None:
    with acts(family.harbour):
        pair_view(family.pair().pk, Language.ENGLISH)
        read = raw("SELECT row, subject FROM audit_entry WHERE kind = 'read' AND table_name = 'tracing_pair'")
    assert read == [(family.pair().pk, family.brother.pk)]


def test_there_is_no_pair_for_those_who_may_not_read_it(family: Family, cast: Cast) -> None:
    with acts(cast.member(cast.kin)):
        assert pair_view(family.pair().pk, Language.ENGLISH) is None


def test_the_history_tells_of_the_other_shore_what_was_done_and_never_who(family: Family) -> None:
    does(family.dunes, Act.CONFIRM, family.pair(), words="He knows the street.")
    does(family.harbour, Act.ASK, family.pair(), words="Which street?")
    with acts(family.dunes):
        asked, confirmed = verdicts_of(family.pair(), Language.ENGLISH)
    assert (confirmed.own, confirmed.words) == (True, "He knows the street.")
    assert confirmed.member == family.dunes.account.full_name
    assert (asked.own, asked.member, asked.words, asked.organisation) == (False, "", "", "Harbour")
    assert asked.reason == reason_of("ask_names").label(Language.ENGLISH)  # type: ignore[union-attr]


# --- in words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_reasons_are_told_in_both_languages_the_strongest_first(
    family: Family, language: Language
) -> None:
    said = reasons_in_words(family.pair(), language)
    assert [abs(reason.bits) for reason in said] == sorted(
        (abs(reason.bits) for reason in said), reverse=True
    )
    texts = " | ".join(reason.text for reason in said)
    for word in ("2001", "Nangarhar", "≈"):
        assert word in texts
    assert ("uncle / nephew" if language is Language.ENGLISH else "oncle / neveu") in texts


def test_of_phone_and_town_only_is_told_whether_they_agree(family: Family) -> None:
    assert agreements(family.pair()) == {
        "phone_child": Agreement.UNKNOWN,
        "phone_relative": Agreement.AGREES,
        "town_child": Agreement.UNKNOWN,
        "town_relative": Agreement.AGREES,
    }


@pytest.mark.parametrize("language", Language)
def test_every_word_of_tracing_is_said_in_both_languages(language: Language) -> None:
    for enum in (PairState, RunState, Act):
        assert len({each.label(language) for each in enum}) == len(enum)
    assert all(act.done(language) for act in MEMBERS_ACTS)
    for act in {step.act for step in LIFE}:
        assert all(reason.label(language) for reason in reasons_for(act))


# --- runs and notices --------------------------------------------------------------------------------------------


def test_runs_are_listed_newest_first(family: Family, cast: Cast) -> None:
    newest = matched(family.harbour)
    with acts(family.dunes):
        assert next(each.pk for each in runs()) == newest.pk
        assert run(newest.pk) == newest
    with acts(cast.member(cast.kin)):
        assert run(newest.pk) is None


def notices_of(member: Member) -> list[str]:
    with acts(member):
        return list(Notice.objects.order_by("id").values_list("key", flat=True))


def test_the_other_shore_hears_that_a_pair_waits_for_its_verification(family: Family, cast: Cast) -> None:
    does(family.dunes, Act.CONFIRM, family.pair())
    assert notices_of(family.harbour) == ["tracing.notice_verify"]
    assert notices_of(cast.member(cast.kin)) == notices_of(family.dunes) == []
    does(family.harbour, Act.VERIFY, family.pair())
    assert notices_of(family.dunes) == ["tracing.notice_verified"]


def test_who_confirmed_hears_that_it_was_refused_and_the_other_side_what_is_asked(family: Family) -> None:
    does(family.harbour, Act.CONFIRM, family.pair())
    does(family.harbour, Act.ASK, family.pair())
    does(family.dunes, Act.REFUSE_VERIFICATION, family.pair())
    assert notices_of(family.dunes) == ["tracing.notice_verify", "tracing.notice_asked"]
    assert notices_of(family.harbour) == ["tracing.notice_refused"]


def test_where_there_is_no_caseworker_the_supervisors_hear(cast: Cast) -> None:
    dunes, supervisor = cast.member(cast.dunes), cast.member(cast.harbour, Role.SUPERVISOR)
    child = registered(dunes, CHILD, ("uncle", UNCLE_SAID))
    uncle = registered(supervisor, UNCLE, ("nephew", CHILD_SAID))
    matched(dunes)
    shores = Shores(dunes, supervisor, child, uncle)
    does(dunes, Act.CONFIRM, shores.pair())
    assert notices_of(supervisor) == ["tracing.notice_verify"]
