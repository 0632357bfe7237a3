# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole scenario from a number of people and a seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from havre.engines.linkage.records import Person, ShoreList
from havre.scenario.chance import Dice
from havre.scenario.families import Families
from havre.scenario.phones import Phones
from havre.scenario.shores import Shores
from havre.scenario.tables import Shore, Tables, tables
from havre.scenario.truth import Truth
from havre.words import Language, Words

WORDS = Words("havre.scenario")
MOST_PEOPLE = 5_000_000


class ScenarioError(ValueError):
    """A scenario that cannot be made; ``say`` tells why in the reader's language."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(self.say(Language.ENGLISH))

    def say(self, language: Language) -> str:
        """What is wrong and what would be right."""
        return WORDS.say(language, self.key, **self.values)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A camp in autumn 2016. Nobody in it exists."""

    france: ShoreList
    """The unaccompanied children, some registered more than once, and the relatives they name."""
    britain: ShoreList
    """Adults in Britain, and the children they look for."""
    truth: Truth
    camp: tuple[Person, ...]
    """The adults of the camp; they stand on neither list."""


def scenario_day() -> date:
    """The day on which the scenario stands still."""
    return tables().world.day


def children_of(people: int) -> int:
    """How many of the people of a camp are unaccompanied children, where nobody says it."""
    return round(people * tables().rates["children_per_person"])


def make_scenario(
    people: int = 6500,
    seed: int = 2016,
    children: int | None = None,
    noise: float = 1.0,
    *,
    adults: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Scenario:
    """A camp of ``people``, of them ``children`` unaccompanied (by default 300 of 6,500 and so in proportion).

    Britain's list holds at least ``adults``, by default three a child.
    The same arguments give the same scenario, to the byte. ``noise`` multiplies every error of the clerks:
    0 writes names as both shores usually do, 1 is as bad as we think it was. ``progress`` is told the share of
    people who are done, rising towards 1. Raises ScenarioError.
    """
    table = tables()
    if children is None:
        children = children_of(people)
    _check(people, children, noise)
    if adults is None:
        adults = round(children * table.rates["adults_per_child"])
    done = _counter(people + adults, progress)
    dice = Dice(seed, "people")
    counts = {Shore.FRANCE: children, Shore.BRITAIN: adults}
    families = Families(table, Phones(table.world.phones, table.rates, counts, Dice(seed, "phones")), dice)
    shores = Shores(table, families, noise, seed)
    for size in _sizes(children, table, dice):
        shores.add_family(size)
        done(size)
    while shores.adults() < adults:
        shores.add_other_adult()
        done(1)
    camp = []
    for _ in range(people - children):
        camp.append(shores.camp_person(families.camp_adult()))
        done(1)
    return Scenario(shores.france(), shores.britain(), shores.truth(), tuple(camp))


def _counter(whole: int, progress: Callable[[float], None] | None) -> Callable[[int], None]:
    """Counts people and tells ``progress`` about every hundredth of ``whole``."""
    step, counted, told = max(1, whole // 100), 0, 0

    def done(more: int) -> None:
        nonlocal counted, told
        counted += more
        if progress and counted - told >= step:
            told = counted
            progress(counted / whole)

    return done


def _sizes(children: int, table: Tables, dice: Dice) -> Iterator[int]:
    """How many children of one family are in the camp, family by family, until there are ``children``."""
    while children:
        several = 3 if dice.chance(table.rates["three_siblings"]) else 2
        size = several if several == 3 or dice.chance(table.rates["two_siblings"]) else 1
        size = min(size, children)
        yield size
        children -= size


def _check(people: int, children: int, noise: float) -> None:
    if not 1 <= people <= MOST_PEOPLE:
        raise ScenarioError("people_out_of_range", people=people, most=MOST_PEOPLE)
    if not 0 <= children <= people:
        raise ScenarioError("children_out_of_range", children=children, people=people)
    if not 0 <= noise <= 10:  # refuses NaN too
        raise ScenarioError("noise_out_of_range", noise=noise)
