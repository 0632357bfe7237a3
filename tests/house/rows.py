# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One row of the small world for each protected table, and how like it another would be made by whoever looks."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F
from house.world import Viewer, World
from psycopg import sql

from havre.core.access import Actor, current_actor
from havre.core.accounts.enums import Role
from havre.core.database.ids import uuid7

REFUSED = {"42501", "23514"}
"""No right or no policy; or the life of a pair, which a trigger holds."""
Values = Mapping[str, Any]
Change = Callable[[World, Actor], Values]


@dataclass(frozen=True)
class Sample:
    """The row of a table that stands for all of it, and what differs in a new one."""

    where: Callable[[World], Values]
    new: Change = lambda _world, _actor: {}
    key: str = "id"
    column: str = "origin"
    """One that is written back as it was."""


def _by(name: str, new: Change = lambda _world, _actor: {}, **more: Any) -> Sample:
    return Sample(lambda world: {"id": getattr(world, name).pk}, new, **more)


def _first_two(world: World) -> Values:
    first, second = sorted((world.child.pk, world.other.pk))
    return {"registration_a_id": first, "registration_b_id": second}


def _unpaired(world: World) -> Values:
    """A pair as the match would add it."""
    nobody = dict.fromkeys(("link_a_id", "confirmed_by_id", "confirmed_organisation_id", "decided_at"))
    return {
        **nobody,
        "registration_a_id": world.again.pk,
        "confirmed_shore": "",
        "state": "proposed",
        "version": 1,
    }


def _mine(_world: World, actor: Actor) -> Values:
    return {
        "member_id": actor.member_id,
        "organisation_id": actor.organisation_id,
        "shore": actor.shore.value,
    }


def _anothers(world: World, actor: Actor) -> Values:
    """Of whoever acts, who has none; of whoever has one, that of a colleague."""
    colleague = world.member(Viewer(Role.SUPERVISOR, "own")).pk
    return {"member_id": colleague if actor.member_id == world.caseworker.pk else actor.member_id}


def _accommodated(name: str) -> Sample:
    return Sample(
        lambda world: {"id": world.accommodated.rows[name].pk},
        lambda world, _: world.accommodated.beside(name),
    )


ACCOMMODATION = (
    "absence acceptance arrivalnotice assignment block centre departure dispatch inspection intake kindchange lock"
    " offer override party partymember partywish passenger"
    " place plan planbest planinput plannote"
    " pledge pledgeconfirmation promise queueentry separation sheet stay stop unituse"
)
SAMPLES: dict[str, Sample] = {
    **{f"accommodation_{name}": _accommodated(name) for name in ACCOMMODATION.split()},
    "access_sealkey": Sample(lambda _: {"id": 1}, column="inner"),
    "audit_content": Sample(lambda world: {"subject": world.child.pk}, key="entry", column="subject"),
    "audit_entry": Sample(lambda world: {"subject": world.child.pk}, column="kind"),
    "audit_markkey": Sample(lambda _: {"id": 1}, column="inner"),
    "audit_seal": Sample(lambda _: {"position": 1}, key="position", column="mark"),
    "cases_answersheet": _by("sheet"),
    "cases_assessment": _by("assessment", _mine),
    "cases_case": _by("case", lambda *_: {"person": uuid4()}),
    "cases_closing": _by("closing", _mine),
    "cases_clock": Sample(lambda world: {"case_id": world.case.pk}, key="case_id", column="rule"),
    "cases_decision": _by(
        "decision", lambda _, actor: {**_mine(_, actor), "agreed_by_id": None, "agreed_on": None}
    ),
    "cases_determination": _by("determination", _mine),
    "cases_event": _by("event", _mine),
    "cases_exchange": _by("exchange", _mine),
    "cases_fact": _by("fact", _mine),
    "cases_followup": _by("follow_up", _mine),
    "cases_groupstep": _by("group_step", _mine),
    "cases_outsideanswer": _by("outside", _mine),
    "cases_planstep": _by("plan_step", _mine),
    "cases_representative": _by("representative", _mine),
    "cases_spoken": _by("spoken", _mine),
    "cases_reckoning": Sample(lambda world: {"case_id": world.case.pk}, key="case_id", column="state"),
    "cases_telling": _by(
        "telling", lambda world, actor: {**_mine(world, actor), "decision_id": world.untold.pk}
    ),
    "cases_transferplan": _by("plan", _mine),
    "cases_extract": _by("extract", lambda world, _: {"referral_id": world.bare.pk}),
    "cases_referral": _by("referral", lambda *_: {"idempotency_key": None}),
    "cases_referralstep": _by(
        "step", lambda world, actor: {**_mine(world, actor), "referral_id": world.bare.pk}
    ),
    "files_file": _by("file"),
    "jobs_job": _by("job", lambda _, actor: {"member_id": actor.member_id, "purpose": actor.purpose.value}),
    "jobs_run": Sample(lambda world: {"job_id": world.job.pk}, key="job_id", column="state"),
    "notices_digest": _by("digest", _anothers),
    "notices_feed": _by("feed", lambda *_: {"hashed": uuid4().hex, "ended_at": "2016-11-21T00:00:00Z"}),
    "notices_notice": _by("notice"),
    "registry_ageevidence": _by("age"),
    "registry_consent": _by("consent"),
    "registry_contact": _by("contact", lambda *_: {"value": "+33 6 39 98 00 99"}),
    "registry_document": _by("document"),
    "registry_familylink": _by("link"),
    "registry_grouping": _by("grouping", lambda world, _: _first_two(world)),
    "registry_listimport": _by("listed"),
    "registry_name": _by("name", lambda *_: {"written": "Walid"}),
    "registry_person": Sample(
        lambda world: {"id": world.child.person_id}, lambda *_: {"reference": "H-OTHER"}
    ),
    "registry_receipt": Sample(
        lambda world: {"organisation_id": world.cast.dunes.pk}, lambda *_: {"key": uuid4()}
    ),
    "registry_registration": _by(
        "child",
        lambda world, _: {"person_id": world.nobody_yet.pk, "own_person_id": world.nobody_yet.pk},
    ),
    "registry_searchkey": Sample(lambda world: {"registration_id": world.child.pk}, key="key", column="key"),
    "registry_share": _by("share", lambda *_: {"basis_id": uuid4()}),
    "registry_tombstone": _by("tombstone", lambda *_: {"of_line": uuid4().hex}),
    "tracing_pair": _by("pair", lambda world, _: _unpaired(world)),
    "tracing_run": _by("run"),
    "tracing_verdict": _by("verdict", _mine),
    "tracing_verdictnote": _by(
        "note", lambda world, actor: {"verdict_id": world.skip.pk, "organisation_id": actor.organisation_id}
    ),
}
"""A table that is not here fails a test: what stands in it must be somebody's, and this says how a row is made."""


