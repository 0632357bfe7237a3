# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events in, deadlines out. No clock of its own: the day that it is comes from the caller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from havre.engines.pathways.ages import Interval
from havre.engines.pathways.counting import day_in, end_of_day, period_end
from havre.engines.pathways.deadlines import Counted, Deadline, Due, Event
from havre.engines.pathways.facts import Known
from havre.engines.pathways.model import ClockRule, Count, Rulebook
from havre.engines.pathways.rulebook import rulebook
from havre.engines.pathways.vocabulary import Shore, Text


def clocks(
    events: Iterable[Event],
    on_day: date,
    *,
    requesting: Shore = Shore.FRANCE,
    route: str = "",
    rules: Rulebook | None = None,
) -> tuple[Deadline, ...]:
    """Every deadline that ``events`` of one case make, as it stands on ``on_day``, the nearest first.

    Events of a later day have not happened. ``requesting`` is the shore on which the child is. ``route`` is the route
    that the request is made under; where it is not said, what holds for ordinary requests does. An answer by silence is
    an event like others: what runs from an answer runs from it. A case that began while an instrument was in force goes
    on under it. ValueError for an event that is not in the vocabulary.
    """
    rules = rules or rulebook()
    known = _happened(events, on_day, requesting, rules)
    found = []
    # What silence makes happen is known before anything is counted from it.
    for rule in sorted(rules.clocks, key=lambda rule: rule.silence is None):
        case = _Case(known, on_day, requesting, route, rules)
        if deadline := case.deadline(rule):
            found.append(deadline)
            if deadline.silent and rule.silence and deadline.ends_at:
                # The answer is there when the last day is over, and counts as one of that day: the cautious reading.
                at = deadline.ends_at - datetime.resolution
                silent = Event(rule.silence.becomes, at, by_silence=True)
                known = sorted([*known, silent], key=_order)
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.rule.key)))


def facts_of_events(
    events: Iterable[Event], on_day: date, *, requesting: Shore = Shore.FRANCE, rules: Rulebook | None = None
) -> dict[str, Known]:
    """The facts that events up to ``on_day`` answer: the day of the first such event, on ``requesting``'s calendar."""
    rules = rules or rulebook()
    zone = rules.vocabulary.zone(requesting)
    days = {
        event.what: day_in(zone, event.at) for event in reversed(_happened(events, on_day, requesting, rules))
    }
    return {
        fact.key: Interval(days[fact.event], days[fact.event])
        for fact in rules.vocabulary.facts.values()
        if fact.event in days
    }


def _order(event: Event) -> tuple[datetime, str]:
    return event.at, event.what


def _happened(events: Iterable[Event], on_day: date, requesting: Shore, rules: Rulebook) -> list[Event]:
    """Events up to a day of the shore where the child is, in order; ValueError for one that is no word of the rules."""
    known = sorted(events, key=_order)
    if odd := {event.what for event in known} - rules.vocabulary.events.keys():
        raise ValueError(f"no such event: {', '.join(sorted(odd))}")
    zone = rules.vocabulary.zone(requesting)
    return [event for event in known if day_in(zone, event.at) <= on_day]


@dataclass(frozen=True, slots=True)
class _Case:
    events: Sequence[Event]
    on_day: date
    requesting: Shore
    route: str
    rules: Rulebook

    def shore(self, role: str) -> Shore:
        return {"requesting": self.requesting, "requested": self.requesting.other}[role]

    def zone(self, count: Count) -> tzinfo:
        return self.rules.vocabulary.zone(self.shore(count.day_in))

    def of(self, *kinds: str) -> list[Event]:
        return [event for event in self.events if event.what in kinds]

    def applies(self, rule: ClockRule) -> bool:
        """Whether the rule is one for this case at all."""
        return (
            (not rule.routes or self.route in rule.routes)
            and self.route not in rule.not_routes
            and (not rule.needs_any or bool(self.of(*rule.needs_any)))
            and not self.of(*rule.unless)
            and rule.only_on in (None, self.requesting)
            and rule.only_by in (None, self.requesting.other)
        )

    def deadline(self, rule: ClockRule) -> Deadline | None:
        counted = self.counted(rule) if self.applies(rule) else []
        if not counted:
            return None
        chosen = (max if rule.latest else min)(counted, key=lambda each: each.end)
        zone = self.zone(chosen.count)
        begun = min(each.event.at for each in counted)
        # Silence is no act: whoever had to act has not done so.
        acts = [each for each in self.of(*rule.done) if each.at >= begun and not each.by_silence]
        done = acts[0] if acts else None
        state = self.state(rule, chosen, done)
        due = None if state is Due.SUSPENDED else chosen.end
        return Deadline(
            rule=rule,
            state=state,
            due=due,
            ends_at=end_of_day(zone, due) if due else None,
            calendar=self.shore(chosen.count.day_in),
            actor=self.shore(rule.who) if rule.who in ("requesting", "requested") else None,
            who=self.who(rule),
            counted=chosen,
            also=tuple(each for each in counted if each is not chosen),
            done=done,
            silent=rule.silence is not None and state in (Due.OVERDUE, Due.LATE),
        )

    def who(self, rule: ClockRule) -> Text:
        words = self.rules.vocabulary
        return words.actors.get(rule.who) or words.shores[self.shore(rule.who)].text

    def state(self, rule: ClockRule, chosen: Counted, done: Event | None) -> Due:
        if done:
            return Due.MET if day_in(self.zone(chosen.count), done.at) <= chosen.end else Due.LATE
        suspended = self.of(rule.suspended_by)
        resumed = self.of(rule.resumed_by)
        if suspended and not (resumed and resumed[-1].at >= suspended[-1].at):
            return Due.SUSPENDED
        return Due.OVERDUE if self.on_day > chosen.end else Due.WAITING

    def counted(self, rule: ClockRule) -> list[Counted]:
        """The counts of a rule whose events happened; an extension counts only if it came before the time was up."""
        plain = [each for count in rule.counts if not count.only_after and (each := self.count(rule, count))]
        if not plain:
            return []
        last = max(plain, key=lambda each: each.end)
        zone, found = self.zone(last.count), list(plain)
        for count in rule.counts:
            firsts = [self.of(kind)[:1] for kind in count.only_after]
            in_time = all(first and day_in(zone, first[0].at) <= last.end for first in firsts)
            if firsts and in_time and (each := self.count(rule, count)):
                found.append(each)
        return found

    def count(self, rule: ClockRule, count: Count) -> Counted | None:
        starts = self.of(count.event)
        if not starts:
            return None
        event = starts[0] if count.first else starts[-1]
        day = day_in(self.zone(count), event.at)
        begun = day_in(self.zone(count), self.events[0].at)
        in_force = rule.valid.opens <= day and (rule.valid.closes is None or begun <= rule.valid.closes)
        if not in_force or any(earlier.at <= event.at for earlier in self.of(*rule.not_after)):
            return None
        return Counted(
            count=count,
            event=event,
            event_text=self.rules.vocabulary.events[count.event],
            day=day,
            end=period_end(day, count.period, event_day_counts=rule.event_day_counts),
        )
