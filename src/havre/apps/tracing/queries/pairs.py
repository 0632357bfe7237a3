# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs: what waits for whom, what comes next, what stands beside a pair."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from havre.apps.registry.queries import asked
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Pair, Verdict
from havre.apps.tracing.queries.rules import RULES
from havre.core.access import current_actor
from havre.core.accounts.enums import ORGANISATION_ROLES, Shore
from havre.engines.linkage import Band

S = PairState
DECIDED_FOR = (S.CONFIRMED, S.VERIFIED, S.REUNITED)
MOST_BESIDE = 50
"""Rivals, or siblings, that are shown beside a pair."""


class PairQuerySet(QuerySet[Pair]):
    """Pairs that may be read: of the own organisation, or of the ward."""

    def in_state(self, *states: PairState) -> "PairQuerySet":
        """In one of these states."""
        return self.filter(state__in=states)

    def in_band(self, *bands: Band) -> "PairQuerySet":
        """Sure to one of these degrees."""
        return self.filter(band__in=bands)

    def of_our_organisation(self) -> "PairQuerySet":
        """With a side of the organisation that the acting member works for; none for a guardian, who is for a child."""
        actor = current_actor()
        if actor.role not in ORGANISATION_ROLES:
            return self.none()
        return self.with_organisation(actor.organisation_id)

    def waiting_for_my_decision(self) -> "PairQuerySet":
        """That nobody has decided on."""
        return self.of_our_organisation().in_state(S.PROPOSED)

    def waiting_for_my_verification(self) -> "PairQuerySet":
        """That a member of the other shore has confirmed."""
        confirmed = self.of_our_organisation().in_state(S.CONFIRMED)
        return confirmed.filter(confirmed_shore=current_actor().shore.other)

    def waiting_for_the_other_shore(self) -> "PairQuerySet":
        """That our own organisation has confirmed."""
        confirmed = self.of_our_organisation().in_state(S.CONFIRMED)
        return confirmed.filter(confirmed_shore=current_actor().shore)

    def that_came_back(self) -> "PairQuerySet":
        """Rejected once, and proposed again."""
        return self.filter(came_back=True, state=S.PROPOSED)

    def that_we_are_asked_about(self) -> "PairQuerySet":
        """Of which the other shore has asked for more since the pair is in its state."""
        return self.of_our_organisation().filter(_asked_about())

    def not_skipped_by_me(self) -> "PairQuerySet":
        """That the acting member has not put off since the pair is in its state."""
        skips = Verdict.objects.filter(pair=OuterRef("pk"), kind=Act.SKIP, member=current_actor().member_id)
        return self.filter(~Exists(skips.filter(version=OuterRef("version"))))

    def named(self, text: str) -> "PairQuerySet":
        """In whose names each word of ``text`` may be, in any script; none where it holds no word."""
        found = asked(text)
        if not found:
            return self.none()
        rows = self
        for _, keys in groupby(zip(found.words, found.keys, strict=True), itemgetter(0)):
            rows = rows.filter(name_keys__overlap=[key for _, key in keys])
        return rows

    def with_relation(self, key: str) -> "PairQuerySet":
        """In which one side calls the other so."""
        return self.filter(Q(glimpse_a__relation=key) | Q(glimpse_b__relation=key))

    def with_organisation(self, organisation_id: UUID) -> "PairQuerySet":
        """With a side of this organisation."""
        return self.filter(Q(organisation_a=organisation_id) | Q(organisation_b=organisation_id))

    def of_registration(self, registration_id: UUID) -> "PairQuerySet":
        """With this registration on one side."""
        return self.filter(Q(registration_a=registration_id) | Q(registration_b=registration_id))

    def of_run(self, run_id: UUID) -> "PairQuerySet":
        """That this run changed last."""
        return self.filter(last_run=run_id)

    def most_probable_first(self) -> "PairQuerySet":
        """In the order of probability; ids part what is equal."""
        return self.order_by("-probability", "id")


