# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
import re

from havre.scenario import Scenario
from havre.scenario.chance import Dice
from havre.scenario.phones import Phones, mistyped, written
from havre.scenario.tables import Shore, tables

# Ofcom's numbers for drama and Arcep's for audiovisual works, in national form, written out a second time.
NOBODYS = re.compile(
    r"07700900\d{3}|02079460\d{3}|01[1-6]\d4960\d{3}|01914980\d{3}|02920180\d{3}|063998\d{4}"
)


def national(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return re.sub(r"^(00)?(44|33)", "0", digits) if not re.match(r"0[1-9]", digits) else digits


def test_no_list_holds_a_number_that_somebody_may_have(calais: Scenario) -> None:
    described = [person.described for person in (*calais.france.people, *calais.britain.people, *calais.camp)]
    described += [link.described for link in (*calais.france.links, *calais.britain.links)]
    phones = [said.phone for said in described if said.phone]
    assert len(phones) > 500
    assert [phone for phone in phones if not NOBODYS.fullmatch(national(phone))] == []


def test_a_mistyped_number_still_belongs_to_nobody() -> None:
    dice = Dice(1, "test")
    for number in ("07700900123", "01614960999", "0639980000"):
        wrong = {mistyped(number, dice) for _ in range(200)}
        assert number not in wrong
        assert all(NOBODYS.fullmatch(one) for one in wrong)


def test_a_number_is_written_in_many_ways_and_stays_the_number() -> None:
    dice = Dice(1, "test")
    ways = {written("07700900123", dice) for _ in range(100)}
    assert len(ways) == 5
    assert {national(way) for way in ways} == {"07700900123"}


def test_numbers_do_not_run_out_before_the_people() -> None:
    table = tables()
    adults = 50_000
    phones = Phones(
        table.world.phones, table.rates, {Shore.FRANCE: 100, Shore.BRITAIN: adults}, Dice(1, "phones")
    )
    towns = Dice(1, "towns")
    given = [phones.of_adult(towns.draw(table.towns[Shore.BRITAIN]).name) for _ in range(adults)]
    early, late = given[: adults // 2], given[adults // 2 :]
    numbers = [number for number in given if number]
    assert len(set(numbers)) == len(numbers)
    assert sum(map(bool, late)) > 0.85 * sum(map(bool, early))
