# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The letters of a decision on their way out of the house: to the child, and to a lawyer. Drafts make none."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from havre.apps.cases.actions.errors import NoSuchCase
from havre.apps.cases.enums import WORDS, Answer, Factor, Manner
from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.queries import DecisionView, decision_view
from havre.core.access import check
from havre.core.audit import record, record_handed
from havre.core.clock import now
from havre.core.letters import pdf
from havre.core.ui.telling import day
from havre.words import Language

_CHILD = "havre.apps.cases/letters/child.typ"
_REASONED = "havre.apps.cases/letters/reasoned.typ"
Section = dict[str, Any]


def letter_to_child(decision_id: UUID, language: Language) -> bytes:
    """The letter to the child, as PDF/UA: in ``language``, and behind it in the other one.

    What the decision says in its own words stands in the language in which it was written, and says so in the other.
    """
    view = _decided(decision_id, language)
    _record(view, "letter")
    other = next(each for each in Language if each is not language)
    both = [view, _decided(decision_id, other)]
    data = {
        "title": WORDS.say(language, "letter_title"),
        "organisation": view.decision.organisation.name,
        "letters": [told_to_child(one, spoken) for one, spoken in zip(both, (language, other), strict=True)],
    }
    return pdf(_CHILD, data, language, made_at=now().replace(microsecond=0))


def reasoned_decision(decision_id: UUID, language: Language) -> bytes:
    """The whole decision with each criterion, its rule and its reason, as PDF/UA, in one language."""
    view = _decided(decision_id, language)
    _record(view, "reasoned")
    data = {
        "title": WORDS.say(language, "reasoned_title"),
        "organisation": view.decision.organisation.name,
        "head": _head(view, language),
        "columns": [WORDS.say(language, f"column_{name}") for name in ("criterion", "result", "reason")],
        "rows": [
            {
                "cite": each.condition.origin.cite.say(language),
                "rule": each.condition.text.say(language),
                "result": each.result.label(language),
                "reason": each.reason,
            }
            for each in view.tested
        ],
        "written_in": view.decision.written_in,
        "sections": list(reasons_told(view, language)),
    }
    return pdf(_REASONED, data, language, made_at=now().replace(microsecond=0))


def _record(view: DecisionView, form: str) -> None:
    """That a letter left the house, and whom it speaks of: who withdraws consent is told of it."""
    decision, case = view.decision, view.decision.case
    record("export", table="cases_decision", row=decision.pk, format=form)
    spoken_of = [(decision.pk, each) for each in (case.registration_id, case.family_id) if each]
    record_handed("cases_decision", spoken_of, format=form)


def _decided(decision_id: UUID, language: Language) -> DecisionView:
    check(READ_CASES)
    view = decision_view(decision_id, language)
    if view is None or view.is_draft:
        raise NoSuchCase
    return view


def told_to_child(view: DecisionView, language: Language) -> Section:
    """What the letter to the child says in one language, as ``letters/child.typ`` wants it."""
    decision = view.decision
    agreed = decision.agreed_on or decision.decided_on
    return {
        "language": language.value,
        "title": WORDS.say(language, "letter_title"),
        "dear": WORDS.say(language, "letter_dear", name=view.pair.child),
        "paragraphs": [
            WORDS.say(
                language, f"letter_{decision.answer}", relative=view.pair.relative, day=day(agreed, language)
            )
        ],
        "own": _own(view, language),
        "written_in": decision.written_in,
        "sections": list(_for_child(view, language)),
        "closing": [WORDS.say(language, "letter_closing", organisation=decision.organisation.name)],
    }


def _own(view: DecisionView, language: Language) -> str:
    """What introduces words that stand in another language than the letter."""
    if view.decision.written_in == language:
        return ""
    return WORDS.say(language, "letter_as_written")


def _for_child(view: DecisionView, language: Language) -> Iterator[Section]:
    decision = view.decision
    yield _section("why", language, own=[decision.in_short])
    failed = [each for each in view.tested if each.result.fails]
    if failed:
        yield _section("what_failed", language, own=[each.reason for each in failed])
    if view.missing:
        yield _section("what_helps", language, own=[f"{what}: {how}" for what, how in view.missing])
    yield _section("you_said", language, own=[decision.views])
    until = WORDS.say(language, "letter_until", day=day(decision.again_until, language))
    yield _section("ask_again", language, said=[until], own=[decision.again_how])
    yield _section("who_helps", language, own=[decision.helper])


def reasons_told(view: DecisionView, language: Language) -> Iterator[Section]:
    """What the reasoned decision says below its criteria."""
    decision = view.decision
    yield _section("why", language, own=[decision.in_short])
    yield _section("seen", language, own=view.seen)
    yield _section("missing", language, own=[f"{what}: {how}" for what, how in view.missing])
    for factor in Factor:
        yield {"heading": factor.label(language), "said": [], "own": [decision.weighs(factor)]}
    until = WORDS.say(language, "letter_until", day=day(decision.again_until, language))
    yield _section("ask_again", language, said=[until], own=[decision.again_how])
    yield _section("who_helps", language, own=[decision.helper])
    yield _section("telling", language, said=[_telling(view, language)])


def _section(key: str, language: Language, said: Sequence[str] = (), own: Sequence[str] = ()) -> Section:
    return {"heading": WORDS.say(language, f"heading_{key}"), "said": list(said), "own": list(own)}


def _telling(view: DecisionView, language: Language) -> str:
    decision = view.decision
    telling = getattr(decision, "telling", None)
    if telling is None:
        manner = Manner(decision.telling_manner).label(language)
        return WORDS.say(language, "to_be_told", language=decision.telling_language, manner=manner)
    manner = Manner(telling.manner).label(language)
    on = day(telling.told_on, language)
    return WORDS.say(
        language, "was_told", who=telling.told_by, day=on, language=telling.language, manner=manner
    )


def _head(view: DecisionView, language: Language) -> list[list[str]]:
    decision = view.decision
    said = {
        "child": view.pair.child,
        "born": view.born,
        "reference": view.reference,
        "relative": view.pair.relative,
        "relation": view.pair.relation,
        "route": f"{view.route.origin.cite.say(language)}. {view.route.text.say(language)}",
        "answer": Answer(decision.answer).label(language),
        "decided": day(decision.agreed_on or decision.decided_on, language),
        "by": f"{decision.organisation.name}, {view.shore.label(language)}",
    }
    return [[WORDS.say(language, f"head_{name}"), text] for name, text in said.items() if text]