@dataclass(frozen=True)
class Row:
    """The sample of a table, found, as JSON has it."""

    table: str
    sample: Sample
    found: dict[str, Any]

    @property
    def model(self) -> type[models.Model]:
        """The model behind the table."""
        return next(each for each in apps.get_models() if each._meta.db_table == self.table)

    @property
    def key(self) -> Any:
        """The value of its key."""
        return self.found[self.sample.key]

    def another(self, world: World) -> dict[str, Any]:
        """The values of a row that whoever acts would add beside it."""
        new = dict(self.sample.new(world, current_actor()))
        is_row = "id" in self.found and self.table not in ("access_sealkey", "audit_entry", "audit_markkey")
        return {**self.found, **({"id": uuid7()} if is_row else {}), **new}


def find(maintenance: psycopg.Connection, world: World) -> dict[str, Row]:
    """The sample of every table."""
    rows = {}
    for table, sample in SAMPLES.items():
        said = sample.where(world)
        asked = sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE {} LIMIT 1").format(
            sql.Identifier(table),
            sql.SQL(" AND ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in said),
        )
        found = maintenance.execute(asked, list(said.values())).fetchone()
        assert found is not None, f"there is no row of {table} in house.world.World: make one there"
        rows[table] = Row(table, sample, found[0])
    return rows


# --- four things to do with a row, by SQL and through the models -------------------------------------------------


def by_sql(row: Row, world: World, act: str) -> bool:
    """Whether whoever acts can do it with a raw statement."""
    key, column = row.sample.key, row.sample.column
    table = f'"{row.table}"'
    if act == "i":
        values = json.dumps(row.another(world), default=str)
        return _runs(f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)", values)
    there = f'"{key}"::text = %s'
    statement = {
        "r": f"SELECT 1 FROM {table} WHERE {there}",
        "u": f'UPDATE {table} SET "{column}" = "{column}" WHERE {there}',
        "d": f"DELETE FROM {table} WHERE {there}",
    }[act]
    return _runs(statement, str(row.key))


def _runs(statement: str, value: str) -> bool:
    """Whether the statement reached a row; what it did is undone."""
    return _reaches(lambda: _count(statement, value))


def _count(statement: str, value: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return len(cursor.fetchall()) if cursor.description else cursor.rowcount


def by_models(row: Row, world: World, act: str) -> bool:
    """The same through Django's models."""
    manager = row.model._base_manager
    key = {_attribute(row.model, row.sample.key): row.key}
    column = _attribute(row.model, row.sample.column)
    does: dict[str, Callable[[], int]] = {
        "r": lambda: manager.filter(**key).count(),
        "u": lambda: manager.filter(**key).update(**{column: F(column)}),
        "d": lambda: manager.filter(**key)._raw_delete(manager.db),
        "i": lambda: len(manager.bulk_create([_instance(row, world)])),
    }
    return _reaches(does[act])


def _attribute(model: type[models.Model], column: str) -> str:
    return next(field.attname for field in model._meta.local_fields if field.column == column)


def _instance(row: Row, world: World) -> models.Model:
    fields = {field.column: field for field in row.model._meta.local_fields}
    values = {}
    for column, value in row.another(world).items():
        field = fields[column]
        if isinstance(field, models.BinaryField) and value is not None:
            values[field.attname] = bytes.fromhex(value.removeprefix("\\x"))
        else:
            values[field.attname] = value if isinstance(field, models.JSONField) else field.to_python(value)
    return row.model(**values)


def _reaches(does: Callable[[], int]) -> bool:
    try:
        with transaction.atomic():
            reached = does()
            transaction.set_rollback(True)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") not in REFUSED:
            raise
        return False
    return reached > 0
