# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A site of a hundred thousand people: the scenario's lists in eight organisations, and pairs in every state.

People are written by the import's own action, by members of each organisation, with the record of every change; only
the reading of files is left out. Pairs are written by the action of a match run. The evidence of each is that of a
pair which a real match found in a small scenario, since matching lists of this length is measured elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from random import Random

from bench.tables import tell
from havre.apps.registry.actions import FOR_EVERYBODY
from havre.apps.registry.actions.importing.planning import Plan
from havre.apps.registry.actions.importing.writing import Writing
from havre.apps.registry.actions.said import ConsentSaid
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow, ImportState
from havre.apps.registry.models import FamilyLink, ListImport, Registration
from havre.apps.tracing.actions.finding import Clerk, Found, Key, Lists
from havre.apps.tracing.actions.writing import add
from havre.apps.tracing.enums import RunState
from havre.apps.tracing.models import Run
from havre.apps.tracing.queries.rules import RULES
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Account, Member, Organisation
from havre.core.clock import now
from havre.engines.linkage import Pair, Person, ShoreList, match
from havre.scenario import Scenario, make_scenario

PEOPLE, CHILDREN = 53_800, 15_000
"""Of the camp; with those who stand on a list twice, and the adults in Britain, a hundred thousand registrations."""
ROLES = (Role.REGISTRAR, Role.SUPERVISOR, *[Role.CASEWORKER] * 4)
ALIKE = 60
"""Children of the small scenario whose pairs lend their evidence."""
RIVALS = 0.6
"""Pairs that are not true, for each one that is."""
AGREED = ((0.8, FOR_EVERYBODY), (0.92, FOR_EVERYBODY[:2]), (1.0, FOR_EVERYBODY[:1]))
"""Of those on a list: up to which share, and to what they agreed."""
AGREED_IN_CAMP = ((0.5, (ConsentFor.REGISTRATION, ConsentFor.FINDABLE)), (1.0, FOR_EVERYBODY[:1]))
COUNTED = [
    *(f"{what}_{how}" for what in ("people", "links") for how in ("new", "changed", "unchanged")),
    *("people_erased", "lines_refused", "lines_in_part"),
]
"""What a preview counts."""


def fill() -> None:
    """Fills a site that is migrated and empty, as its web role; ``site_states`` decides the pairs."""
    tell("site: a scenario")
    scenario, dice = make_scenario(PEOPLE, children=CHILDREN), Random(2016)
    members = _members(scenario)
    for (organisation, agreed), lst in _lists(scenario, dice).items():
        _hand_in(members[organisation], lst, agreed)
    tell("site: pairs")
    _propose(next(iter(members.values())), scenario, dice)


def _members(scenario: Scenario) -> dict[str, Member]:
    """Six members an organisation; the first caseworker of each."""
    shores = {Shore.FRANCE: scenario.france, Shore.BRITAIN: scenario.britain}
    made: dict[str, Member] = {}
    for shore, lst in shores.items():
        for name in sorted({person.organisation for person in lst.people}):
            organisation = Organisation.objects.create(
                name=name, shore=shore, kind=OrganisationKind.PROTECTION
            )
            for n, role in enumerate(ROLES):
                account = Account.objects.create(email=f"{organisation.pk}.{n}@havre.example", full_name=name)
                made[name] = Member.objects.create(account=account, organisation=organisation, role=role)
    return made


def _lists(scenario: Scenario, dice: Random) -> dict[tuple[str, tuple[ConsentFor, ...]], ShoreList]:
    """Each organisation's people by what they agreed to, with their links."""
    links = defaultdict(list)
    for link in chain(scenario.france.links, scenario.britain.links):
        links[link.person_id].append(link)
    parts: dict[tuple[str, tuple[ConsentFor, ...]], list[Person]] = defaultdict(list)
    listed = chain(scenario.france.people, scenario.britain.people)
    for people, agreed in ((listed, AGREED), (scenario.camp, AGREED_IN_CAMP)):
        for person in people:
            share = dice.random()
            what = next(what for most, what in agreed if share < most)
            parts[person.organisation, what].append(person)
    return {
        part: ShoreList(tuple(people), tuple(link for each in people for link in links[each.person_id]))
        for part, people in parts.items()
    }


