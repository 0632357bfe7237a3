# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small world for promises about the whole site: Dunes owns everything in it, others look at it.

Dunes and Maraude are in France, Harbour and Kin in Britain. A child of Dunes was shared with Harbour and is one side
of a pair with Harbour's uncle; Maraude and Kin have children of their own, and nothing to do with that one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from uuid import uuid4

from apps.cases.journey import ROUTE, whole
from apps.registry.people import answered, sharing_with
from apps.tracing.shores import CHILD, SISTER, STRANGER, Shores, registered
from cast import Cast
from core.files.samples import PDF
from django.db import transaction

from havre.apps.cases import actions as cases
from havre.apps.cases.enums import Manner
from havre.apps.cases.models import Case, Decision
from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Document, ListImport, Person, Registration
from havre.apps.tracing import actions as tracing
from havre.apps.tracing.enums import Act
from havre.apps.tracing.models import Pair, Run
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Member, Organisation
from havre.core.audit import seal
from havre.core.clock import today
from havre.core.files import store
from havre.core.files.models import File
from havre.core.jobs import run_jobs
from havre.core.jobs.models import Job
from havre.core.notices.models import Notice
from havre.words import Language

LIST = b"table,person_id,link_id,names,birth_date,nationality,relation\npeople,P-1,,Samira Hosam,2003,AFG,\n"
RELATIONS = ("own", "shared", "stranger", "other shore")
"""Where a member stands to what Dunes has: in it, given it, beside it, across the water."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks: a role, and where it stands to what Dunes has."""

    role: Role
    relation: str

    def __str__(self) -> str:
        return f"{self.role}, {self.relation}"


VIEWERS = [
    *(Viewer(role, relation) for role in Role if role is not Role.AUDITOR for relation in RELATIONS),
    Viewer(Role.AUDITOR, "oversight"),
]
"""Every role from everywhere; auditors are in oversight bodies only."""


@dataclass
class World:
    """What there is, each thing under its name; made once, and committed."""

    cast: Cast = field(default_factory=Cast)
    wards: dict[str, Registration] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cast = self.cast
        self.caseworker = cast.member(cast.dunes)
        shores = Shores.of(cast)
        self.child, self.uncle = shores.child, shores.uncle
        self.wards = {
            "own": self.child,
            "shared": self.uncle,
            "stranger": registered(cast.member(cast.maraude), SISTER),
            "other shore": registered(cast.member(cast.kin), STRANGER),
        }
        with self.acts(self.caseworker):
            self._fill_child()
            self._hand_in_list()
            self.notice = Notice.objects.create(member=self.caseworker, key="registry.gone", link="/people")
        with self.acts(self.caseworker, Purpose.TRACING):
            self.run: Run = tracing.ask_for_run()
        run_jobs()
        self._decide()
        self._lead_case()

    def _fill_child(self) -> None:
        child, cast = self.child, self.cast
        for said in (answered(ConsentFor.FINDABLE), sharing_with(cast.harbour.id)):
            registry.give_consent(child.id, said)
        self.file: File = store("taskera.pdf", PDF, cast.dunes, child.id)
        self.document = Document.objects.create(registration=child, kind="taskera", file_id=self.file.id)
        self.again = registry.register(CHILD, idempotency_key=uuid4())
        self.other = registry.register(SISTER)
        self.grouping = registry.propose_grouping(child.id, self.again.id)
        self.nobody_yet = Person.objects.create(reference="H-NEW", organisation=cast.dunes)
        self.age, self.name = child.ages.get(), child.names.first()
        self.link, self.contact = child.links.get(), child.contacts.get()
        self.consent = child.consents.get(for_what=ConsentFor.SHARING)
        self.share = child.shares.get()

    def _hand_in_list(self) -> None:
        self.listed: ListImport = registry.start_import(
            name="liste.csv", content=LIST, source="Terrain", language=Language.FRENCH
        )
        self.job = Job.objects.get(id=self.listed.job)

    def _decide(self) -> None:
        """Dunes confirms the pair with words of its own; Harbour has not verified it."""
        with self.acts(self.caseworker, Purpose.TRACING):
            pairs = Pair.objects.filter(registration_a=self.child, registration_b=self.uncle)
            self.pair = pairs.order_by("-probability")[0]
            version = self.pair.version
            self.skip = tracing.decide(self.pair.id, Act.SKIP, version=version)
            words = "He knew the street."
            self.verdict = tracing.decide(self.pair.id, Act.CONFIRM, version=version, words=words)
            self.note = self.verdict.note

    def _lead_case(self) -> None:
        """Of the child and the uncle as a person, which both shores verify: refused, told, refused again, not told."""
        harbour = self.cast.member(self.cast.harbour)
        with self.acts(self.caseworker, Purpose.TRACING):
            found = Pair.objects.get(link_a=self.pair.link_a_id, link_b=None)
            tracing.decide(found.id, Act.CONFIRM, version=found.version)
        with self.acts(harbour, Purpose.TRACING):
            tracing.decide(found.id, Act.VERIFY, version=found.version + 1)
        with self.acts(self.caseworker, Purpose.TRACING):
            self.case: Case = cases.open_case(found.id)
            self.fact = cases.say_fact(self.case.id, "married", value=False)
            self.event = cases.record_event(self.case.id, "hit", today())
            cases.record_event(self.case.id, "sent", today(), route=ROUTE)
        self.decision = self._answer(harbour)
        with self.acts(self.caseworker, Purpose.TRACING):
            self.telling = cases.tell_child(
                self.decision.id,
                told_by="Amina",
                told_on=today(),
                language="Pashto",
                manner=Manner.READ_ALOUD,
            )
            cases.record_event(self.case.id, "reexamination_asked", today())
        self.untold = self._answer(harbour)

    def _answer(self, harbour: Member) -> Decision:
        with self.acts(harbour, Purpose.TRACING):
            draft = cases.draft_decision(self.case.id, whole(again_until=today() + timedelta(days=30)))
        with self.acts(self.cast.member(self.cast.harbour, nth=2), Purpose.TRACING):
            return cases.agree(draft.id)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """By where they stand to what Dunes has."""
        cast = self.cast
        return {
            "own": cast.dunes,
            "shared": cast.harbour,
            "stranger": cast.maraude,
            "other shore": cast.kin,
            "oversight": cast.watch,
        }

    def member(self, viewer: Viewer) -> Member:
        """The member who looks; a guardian's ward is a child of the same organisation."""
        ward = self.wards[viewer.relation].person_id if viewer.role is Role.GUARDIAN else None
        return self.cast.member(self.organisations[viewer.relation], viewer.role, ward=ward)

    @contextmanager
    def acts(self, member: Member, purpose: Purpose = Purpose.CARE) -> Iterator[None]:
        """As this member, for this purpose."""
        with acting_as(member.id, purpose):
            yield


def new_world() -> World:
    """Everything in it, with every member who may look, and a membership of an enforcement body beside."""
    with transaction.atomic():
        world = World()
        for viewer in VIEWERS:
            world.member(viewer)
        seal()
        world.cast.organisation("Police", Shore.FRANCE, OrganisationKind.ENFORCEMENT)
    return world


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
