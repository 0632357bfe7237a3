# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is observed of two descriptions: the unknown says nothing, what agrees speaks for, what differs against."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.engines.linkage import Person, ShoreList
from havre.engines.linkage.columns import phone_number, prepare
from havre.engines.linkage.evidence import Block, Said
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.rarity import Rarities, Rarity
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, FamilyLink, Sex
from havre.engines.linkage.relations import relations
from havre.engines.linkage.weights import block_bits

NATIONS = ("AFG", "AFG", "AFG", "SDN", "ERI")
OTHERS = [
    Description(names=f"Person {letter}", nationality=nation)
    for letter, nation in zip("pqrst", NATIONS, strict=True)
]


def on(day: str) -> BirthInterval:
    return BirthInterval(date.fromisoformat(day), date.fromisoformat(day), BirthKind.DAY)


def year(value: int) -> BirthInterval:
    return BirthInterval(date(value, 1, 1), date(value, 12, 31), BirthKind.YEAR)


def shore(child: Description, relation: str = "", relative: Description | None = None) -> ShoreList:
    """One person with one link, and others who make the words of the list more or less rare."""
    people = [Person(person_id="x", described=child)]
    people += [Person(person_id=f"o{n}", described=each) for n, each in enumerate(OTHERS)]
    link = FamilyLink(link_id="l", person_id="x", relation=relation, described=relative or Description())
    return ShoreList(tuple(people), (link,))


def links_of(a: ShoreList, b: ShoreList) -> dict[str, Block]:
    """The blocks of evidence of the one link of a against the one link of b, by what they are about."""
    prepared = prepare(a, b)
    first = np.zeros(1, np.intp)
    return {block.about: block for block in Observer(prepared, Rarities.of(prepared)).links(first, first)}


def bits(blocks: dict[str, Block], about: str) -> float:
    return float(block_bits(blocks[about])[0])


def relative_bits(about: str, one: Description, two: Description) -> float:
    """Bits of what two adults' descriptions say: list a's child names the relative, who speaks on list b."""
    child, adult = Description(birth=year(2004)), two
    return bits(links_of(shore(child, "", one), shore(adult)), about)


def child_bits(about: str, one: Description, two: Description) -> float:
    """Bits of what two descriptions of a child say: the child speaks on list a, and is described on list b."""
    adult = Description(birth=year(1980))
    here = Description(
        birth=one.birth or year(2004), **{name: getattr(one, name) for name in ("names", "phone", "town")}
    )
    return bits(links_of(shore(here), shore(adult, "", two)), about)


def every_field() -> Description:
    return Description(
        names="Karim", sex=Sex.MALE, birth=year(2003), nationality="AFG", birthplace="Kunduz", phone="0612345678",
        town="Calais",
    )  # fmt: skip


def test_what_is_unknown_says_nothing():
    nothing, something = Description(), every_field()
    for one, two in ((nothing, nothing), (nothing, something), (something, nothing)):
        blocks = links_of(shore(one, "", one), shore(two, "", two))
        assert blocks
        for block in blocks.values():
            assert not block.values.any(), block.about


def test_every_feature_of_every_block_has_a_weight_and_a_place():
    blocks: Iterable[Block] = links_of(shore(every_field()), shore(every_field())).values()
    for block in blocks:
        assert block.values.shape == (1, len(block.names))
        assert block.values.dtype == np.float32
        assert np.isfinite(block_bits(block)).all()


def test_the_same_sex_speaks_for_and_another_against():
    male, female = Description(sex=Sex.MALE), Description(sex=Sex.FEMALE)
    assert relative_bits("sex relative", male, male) > 0 > relative_bits("sex relative", male, female)


def test_a_phone_that_agrees_speaks_for_one_that_is_nearly_the_same_less_and_another_against():
    one = Description(phone="+33 6 12 34 56 78")
    same, near, other = (
        relative_bits("phone relative", one, Description(phone=phone))
        for phone in ("0612345678", "06 12 34 56 87", "0699887766")
    )
    assert same > near > 0 > other


@pytest.mark.parametrize(
    ("written", "number"),
    [("+44 7700 900123", 700900123),
     ("07700 900123", 700900123), ("٠٧٧٠٠٩٠٠١٢٣", 700900123), ("۰۷۷۰۰۹۰۰۱۲۳", 700900123),
     ("12345", 0), ("", 0), ("none", 0), ("²³¹²³¹²³", 0)],
)  # fmt: skip
def test_a_phone_number_is_its_last_nine_digits_in_any_script(written, number):
    assert phone_number(written) == number


@given(st.text())
def test_no_text_is_too_odd_for_a_phone_number(text):
    assert 0 <= phone_number(text) < 10**9


def test_a_year_of_birth_that_agrees_speaks_for_and_one_far_off_against():
    agrees, near, far = (
        relative_bits("birth relative", Description(birth=year(1980)), Description(birth=year(other)))
        for other in (1980, 1982, 1990)
    )
    assert agrees > near > 0 > far


@pytest.mark.parametrize("bits_of", [child_bits, relative_bits])
def test_the_same_day_of_birth_says_no_less_than_the_same_year(bits_of):
    who = "birth child" if bits_of is child_bits else "birth relative"
    day = bits_of(who, Description(birth=on("2003-05-17")), Description(birth=on("2003-05-17")))
    whole = bits_of(who, Description(birth=year(2003)), Description(birth=year(2003)))
    assert day >= whole > 0