def _hand_in(member: Member, lst: ShoreList, agreed: Sequence[ConsentFor]) -> None:
    """A list that was looked at and accepted, written by the import."""
    tell(f"site: {len(lst.people)} people of {member.organisation.name}")
    child = member.organisation.shore == Shore.FRANCE
    giver = ConsentGiver.CHILD if child else ConsentGiver.SELF
    said = [ConsentSaid(for_what=each, given_by=giver, how=ConsentHow.INTERPRETER) for each in agreed]
    with acting_as(member.pk, Purpose.CARE):
        listed = ListImport.objects.create(
            organisation=member.organisation,
            member=member,
            source="autumn",
            language="en",
            state=ImportState.DONE,
            counts={**dict.fromkeys(COUNTED, 0), "people_new": len(lst.people), "links_new": len(lst.links)},
        )
        Writing(listed, said, lambda _: None).write(Plan(new_people=[*lst.people], new_links=[*lst.links]))


def _propose(member: Member, scenario: Scenario, dice: Random) -> None:
    """Pairs as a match run writes them."""
    lent = _lent()
    with acting_as(member.pk, Purpose.MATCHING):
        lists = Lists()
        run = Run.objects.create(
            asked_by=member,
            organisation=member.organisation,
            state=RunState.DONE,
            started_at=now(),
            ended_at=now(),
            took_part=lists.organisations,
            people_a=len(lists.a.people),
            people_b=len(lists.b.people),
            links_a=len(lists.a.links),
            links_b=len(lists.b.links),
            engine_version="bench",
        )
        clerk = Clerk(lists)
        add(run.pk, (_row(found, clerk) for found in _found(scenario, lists, lent, dice)))


def _lent() -> dict[bool, list[Pair]]:
    """Pairs of a real match, apart by whether both sides have named each other."""
    small = make_scenario(ALIKE, seed=7, children=ALIKE)
    found: dict[bool, list[Pair]] = {True: [], False: []}
    for pair in match(small.france, small.britain):
        if pair.probability >= RULES.least_probability and pair.link_a:
            found[bool(pair.link_b)].append(pair)
    return found


def _found(scenario: Scenario, lists: Lists, lent: dict[bool, list[Pair]], dice: Random) -> Iterator[Found]:
    """The true pairs and their rivals, each once, as far as both sides may be compared."""
    registrations = dict(Registration.objects.values_list("source_id", "id").iterator())
    links = dict(FamilyLink.objects.values_list("source_id", "id").iterator())
    of_link = {link.link_id: link.person_id for link in chain(scenario.france.links, scenario.britain.links)}
    for link_a, link_b, person_b in sorted(set(_couples(scenario, of_link, dice))):
        a, b = registrations.get(of_link[link_a]), registrations.get(person_b)
        if a is None or b is None:  # no consent to tracing
            continue
        key = Key(a, links[link_a], b, links[link_b] if link_b else None)
        pair = replace(
            dice.choice(lent[bool(link_b)]),
            person_a=str(a),
            link_a=str(key.link_a),
            person_b=str(b),
            link_b=str(key.link_b) if key.link_b else "",
        )
        yield Found(key, lists.whose[a], lists.whose[b], pair)


def _couples(scenario: Scenario, of_link: dict[str, str], dice: Random) -> Iterator[tuple[str, str, str]]:
    """(link of France, link of Britain or nothing, person of Britain)."""
    strangers = [link.link_id for link in scenario.britain.links]
    for link_a, link_b in scenario.truth.pairs:
        yield link_a, link_b, of_link[link_b]
        if dice.random() < RIVALS:
            other = dice.choice(strangers)
            yield link_a, other, of_link[other]
    for link_a, person_b in scenario.truth.people:
        yield link_a, "", person_b


def _row(found: Found, clerk: Clerk) -> dict[str, object]:
    """The columns of a new pair."""
    key = {f"{name}_id": str(value) if value else None for name, value in found.key._asdict().items()}
    organisations = {
        "organisation_a_id": str(found.a.organisation),
        "organisation_b_id": str(found.b.organisation),
    }
    return {**key, **organisations, **clerk.weighed(found)}
