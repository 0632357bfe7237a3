# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre place coaches``: a plan in, coaches out; and whether coaches obey every rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from havre.conf.console import CommandError, language, progress, say, tell
from havre.conf.plan_files import BestSoFar, check_out, clock, tell_lines, text_of
from havre.engines.placement import Source
from havre.engines.placement.coaches import (
    Coaches,
    Hindrance,
    Task,
    Wish,
    check,
    coaches_text,
    default_policy_text,
    get_ready,
    is_compiled,
    read_policy,
    read_task,
    solve,
)

_FILES_TO_DEAL, _FILES_TO_CHECK = 3, 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What coaches are made by, beside the three files."""

    policy: Path | None = None
    first_day: str = ""
    seconds: float | None = None


def coach_files(files: Sequence[Path], out: Path | None, asked: Asked) -> None:
    """The whole of ``havre place coaches``: a plan, its parties and its places, in this order."""
    if len(files) != _FILES_TO_DEAL or out is None:
        raise CommandError(say("coaches_what"))
    _check_day(asked.first_day)
    check_out(out, [path for path in (*files, asked.policy) if path])
    texts = _texts(files, asked.policy)
    task = _task(texts, files, asked.policy)
    inputs = {source.value: text for source, text in texts.items()}

    def text(made: Coaches) -> str:
        return coaches_text(made, version("havre"), inputs)

    writer = BestSoFar(out, text)
    wish = Wish(asked.first_day, endless=asked.seconds is not None)
    if not is_compiled():
        tell(say("coaches_first"))
        get_ready()
    with progress("coaching") as told:
        by_clock, by_steps = (told, _untold) if asked.seconds else (_untold, told)
        made = solve(task, wish, go_on=clock(asked.seconds, by_clock), tell=writer.on_the_way, at=by_steps)
    writer.write(text(made))
    figures: dict[str, object] = {
        "bound": made.bound,
        "gap": f"{made.gap:.2%}",
        "km": made.km,
        "km_bound": made.km_bound,
    }
    tell(say("coached", n=len(made.coaches), **figures))
    _tell_halves(made)
    if made.stranded:
        tell(say("coaches_stranded", n=made.stranded))
    tell(say("wrote", path=out))


def check_coach_files(files: Sequence[Path], policy: Path | None) -> str:
    """The verdict on coaches in words; CommandError where they break a rule. The first file is theirs."""
    if len(files) != _FILES_TO_CHECK:
        raise CommandError(say("coaches_check_what"))
    texts = _texts(files[1:], policy)
    _task(texts, files[1:], policy)
    try:
        verdict = check(text_of(files[0]), *(texts[source] for source in (*_SOURCES, Source.POLICY)))
    except (KeyError, ValueError) as error:
        raise CommandError(say("coaches_not", path=files[0])) from error
    if verdict.broken:
        tell_lines([broken.say(language()) for broken in verdict.broken])
        raise CommandError(say("place_broken", n=len(verdict.broken), path=files[0]))
    if verdict.stranded:
        tell(say("coaches_stranded", n=verdict.stranded))
    if verdict.bound is None:
        return say("coaches_kept_alone", n=verdict.coaches, km=verdict.km)
    return say("coaches_kept", n=verdict.coaches, km=verdict.km, bound=verdict.bound)


_SOURCES = (Source.PLAN, Source.PARTIES, Source.PLACES)


def _untold(_: float) -> None:
    """The bar hears of the share that is done from elsewhere."""


def _check_day(said: str) -> None:
    try:
        right = not said or date.fromisoformat(said).isoformat() == said
    except ValueError:
        right = False
    if not right:
        raise CommandError(say("coaches_day"))


def _texts(files: Sequence[Path], policy: Path | None) -> dict[Source, str]:
    found = {source: text_of(path) for source, path in zip(_SOURCES, files, strict=True)}
    return {**found, Source.POLICY: text_of(policy) if policy else default_policy_text()}


def _task(texts: dict[Source, str], files: Sequence[Path], policy: Path | None) -> Task:
    """The task; what is wrong is told line by line, before anything is reckoned."""
    names: dict[Source, object] = {**dict(zip(_SOURCES, files, strict=True)), Source.POLICY: policy}
    rules, remarks = read_policy(texts[Source.POLICY])
    task = None
    if rules is not None:
        plan, parties, places = (texts[source] for source in _SOURCES)
        task, remarks = read_task(plan, parties, places, rules)
    tell_lines([remark.say(language(), names[remark.source]) for remark in remarks])
    if task is None:
        raise CommandError(say("coaches_refused"))
    return task


def _tell_halves(made: Coaches) -> None:
    """How many coaches are half empty, by what keeps others out."""
    mains = [coach.why.main for coach in made.coaches if coach.why]
    if mains:
        tell(say("coaches_half", n=len(mains)))
    for what in Hindrance:
        if n := mains.count(what):
            tell("  " + say(f"coaches_half_{what}", n=n))