def test_a_child_s_phone_that_agrees_speaks_for():
    one = Description(phone="0612345678")
    assert child_bits("phone child", one, one) > 0


def test_a_nationality_in_common_speaks_for_more_so_a_rare_one_and_another_against():
    common, rare, other = (
        relative_bits("nationality", Description(nationality=x), Description(nationality=y))
        for x, y in (("AFG", "AFG"), ("ERI", "ERI"), ("AFG", "SDN"))
    )
    assert rare > common > 0 > other


@pytest.mark.parametrize(
    ("of_child", "of_adult"),
    [("father", "son"), ("mother", "child"), ("brother", "sister"), ("uncle", "nephew"), ("cousin", "cousin"),
     ("grandfather", "grandchild")],
)  # fmt: skip
def test_a_relation_and_its_inverse_speak_for_and_another_against(of_child, of_adult):
    assert {of_child, of_adult} <= relations().keys()
    fits, differs = (
        bits(links_of(shore(Description(), of_child), shore(Description(), other)), "relation")
        for other in (of_adult, "wife" if of_child != "wife" else "mother")
    )
    assert fits > 0 > differs


def test_the_sex_that_a_relation_says_is_compared_with_who_speaks_there():
    spoken = {
        sex: bits(
            links_of(shore(Description(), "uncle"), shore(Description(sex=sex), "nephew")), "relation sex a"
        )
        for sex in Sex
    }
    assert spoken[Sex.MALE] > 0 > spoken[Sex.FEMALE]
    assert (
        bits(links_of(shore(Description(), "cousin"), shore(Description(sex=Sex.MALE))), "relation sex a")
        == 0
    )


def test_names_that_agree_speak_for_and_others_against():
    said = Description(names="Zmaray Wardak")
    same, other = (
        relative_bits("names relative", said, Description(names=names))
        for names in ("Zmarai Vardak", "Idris Adam")
    )
    assert same > 0 > other


def test_the_better_of_names_and_other_names_is_heard():
    said = Description(names="Zmaray Wardak")
    alone = relative_bits("names relative", said, Description(names="Zmarai Wardak"))
    beside = relative_bits(
        "names relative", said, Description(names="Idris Adam", other_names="Zmarai Wardak")
    )
    assert beside == pytest.approx(alone, abs=1.0)
    assert beside > 0


def test_evidence_is_the_same_from_either_side():
    one = Description(
        names="Zmaray", sex=Sex.MALE, birth=year(1980), nationality="AFG", phone="0612345678", town="Leeds"
    )
    two = Description(
        names="Zmarai",
        sex=Sex.MALE,
        birth=on("1982-03-04"),
        nationality="SDN",
        phone="0612345687",
        town="Lids",
    )
    prepared = prepare(shore(one), shore(two))
    observer = Observer(prepared, Rarities.of(prepared))
    mirror = observer.swapped()
    every = np.arange(len(prepared.a.people))
    here, there = np.repeat(every, len(every)), np.tile(every, len(every))
    for x, y in zip(observer.same(here, there), mirror.same(there, here), strict=True):
        assert x.names == y.names
        assert x.values == pytest.approx(y.values, abs=1e-6)


def test_a_key_that_few_hold_is_rarer_and_one_never_seen_counts_as_seen_once():
    people = [Person(person_id=str(n), described=Description(names=name)) for n, name in enumerate(
        ["Mohammad", "Mohamed", "Muhammad", "Zmaray"]
    )]  # fmt: skip
    prepared = prepare(ShoreList(tuple(people), ()), ShoreList((), ()))
    rarity = Rarity.of(prepared.names, prepared.a.of_people.names[:, 0].tolist())
    assert 0 < rarity.of_word("mohamed") < rarity.of_word("zmaray") == rarity.of_word("tesfaye")
    assert rarity.of_word("محمد") == rarity.of_word("mohamed")
    assert rarity.of_word("") == 0.0


@given(st.lists(st.sampled_from(["Ali", "Omar", "Tesfaye", "محمد", "Zmaray"]), min_size=1, max_size=12))
def test_rarity_never_grows_when_a_word_is_written_once_more(names):
    def rarity_of(written: list[str]) -> float:
        people = [
            Person(person_id=str(n), described=Description(names=name)) for n, name in enumerate(written)
        ]
        prepared = prepare(ShoreList(tuple(people), ()), ShoreList((), ()))
        return Rarity.of(prepared.names, prepared.a.of_people.names[:, 0].tolist()).of_word("ali")

    assert 0 <= rarity_of([*names, "Ali", "Ali"]) <= rarity_of([*names, "Ali"])


def test_the_shares_of_nationalities_sum_to_one():
    prepared = prepare(shore(Description(nationality="AFG")), shore(Description(nationality="IRQ")))
    assert sum(Rarities.of(prepared).nations.values()) == pytest.approx(1)


def test_said_is_what_the_columns_say():
    prepared = prepare(shore(every_field()), shore(Description()))
    at = [person.person_id for person in prepared.a.people].index("x")
    said = Said(prepared.a.of_people, np.array([at]))
    assert said.columns.phone[said.at].tolist() == [612345678]
    assert prepared.nations[said.columns.nationality[said.at][0]] == "AFG"
    assert not said.columns.born_on_day[said.at].any()
