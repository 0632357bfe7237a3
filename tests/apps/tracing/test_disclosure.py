# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each shore sees of the other, whatever asks: names, years, nationality, birthplace, relation, and no more."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from uuid import uuid4

import pytest
from apps.tracing.shores import CHILD, STRANGER, UNCLE, Shores, acts, does, matched, raw, registered
from cast import Cast
from django.apps import apps
from django.db import ProgrammingError, transaction

from havre.apps.tracing.actions.finding import Clerk, Found, Key, Whose
from havre.apps.tracing.actions.telling import NOBODY, Told, kept_reasons
from havre.apps.tracing.enums import Act
from havre.apps.tracing.models import Pair
from havre.apps.tracing.models.glimpses import Glimpse, glimpse
from havre.apps.tracing.queries import reasons_in_words
from havre.core.access import Purpose
from havre.core.accounts.enums import Role, Shore
from havre.core.accounts.models import Member
from havre.engines.linkage import Bits, FamilyLink, Reason, ShoreList, match
from havre.engines.linkage import Pair as Proposed
from havre.engines.linkage.pairs import WORDS
from havre.engines.linkage.reasons import Born, Count
from havre.engines.linkage.relations import relations
from havre.engines.names.explain import explain_pairs
from havre.scenario import make_scenario
from havre.words import Language

TABLES = sorted(model._meta.db_table for model in apps.get_app_config("tracing").get_models())
PAIR, VERDICT, NOTE, RUN = "tracing_pair", "tracing_verdict", "tracing_verdictnote", "tracing_run"
READS: dict[str, dict[str, int]] = {
    "own registrar": {PAIR: 3, VERDICT: 2, NOTE: 1, RUN: 1},
    "own caseworker": {PAIR: 3, VERDICT: 2, NOTE: 1, RUN: 1},
    "own supervisor": {PAIR: 3, VERDICT: 2, NOTE: 1, RUN: 1},
    "other shore": {PAIR: 3, VERDICT: 1, NOTE: 0, RUN: 1},
    "took part only": {RUN: 1},
    "stranger": {},
    "auditor": {},
    "administrator": {},
    "guardian": {PAIR: 3, VERDICT: 1},
    "another guardian": {},
    "guardian named by strangers": {},
    "police": {},
}
"""Three pairs of two people; Dunes has confirmed one of them with a note and skipped another."""


@dataclass
class World:
    cast: Cast
    shores: Shores

    def act(self, who: str) -> tuple[Member, Purpose]:
        cast = self.cast
        members: dict[str, Callable[[], Member]] = {
            "own registrar": lambda: cast.member(cast.dunes, Role.REGISTRAR),
            "own caseworker": lambda: self.shores.dunes,
            "own supervisor": lambda: cast.member(cast.dunes, Role.SUPERVISOR),
            "other shore": lambda: self.shores.harbour,
            "took part only": lambda: cast.member(cast.maraude),
            "stranger": lambda: cast.member(cast.kin),
            "auditor": lambda: cast.auditor,
            "administrator": lambda: cast.member(cast.dunes, Role.ADMINISTRATOR),
            "guardian": lambda: cast.member(cast.dunes, Role.GUARDIAN, ward=self.shores.child.person_id),
            "another guardian": lambda: cast.member(cast.dunes, Role.GUARDIAN, ward=uuid4()),
            "guardian named by strangers": lambda: cast.member(
                cast.kin, Role.GUARDIAN, ward=self.shores.child.person_id
            ),
            "police": lambda: cast.member(cast.police, Role.ADMINISTRATOR),
        }
        return members[who](), Purpose.OVERSIGHT if who == "auditor" else Purpose.TRACING


@pytest.fixture
def world(cast: Cast) -> World:
    shores = Shores.of(cast)
    registered(cast.member(cast.maraude), STRANGER)
    matched(shores.dunes)
    does(shores.dunes, Act.CONFIRM, shores.pair(), words="His uncle Gul has called us twice.")
    with acts(shores.dunes):
        other = Pair.objects.exclude(pk=shores.pair().pk).filter(registration_a=shores.child)[0]
    does(shores.dunes, Act.SKIP, other)
    return World(cast, shores)


def rows_of(table: str) -> int:
    return int(raw(f"SELECT count(*) FROM {table}")[0][0])


def test_every_table_is_in_the_matrix() -> None:
    assert sorted([PAIR, VERDICT, NOTE, RUN]) == TABLES


