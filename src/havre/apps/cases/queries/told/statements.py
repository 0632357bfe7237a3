# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members added to a case beside events, facts and decisions: each whole, line by line."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from havre.apps.cases.enums import (
    Answer,
    AnswerSource,
    Channel,
    ClosingReason,
    Factor,
    PartedWhy,
    PlanPart,
    RepresentativeKind,
)
from havre.apps.cases.models import (
    Assessment,
    Case,
    Closing,
    Determination,
    Exchange,
    FollowUp,
    GroupStep,
    OutsideAnswer,
    PlanStep,
    Representative,
    Said,
    Spoken,
    TransferPlan,
)
from havre.apps.cases.queries.told.people import Place
from havre.apps.cases.queries.told.words import WORDS, both, own_word, word
from havre.core.accounts.enums import Shore
from havre.core.exchange.bundle import shape

Value = str | bool | int | date | UUID | shape.Word | None
Lines = list[tuple[str, Value]]
"""The key of each line's label, and what it says; a line that says nothing is left out."""


STATEMENTS: tuple[type[Said], ...] = (
    OutsideAnswer,
    GroupStep,
    Representative,
    Spoken,
    Assessment,
    Determination,
    TransferPlan,
    PlanStep,
    FollowUp,
    Closing,
)
"""The tables of what members say, beside those that the case tells in a way of its own."""


def statements_told(case: Case, exchanges: Iterable[Exchange], place: Place) -> tuple[shape.Statement, ...]:
    """Every one, in the order in which they were written down; ``place`` says where the file of a proof goes."""
    found: list[Said] = [*exchanges]
    for table in STATEMENTS:
        found += table._default_manager.filter(case=case).select_related("organisation")
    in_order = sorted(found, key=lambda each: (each.recorded_at, each.pk))
    return tuple(_statement(each, place) for each in in_order)


def _statement(said: Said, place: Place) -> shape.Statement:
    kind, where = str(said._meta.model_name), place(said) if isinstance(said, Exchange) else None
    missing: Value = where if isinstance(where, shape.Word) else None
    lines = [*_lines(said), ("left_out", missing)]
    return shape.Statement(
        id=said.pk,
        kind=own_word(f"statement_{kind}", kind),
        organisation=said.organisation.name,
        shore=word(Shore(said.shore)),
        recorded_at=said.recorded_at,
        event=getattr(said, "event_id", None),
        written_in=getattr(said, "written_in", None),
        says=tuple(_line(key, value) for key, value in lines if value not in (None, "")),
        attachment=where if isinstance(where, str) else None,
    )


def _line(key: str, value: Value) -> shape.Line:
    label = both(lambda language: WORDS.say(language, f"said_{key}"))
    means: shape.Text | None = None
    if isinstance(value, shape.Word):
        written, means = value.word, shape.Text(en=value.en, fr=value.fr)
    elif isinstance(value, bool):
        written = str(value).lower()
    else:
        written = str(value)  # a day as ISO 8601 writes it
    return shape.Line(key=key, label=label, value=written, means=means)


def _lines(said: Said) -> Lines:
    match said:
        case OutsideAnswer():
            return [
                ("answer", word(Answer(said.answer))),
                ("words_given", said.words),
                ("answered_on", said.answered_on),
                ("source", word(AnswerSource(said.source))),
                ("source_said", said.source_said),
            ]
        case Exchange():
            return [
                ("channel", word(Channel(said.how))),
                ("reference", said.reference),
                ("sha256", said.sha256),
            ]
        case GroupStep():
            why = word(PartedWhy(said.why)) if said.why else None
            return [
                ("joined", said.joined),
                ("group", said.group),
                ("reasons", said.reasons),
                ("why", why),
            ]
        case Representative():
            # How they are reached is left out: it may be where the child is.
            return [
                ("role", word(RepresentativeKind(said.kind))),
                ("name", said.name),
                ("since", said.since),
            ]
        case Spoken():
            return [("language", said.language), ("interpreter", said.interpreter), ("note", said.note)]
        case Closing():
            reason = word(ClosingReason(said.reason)) if said.reason else None
            return [("reason", reason), ("words", said.words)]
    return _of_care(said) or _of_the_journey(said)


def _of_care(said: Said) -> Lines:
    match said:
        case Assessment():
            return [
                ("assessed_on", said.assessed_on),
                ("took_part", said.took_part),
                *((each.value, str(getattr(said, each.value))) for each in Factor),
                ("conclusion", said.conclusion),
            ]
        case Determination():
            present = (", ".join(filter(None, (each["name"], each["of"]))) for each in said.panel)
            return [
                ("held_on", said.held_on),
                ("panel", "; ".join(present)),
                *(("option", f"{each['option']}: {each['weighed']}") for each in said.options),
                ("views", said.views),
                ("determined", said.determined),
                ("apart", said.apart),
                ("dissent", said.dissent),
                ("review_on", said.review_on),
            ]
    return []


def _of_the_journey(said: Said) -> Lines:
    match said:
        case TransferPlan():
            return [("travels_on", said.travels_on), ("journey", said.journey)]
        case PlanStep():
            return [
                ("part", word(PlanPart(said.part))),
                ("who", said.who),
                ("on_day", said.on_day),
                ("confirmed", said.confirmed),
            ]
        case FollowUp():
            return [
                ("weeks", said.weeks),
                ("seen_by", said.seen_by),
                ("well", said.well),
                ("words", said.words),
            ]
    return []
