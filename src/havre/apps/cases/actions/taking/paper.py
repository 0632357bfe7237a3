# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dossier: what ``case.json`` says, section by section, as ``letters/dossier.typ`` wants it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from havre.apps.cases.actions.taking.clerk import Block, Cell, Clerk
from havre.apps.cases.enums import Factor
from havre.core.exchange.bundle import shape
from havre.core.exchange.vocabulary import find_country
from havre.core.ui.telling import both_clocks
from havre.words import Language

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def on_paper(file: shape.CaseFile, language: Language) -> dict[str, Any]:
    """What the template tells, in ``language``; words of somebody's own in the language in which they were written."""
    clerk = _Dossier(language)
    name = file.case.child.reference or str(file.case.id)
    return {
        "title": clerk.say("title", reference=name),
        "organisation": file.made_by.name,
        "lead": list(clerk.lead(file)),
        "index": clerk.say("index"),
        "sections": list(clerk.sections(file.case)),
    }


class _Dossier(Clerk):
    """One case in one language."""

    # --- the case ----------------------------------------------------------------------------------------------------

    def lead(self, file: shape.CaseFile) -> Iterator[str]:
        made = both_clocks(file.made_at, self.language)
        yield self.say("lead_made", organisation=file.made_by.name, moment=made)
        yield self.say("lead_reads", day=self.day(file.on_day))
        yield self.say("lead_left_out")

    def sections(self, case: shape.Case) -> Iterator[Block]:
        yield self.section(self.say("section_standing"), self.standing(case))
        yield self.section(self.say("section_child"), self.person(case.child))
        yield self.section(self.say("section_relative"), self.person(case.relative))
        yield self.section(self.say("section_clocks"), self.clocks(case))
        yield self.section(self.say("section_history"), self.history(case))
        yield self.section(self.say("section_decisions"), self.nothing(case.decisions))
        for decision in case.decisions:
            yield from self.decision(decision)
        yield self.section(self.say("section_statements"), self.nothing(case.statements))
        for statement in case.statements:
            yield self.statement(statement)
        yield self.section(self.say("section_known"), self.known(case))
        yield self.section(self.say("section_routes"), ())
        for route in case.routes:
            yield self.section(self.text(route.cite), self.route(route), depth=2)

    def nothing(self, found: Sequence[object]) -> Iterator[Block]:
        if not found:
            yield self.words(self.say("nothing"))

    def standing(self, case: shape.Case) -> Iterator[Block]:
        state = self.text(case.state)
        route = next((each for each in case.routes if each.key == case.route), None)
        yield from self.lines(
            [
                (self.say("line_state"), self.say("by_silence", state=state) if case.by_silence else state),
                (self.say("line_opened"), both_clocks(case.opened_at, self.language)),
                (self.say("line_asks"), self.organisation(case.asks)),
                (self.say("line_asked"), self.organisation(case.asked)),
                (self.say("line_relation"), self.text(case.relation)),
                (
                    self.say("line_route"),
                    f"{self.text(route.cite)}. {self.text(route.text)}" if route else "",
                ),
            ]
        )

    def organisation(self, said: shape.Organisation | None) -> str:
        return f"{said.name}, {self.text(said.shore)}" if said else ""

    def person(self, person: shape.Person) -> Iterator[Block]:
        if person.registration is None:
            yield self.words(self.say("glimpsed"))
        country = find_country(person.nationality)
        yield from self.lines(
            [
                (self.say("line_names"), " · ".join(person.names)),
                (self.say("line_reference"), person.reference),
                (self.say("line_born"), "–".join(map(str, dict.fromkeys(person.born_between or ())))),
                (
                    self.say("line_nationality"),
                    country.label(self.language) if country else person.nationality,
                ),
                (self.say("line_birthplace"), person.birthplace),
                (self.say("line_language"), person.language),
                *((self.say("line_says"), self.said(each)) for each in person.says),
            ]
        )
        if person.born:
            yield from self.table("birth method true_on", (3, 2, 2), map(self.birth, person.born))
        if person.documents:
            yield from self.table(
                "document number issued_by file", (3, 2, 2, 4), map(self.paper, person.documents)
            )

    def said(self, said: shape.Said) -> str:
        return ", ".join(filter(None, (self.text(said.relation), said.names)))

    def birth(self, birth: shape.Birth) -> Sequence[Cell]:
        days = "–".join(map(self.day, dict.fromkeys((birth.earliest, birth.latest))))
        method = self.text(birth.method)
        return (
            days,
            self.say("disputed", method=method) if birth.disputed else method,
            self.day(birth.true_on),
        )

    def paper(self, paper: shape.Document) -> Sequence[Cell]:
        return paper.kind, paper.number, paper.issued_by, paper.attachment or self.text(paper.left_out)

    def clocks(self, case: shape.Case) -> Iterator[Block]:
        yield from self.table("what who due why follows", (4, 2, 2, 3, 3), map(self.clock, case.clocks))

    def clock(self, clock: shape.Clock) -> Sequence[Cell]:
        what = self.text(clock.text)
        due = f"{self.day(clock.due)} ({self.text(clock.state)})" if clock.due else self.text(clock.state)
        return (
            what if clock.binding else self.say("promise", what=what),
            self.text(clock.who),
            due,
            f"{self.text(clock.cite)} ({self.text(clock.sure)}); {self.day(clock.counted_on)}",
            self.text(clock.follows),
        )

    def history(self, case: shape.Case) -> Iterator[Block]:
        """The timeline of both shores, each act with the moment at which it was written down."""
        yield from self.table("day event by recorded", (2, 4, 3, 4), map(self.event, case.events))

    def event(self, event: shape.Event) -> Sequence[Cell]:
        by = f"{event.organisation}, {self.text(event.shore)}"
        recorded = both_clocks(event.recorded_at, self.language)
        return self.day(event.happened_on), self.text(event.kind), by, recorded

    def known(self, case: shape.Case) -> Iterator[Block]:
        rows = ((self.text(each.text), self.text(each.means), self.whence(each)) for each in case.facts)
        yield from self.table("fact value whence", (4, 2, 3), rows)

    def whence(self, fact: shape.Fact) -> str:
        return "; ".join(filter(None, (self.text(fact.whence), fact.how)))

    def route(self, route: shape.Route) -> Iterator[Block]:
        yield from self.lines(
            [
                (self.say("line_route"), self.text(route.text)),
                (self.say("line_answer"), self.text(route.answer)),
                (self.say("line_in_force"), self.say(f"value_{'yes' if route.in_force else 'no'}")),
                (self.say("line_missing"), ", ".join(map(self.text, route.missing))),
                (self.say("line_sure"), self.text(route.sure)),
                *((self.say("line_source"), f"{self.text(each.name)}, {each.url}") for each in route.sources),
            ]
        )
        rows = (
            (self.text(each.text), self.text(each.state), f"{self.text(each.cite)} ({self.text(each.sure)})")
            for each in route.conditions
        )
        yield from self.table("condition state why", (4, 2, 3), rows)

    # --- what was decided and said -----------------------------------------------------------------------------------

    def decision(self, said: shape.Decision) -> Iterator[Block]:
        """Whole: nothing of it is shortened here."""
        own, again = said.written_in, self.say("again_until", day=self.day(said.again_until))
        answer = self.text(said.answer)
        heading = self.say("decision", answer=answer[:1].upper() + answer[1:], day=self.day(said.agreed_on))
        yield self.section(
            heading,
            [
                *self.lines(
                    [
                        (self.say("line_by"), f"{said.organisation}, {self.text(said.shore)}"),
                        (self.say("line_drafted"), self.day(said.decided_on)),
                        (self.say("line_agreed"), self.day(said.agreed_on)),
                        (self.say("line_in_short"), (said.in_short, own)),
                    ]
                ),
                *self.table(
                    "criterion result reason",
                    (4, 2, 4),
                    (
                        (
                            f"{self.text(each.cite)}: {self.text(each.text)}",
                            self.text(each.result),
                            (each.reason, own),
                        )
                        for each in said.criteria
                    ),
                ),
                *self.lines(
                    [
                        *((self.say("line_seen"), (each.what, own)) for each in said.evidence_seen),
                        *(
                            (self.say("line_evidence_missing"), (f"{each.what}: {each.how}", own))
                            for each in said.evidence_missing
                        ),
                        *(
                            (factor.label(self.language), (str(getattr(said, factor.value)), own))
                            for factor in Factor
                        ),
                        (self.say("line_again"), again),
                        (self.say("line_again"), (said.again_how, own)),
                        (self.say("line_helper"), (said.helper, own)),
                        (self.say("line_told"), self.telling(said)),
                    ]
                ),
            ],
            depth=2,
        )

    def telling(self, said: shape.Decision) -> str:
        if said.told is None:
            manner = self.text(said.telling_manner)
            return self.say("not_told", language=said.telling_language, manner=manner)
        told = said.told
        return self.say(
            "was_told",
            day=self.day(told.told_on),
            who=told.told_by,
            language=told.language,
            manner=self.text(told.manner),
            organisation=told.organisation,
        )

    def statement(self, said: shape.Statement) -> Block:
        own = said.written_in or ""
        by = f"{said.organisation}, {self.text(said.shore)}; {both_clocks(said.recorded_at, self.language)}"
        rows: list[tuple[str, Cell]] = [(self.say("line_by"), by)]
        rows += [(self.text(each.label), self.value(each, own)) for each in said.says]
        rows.append((self.say("line_file"), said.attachment or ""))
        return self.section(self.text(said.kind), self.lines(rows), depth=2)

    def value(self, line: shape.Line, own: str) -> Cell:
        """What a statement says: a day and a yes in words, somebody's own words in their language."""
        if line.means:
            return self.text(line.means)
        if line.value in ("true", "false"):
            return self.say(f"value_{'yes' if line.value == 'true' else 'no'}")
        if _DAY.fullmatch(line.value):
            with suppress(ValueError):  # it only looks like a day
                return self.day(date.fromisoformat(line.value))
        return line.value, own