@pytest.mark.parametrize("who", READS)
def test_each_reads_what_is_theirs_to_read(world: World, who: str) -> None:
    with acts(*world.act(who)):
        assert {table: rows_of(table) for table in TABLES} == dict.fromkeys(TABLES, 0) | READS[who]


def test_nobody_reads_nothing_and_is_told_so(world: World) -> None:
    for table in TABLES:
        with pytest.raises(ProgrammingError, match="nobody acts"), transaction.atomic():
            rows_of(table)


@pytest.mark.parametrize("who", [who for who in READS if "own" not in who and who != "other shore"])
def test_who_has_no_side_of_a_pair_changes_nothing(world: World, who: str) -> None:
    with acts(*world.act(who)):
        assert raw("UPDATE tracing_pair SET state = 'rejected', version = version + 1") == [(0,)]
        for table in (VERDICT, NOTE, RUN):
            assert raw(f"UPDATE {table} SET origin = 'elsewhere'") == [(0,)]


# --- the whole row of a pair, as the other shore reads it --------------------------------------------------------


def all_that_is_read_by(member: Member) -> str:
    """Every table of tracing and of the registry, whole, as one text."""
    names = [
        model._meta.db_table
        for app in ("tracing", "registry")
        for model in apps.get_app_config(app).get_models()
    ]
    tables = [name for name in names if name != "registry_searchkey"]
    with acts(member):
        return "\n".join(str(raw(f"SELECT to_jsonb(t) FROM {table} t")) for table in tables)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)[-9:]


def test_before_verification_the_other_shore_reads_no_phone_no_town_and_no_day_of_birth(world: World) -> None:
    everything = all_that_is_read_by(world.shores.harbour)
    assert CHILD.names in everything, "names may be seen"
    assert digits(CHILD.phone) not in re.sub(r"[ +]", "", everything)
    assert str(CHILD.town) not in everything
    assert CHILD.birth is not None
    assert str(CHILD.birth.earliest) not in everything
    assert "called us twice" not in everything


def test_after_verification_both_shores_read_both_sides(world: World) -> None:
    does(world.shores.harbour, Act.VERIFY, world.shores.pair())
    assert CHILD.town in all_that_is_read_by(world.shores.harbour)
    assert UNCLE.town in all_that_is_read_by(world.shores.dunes)
    assert "called us twice" not in all_that_is_read_by(world.shores.harbour)


def test_a_pair_that_was_found_wrong_is_closed_again_to_the_other_shore(world: World) -> None:
    does(world.shores.harbour, Act.VERIFY, world.shores.pair())
    does(world.shores.dunes, Act.REVOKE, world.shores.pair())
    assert CHILD.town not in all_that_is_read_by(world.shores.harbour)


