# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small world for promises about the whole site: Dunes owns everything in it, others look at it.

Dunes and Maraude are in France, Harbour and Kin in Britain. A child of Dunes was shared with Harbour and is one side
of a pair with Harbour's uncle; Maraude and Kin have children of their own, and nothing to do with that one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from uuid import uuid4

from apps.cases.journey import ROUTE, assessed, determined, whole
from apps.registry.people import answered, sharing_with
from apps.tracing.shores import CHILD, SISTER, STRANGER, UNCLE_SAID, Shores, registered
from cast import Cast
from core.files.samples import PDF
from django.db import transaction
from house.accommodated import Accommodated

from havre.apps.cases import actions as cases
from havre.apps.cases.actions.proving import prove_exchange
from havre.apps.cases.actions.referring import ReferralSaid, act_on_referral, refer
from havre.apps.cases.enums import (
    Answer,
    AnswerSource,
    Channel,
    ClosingReason,
    ExtractField,
    Manner,
    PlanPart,
    ReferralAct,
    ReferralKind,
    RepresentativeKind,
)
from havre.apps.cases.models import Case, Decision, GroupStep, Referral
from havre.apps.cases.queries import reckon
from havre.apps.registry import actions as registry
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Document, ListImport, Person, Registration, Tombstone
from havre.apps.tracing import actions as tracing
from havre.apps.tracing.enums import Act
from havre.apps.tracing.models import Pair, Run
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Member, Organisation
from havre.core.audit import seal
from havre.core.clock import now, today
from havre.core.files import store
from havre.core.files.models import File
from havre.core.jobs import run_jobs
from havre.core.jobs.models import Job
from havre.core.notices.feeds import feed_of_mine, make_feed
from havre.core.notices.models import Digest, Notice
from havre.words import Language

LIST = b"table,person_id,link_id,names,birth_date,nationality,relation\npeople,P-1,,Samira Hosam,2003,AFG,\n"
SHEET = b"Full name,Reason\nSelam,not eligible\n"
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
            self.accommodated = Accommodated(cast, self.child)
            self.notice = Notice.objects.create(member=self.caseworker, key="registry.gone", link="/people")
            make_feed(Language.FRENCH)
            self.feed = feed_of_mine()
            self.digest = Digest.objects.create(member=self.caseworker, language=Language.FRENCH)
        with self.acts(self.caseworker, Purpose.TRACING):
            self.run: Run = tracing.ask_for_run()
        run_jobs()
        self._decide()
        self._lead_case()
        self._refer()
        with self.acts(self.caseworker, Purpose.TRACING):
            self._stand_by()
            self._travel()

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
        self.tombstone = Tombstone.objects.create(
            organisation=cast.dunes,
            registration=child,
            key_id="k",
            of_line=uuid4().hex,
            lifted_at=now(),
            lifted_by=self.caseworker,
            reason="a list may bring the child back",
        )

    def _hand_in_list(self) -> None:
        self.listed: ListImport = registry.start_import(
            name="liste.csv", content=LIST, source="Terrain", language=Language.FRENCH
        )
        self.job = Job.objects.get(id=self.listed.job)
        self.sheet = cases.start_sheet(
            name="refus.csv", content=SHEET, unsaid=Answer.REFUSE, language=Language.FRENCH
        )

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
            asked = cases.record_event(self.case.id, "sent", today(), route=ROUTE)
            self.exchange = prove_exchange(asked.id, Channel.POST, reference="RR 1")
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

    def _stand_by(self) -> None:
        """Who stands by the child, what is best for them, and a sister, whose case has nobody on the other shore."""
        case = self.case.id
        self.representative = cases.name_representative(case, RepresentativeKind.GUARDIAN, name="Luc Petit")
        self.spoken = cases.say_spoken(case, "Pashto", interpreter=True)
        self.assessment = cases.assess_interests(case, assessed())
        self.determination = cases.determine_interests(case, determined())

    def _travel(self) -> None:
        """Accepted by a letter, gone, seen after a week; closed by mistake, and opened again."""
        case = self.case.id
        self.outside = cases.record_outside_answer(
            case,
            Answer.ACCEPT,
            words="accepted",
            answered_on=None,
            source=AnswerSource.DOCUMENT,
            source_said="letter",
        )
        self.plan = cases.plan_transfer(case, today())
        self.plan_step = cases.say_plan_step(
            case, PlanPart.ESCORT, who="Amina", on_day=today(), confirmed=True
        )
        cases.record_event(case, "transferred", today())
        self.follow_up = cases.follow_up(
            case, today(), seen_by="John Carter", well=True, words="He goes to school."
        )
        self.closing = cases.close_case(case, ClosingReason.MISTAKE, words="It was another child's.")
        cases.reopen_case(case, words="It was this one after all.")
        self.group_step = self._with_sister()

    def _with_sister(self) -> GroupStep:
        sister = registered(
            self.caseworker, replace(SISTER, names="Parwana Wali Khan"), ("uncle", UNCLE_SAID)
        )
        self.claimed: Case = cases.open_case_of_link(sister.links.get().pk)
        return cases.join_siblings(self.case.id, self.claimed.id, reasons="Both say so.")

    def _refer(self) -> None:
        """Dunes refers the child to Harbour, which has received it; and once more, with nothing said yet."""
        said = ReferralSaid(
            kind=ReferralKind.REFERRAL,
            recipient_id=self.cast.harbour.pk,
            asked="Please visit the uncle",
            answer_by=today() + timedelta(days=7),
            fields=(ExtractField.REFERENCE,),
        )
        with self.acts(self.caseworker, Purpose.TRACING):
            self.referral = refer(self.child.pk, said)
            self.extract = self.referral.extract
            self.bare = Referral.objects.create(
                kind=said.kind,
                registration=self.child,
                organisation=self.cast.dunes,
                member=self.caseworker,
                recipient=self.cast.harbour,
                answer_by=said.answer_by,
            )
        with self.acts(self.cast.member(self.cast.harbour), Purpose.TRACING):
            self.step = act_on_referral(self.referral.pk, ReferralAct.RECEIVE)

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
        with world.acts(world.caseworker):
            reckon()
        seal()
        world.cast.organisation("Police", Shore.FRANCE, OrganisationKind.ENFORCEMENT)
    return world


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
