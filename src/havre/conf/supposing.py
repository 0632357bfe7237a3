# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre what-if``: what a plan would lose or win if a centre closed, places came, or a party went somewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from havre.conf.console import CommandError, progress, say
from havre.conf.placing import Inputs, plan_of_files
from havre.engines.placement import Plan, Question, WrongQuestion, ceiling, replan


@dataclass(frozen=True, slots=True)
class Supposed:
    """As it was written on the command line."""

    close: Sequence[str] = ()
    more: Sequence[str] = ()
    """PLACE=UNITS"""
    never: Sequence[str] = ()
    """PARTY=PLACE"""
    always: Sequence[str] = ()
    """PARTY=PLACE"""


def what_if(files: Sequence[Path], inputs: Inputs, supposed: Supposed) -> str:
    """What the prices tell at once, and what the plan made again is; no file is changed."""
    question = _question(supposed)
    if question == Question():
        raise CommandError(say("what_if_nothing"))
    plan = plan_of_files(files, inputs)
    try:
        most = ceiling(plan, question)
        with progress("what_if_again") as told:
            answer = replan(plan, question)
            told(1.0)
    except WrongQuestion as error:
        raise CommandError(say(f"what_if_{error.mistake}", id=error.about)) from error
    change = most - plan.points
    lines = [
        say("what_if_wins" if change >= 0 else "what_if_loses", ceiling=most, n=abs(change)),
        say("what_if_after", points=answer.after.points, change=f"{answer.after.points - plan.points:+}"),
        say("what_if_waits", n=answer.after.waiting, before=plan.waiting),
        say("what_if_moved", n=len(answer.moved), share=f"{answer.share:.2%}"),
        *_prices(plan, question.more),
    ]
    return "\n".join(lines)


def _prices(plan: Plan, more: Mapping[str, int]) -> list[str]:
    """What one slot more is worth, by the prices, to parties of the sizes that pay most for it."""
    at = {place.id: number for number, place in enumerate(plan.task.places)}
    sizes = sorted({party.people for party in plan.task.parties})
    lines = []
    for place in more:
        price = {people: plan.prices.of(at[place], people) for people in sizes}
        dearest = max(sizes, key=lambda people: price[people] / people)
        lines.append(say("what_if_price", id=place, price=price[dearest], n=dearest))
    return lines


def _question(supposed: Supposed) -> Question:
    more = {}
    for place, units in (_pair(each) for each in supposed.more):
        try:
            more[place] = int(units)
        except ValueError as error:
            raise CommandError(say("what_if_units")) from error
    return Question(
        closed=frozenset(supposed.close),
        more=more,
        never=frozenset(_pair(each) for each in supposed.never),
        always=dict(_pair(each) for each in supposed.always),
    )


def _pair(said: str) -> tuple[str, str]:
    first, sign, second = said.partition("=")
    if not (first and sign and second):
        raise CommandError(say("what_if_pair"))
    return first, second