def test_no_statement_of_a_member_opens_a_registration_of_the_other_shore(world: World) -> None:
    """The functions that share and end are called by triggers only; a share of another's registration is refused."""
    pair = world.shores.pair()
    with acts(world.shores.harbour):
        for call in ("tracing_share(%s)", "tracing_rivals(%s)", "tracing_close_rivals(%s)"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                raw(f"SELECT {call}", [pair.pk])
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            raw(
                "INSERT INTO registry_share (id, origin, recorded_at, registration_id, recipient_id, basis, basis_id,"
                " since) VALUES (gen_random_uuid(), '', now(), %s, %s, 'pair', %s, now())",
                [world.shores.child.pk, world.cast.harbour.pk, pair.pk],
            )


def test_the_audit_holds_nothing_of_what_the_two_sides_show(world: World) -> None:
    with acts(world.shores.dunes):
        entries = raw(
            "SELECT id FROM audit_entry WHERE table_name IN ('tracing_pair', 'tracing_verdictnote')"
        )
        contents = " ".join(str(raw("SELECT audit_held(%s::bigint)", [key])[0][0]) for (key,) in entries)
    assert '"state": ["proposed", "confirmed"]' in contents
    for text in ("Khan", "Nangarhar", "AFG", "called us twice"):
        assert text not in contents


# --- what a pair keeps of the engine's reasons -------------------------------------------------------------------

SECRET_DAY = date(2001, 5, 17)


def leaky(key: str) -> Reason:
    """A reason of this key with everything in it that the engine ever puts into a reason."""
    born = Born(SECRET_DAY.toordinal(), SECRET_DAY.toordinal())
    values: dict[str, object] = {"a": "Secretville", "b": "Secretville"}
    if key.startswith("birth_"):
        values = {"a": born, "b": born}
    elif key.startswith("names_"):
        values = {"alignment": explain_pairs([("Ahmad Khan", "Ahmed Khan")])[0]}
    elif key == "relation":
        values = {"a": relations()["uncle"], "b": relations()["nephew"]}
    elif key == "prior":
        values = {"one_in": Count(200.0)}
    return Reason("birth", key, 1.0, values | {"phone": "0639980011"})


def kept(reasons: tuple[Reason, ...]) -> str:
    pair = Proposed(
        link_a="1",
        link_b="2",
        person_a="3",
        person_b="4",
        bits=Bits(),
        probability=0.5,
        rivals=0,
        reasons=reasons,
    )
    return json.dumps(kept_reasons(pair, Told(CHILD, NOBODY), Told(NOBODY, UNCLE)))


@pytest.mark.parametrize("key", sorted(set(WORDS) - {"unknown", "day", "year", "between"}))
def test_no_reason_of_the_engine_carries_a_day_a_phone_or_a_town_across(key: str) -> None:
    told = kept((leaky(key),))
    assert str(SECRET_DAY) not in told
    assert "0639980011" not in told
    if "birthplace" not in key and key != "nationality":
        assert "Secretville" not in told


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", sorted(set(WORDS) - {"unknown", "day", "year", "between"}))
def test_every_reason_of_the_engine_is_told_whole_from_what_is_kept_of_it(
    key: str, language: Language
) -> None:
    said = reasons_in_words(Pair(reasons=json.loads(kept((leaky(key),)))), language)
    assert len(said) == 5 - key.startswith(("phone", "town"))
    assert not [reason.text for reason in said if "{" in reason.text or not reason.text]


def test_a_reason_that_this_house_does_not_know_yet_is_kept_without_its_values() -> None:
    told = json.loads(kept((Reason("place", "shoe_size", 1.0, {"a": "Secretville"}),)))
    assert told[0] == {"part": "place", "key": "shoe_size", "bits": 1.0}


def test_of_a_phone_that_is_off_by_a_digit_only_is_told_that_it_agrees() -> None:
    told = kept((Reason("phone", "phone_relative_near", 2.0), Reason("phone", "phone_child_another", -2.0)))
    assert "near" not in told
    assert "phone_relative_agrees" in told
    assert "phone_child_differs" in told


def test_a_glimpse_has_these_fields_and_no_other() -> None:
    assert {field.name for field in fields(Glimpse)} == {
        "names", "other_names", "born", "nationality", "birthplace", "relation", "names_said", "other_names_said",
    }  # fmt: skip


def test_a_glimpse_comes_back_as_it_was_kept() -> None:
    link = FamilyLink(link_id="1", person_id="2", relation="uncle", described=UNCLE)
    seen = glimpse(CHILD, link)
    assert Glimpse.of(json.loads(json.dumps(seen.kept()))) == seen
    assert Glimpse.of({}) == Glimpse()


# --- a whole camp ------------------------------------------------------------------------------------------------


class Compared:
    """Two lists as the job of a run has them, without a database."""

    def __init__(self, a: ShoreList, b: ShoreList) -> None:
        self.a, self.b, self.child_shore = a, b, Shore.FRANCE


def shown(clerk: Clerk, pair: Proposed) -> str:
    """What both shores read of a pair in words: glimpses, reasons, keys of names."""
    whose = Whose(uuid4(), uuid4())
    row = clerk.weighed(Found(Key(uuid4(), None, uuid4(), None), whose, whose, pair))
    words = {name: row[name] for name in ("glimpse_a", "glimpse_b", "reasons", "name_keys")}
    assert set(row) - set(words) == {
        "person_a", "person_b", "child_shore", "probability", "band", "rivals", "bits", "evidence", "fingerprint",
    }  # fmt: skip
    return json.dumps(words, ensure_ascii=False)


def test_no_pair_of_a_whole_camp_holds_a_phone_a_town_or_a_day_of_birth() -> None:
    made = make_scenario(people=300, children=40, seed=3)
    lists = made.france, made.britain
    clerk = Clerk(Compared(*lists))  # type: ignore[arg-type]
    pairs = match(*lists)
    told = "\n".join(shown(clerk, pair) for pair in pairs)
    assert len(pairs) > 100
    assert not re.search(r"\d{4}-\d{2}-\d{2}", told)
    assert not re.search(r"\d{7}", re.sub(r"[ .()+-]", "", re.sub(r"-?\d+\.\d+", "", told)))
    said = [each.described for side in lists for each in (*side.people, *side.links)]
    named = " ".join(f"{each.birthplace} {each.names} {each.other_names}" for each in said)
    towns = {each.town for each in said if each.town and each.town not in named}
    assert len(towns) > 10
    assert not [town for town in towns if town in told]