def pairs() -> PairQuerySet:
    """All that may be read, with their organisations and who confirmed."""
    return PairQuerySet(Pair).select_related("organisation_a", "organisation_b", "confirmed_by")


@dataclass(frozen=True, slots=True)
class MyWork:
    """How many pairs wait for the acting member and their organisation."""

    to_decide: int
    strong: int
    """Of those to decide: how sure."""
    likely: int
    to_verify: int
    with_the_other_shore: int
    asked_of_us: int
    came_back: int
    to_reunite: int
    """Verified, and not yet reunited."""


def _asked_about() -> Q:
    question = Verdict.objects.filter(pair=OuterRef("pk"), kind=Act.ASK, version=OuterRef("version"))
    others = question.exclude(organisation=current_actor().organisation_id)
    return Q(Exists(others), state__in=[S.PROPOSED, S.CONFIRMED])


def my_work() -> MyWork:
    """The counts, in one query."""
    shore = current_actor().shore
    proposed, confirmed = Q(state=S.PROPOSED), Q(state=S.CONFIRMED)
    counts = (
        pairs()
        .of_our_organisation()
        .in_state(S.PROPOSED, S.CONFIRMED, S.VERIFIED)
        .aggregate(
            to_decide=Count("id", filter=proposed),
            strong=Count("id", filter=proposed & Q(band=Band.STRONG)),
            likely=Count("id", filter=proposed & Q(band=Band.LIKELY)),
            to_verify=Count("id", filter=confirmed & Q(confirmed_shore=shore.other)),
            with_the_other_shore=Count("id", filter=confirmed & Q(confirmed_shore=shore)),
            came_back=Count("id", filter=proposed & Q(came_back=True)),
            to_reunite=Count("id", filter=Q(state=S.VERIFIED)),
            asked_of_us=Count("id", filter=_asked_about()),
        )
    )
    return MyWork(**counts)


def next_pair(after: UUID | None = None, *, verifying: bool = False) -> Pair | None:
    """The most probable pair that waits for the acting member and that they have not put off; None where none does.

    With ``after``, the pair that was looked at last, what follows it in the order; from the top where nothing does.
    """
    waiting = pairs().waiting_for_my_verification() if verifying else pairs().waiting_for_my_decision()
    waiting = waiting.not_skipped_by_me().most_probable_first()
    last = pairs().filter(pk=after).first() if after else None
    if last is None:
        return waiting.first()
    beyond = Q(probability__lt=last.probability) | Q(probability=last.probability, id__gt=last.id)
    return waiting.filter(beyond).first() or waiting.exclude(pk=last.pk).first()


def rivals_of(pair: Pair) -> list[Pair]:
    """Other pairs of the same link, or of the same child, the most probable first; what is withdrawn is none."""
    same = Q(**{f"person_{_child(pair)}": getattr(pair, f"person_{_child(pair)}")})
    for side in ("a", "b"):
        if link := getattr(pair, f"link_{side}_id"):
            same |= Q(**{f"link_{side}": link})
    others = pairs().filter(same).exclude(pk=pair.pk).exclude(state=S.WITHDRAWN)
    return list(others.most_probable_first()[:MOST_BESIDE])


def siblings_of(pair: Pair) -> list[Pair]:
    """Pairs of other children with the same relative: likely ones, and those that members decided for."""
    child, relative = f"person_{_child(pair)}", "person_b" if _child(pair) == "a" else "person_a"
    likely = Q(state=S.PROPOSED, probability__gte=RULES.sibling_probability)
    found = pairs().filter(likely | Q(state__in=DECIDED_FOR), child_shore=pair.child_shore)
    found = found.filter(**{relative: getattr(pair, relative)}).exclude(**{child: getattr(pair, child)})
    return list(found.most_probable_first()[:MOST_BESIDE])


def _child(pair: Pair) -> str:
    return "a" if pair.child_shore == Shore.FRANCE else "b"
