# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre place``: parties and places in, a plan out; and whether a plan obeys every rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from havre.conf.console import CommandError, language, progress, say, tell
from havre.conf.plan_files import BestSoFar, check_out, clock, tell_lines, text_of
from havre.engines.placement import (
    Effort,
    Plan,
    Source,
    Task,
    check,
    default_policy_text,
    fairness_of,
    is_compiled,
    plan_text,
    promises,
    read_policy,
    read_task,
    solve,
    solve_fairly,
)

_FILES_TO_PLACE, _FILES_TO_CHECK = 2, 3


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a plan is made from, beside parties and places."""

    policy: Path | None = None
    locks: Path | None = None
    previous: Path | None = None


def place_files(
    files: Sequence[Path], out: Path | None, inputs: Inputs, effort: Effort, seconds: float | None
) -> None:
    """The whole of ``havre place``."""
    if len(files) != _FILES_TO_PLACE or out is None:
        raise CommandError(say("place_what"))
    check_out(out, [path for path in (*files, inputs.policy, inputs.locks) if path])
    texts = _texts(files[0], files[1], inputs)
    task = _task(texts, files, inputs)
    promised = _promised(inputs.previous)
    read_from = {source.value: text for source, text in texts.items()}
    writer = BestSoFar[Plan](out, lambda plan: plan_text(plan, version("havre"), read_from, reasons=False))
    if not is_compiled():
        tell(say("place_first"))
    with progress("placing") as told:
        plan = solve_fairly(
            task, effort=effort, previous=promised, go_on=clock(seconds, told), tell=writer.on_the_way
        )
    writer.write(plan_text(plan, version("havre"), read_from))
    tell(say("placed", **_figures(plan.points, plan.bound, plan.waiting)))
    for line in fairness_of(plan).say(language()):
        tell(line)
    tell(say("wrote", path=out))


def plan_of_files(files: Sequence[Path], inputs: Inputs) -> Plan:
    """A plan that was written before, with the prices of its flow. The order of the three files is free."""
    of_kind = _by_kind(files)
    read_in = _texts(of_kind["parties"], of_kind["places"], inputs)
    task = _task(read_in, (of_kind["parties"], of_kind["places"]), inputs)
    return solve(task, previous=_promised(of_kind["plan"]), go_on=lambda: False)


def _by_kind(files: Sequence[Path]) -> dict[str, Path]:
    of_kind = {_kind_of(text_of(path)): path for path in files}
    if len(files) != _FILES_TO_CHECK or len(of_kind) != _FILES_TO_CHECK:
        raise CommandError(say("place_check_what"))
    return of_kind


def check_files(files: Sequence[Path], inputs: Inputs) -> str:
    """The verdict on a plan in words; CommandError where it breaks a rule. The order of the three files is free."""
    of_kind = _by_kind(files)
    read_in = _texts(of_kind["parties"], of_kind["places"], inputs)
    _task(read_in, (of_kind["parties"], of_kind["places"]), inputs)
    try:
        verdict = check(
            text_of(of_kind["plan"]),
            read_in[Source.PARTIES],
            read_in[Source.PLACES],
            read_in[Source.POLICY],
            read_in[Source.LOCKS],
        )
    except (KeyError, ValueError) as error:
        raise CommandError(say("place_no_plan", path=of_kind["plan"])) from error
    if verdict.broken:
        tell_lines([broken.say(language()) for broken in verdict.broken])
        raise CommandError(say("place_broken", n=len(verdict.broken), path=of_kind["plan"]))
    if verdict.bound is None:
        return say("place_kept_alone", points=verdict.points, n=verdict.waiting)
    return say("place_kept", **_figures(verdict.points, verdict.bound, verdict.waiting))


def _figures(points: int, bound: int, waiting: int) -> dict[str, object]:
    gap = (bound - points) / max(1, abs(bound))
    return {"points": points, "bound": bound, "gap": f"{gap:.3%}", "n": waiting}


def _kind_of(text: str) -> str:
    heads = {head.strip() for head in text.removeprefix("\ufeff").partition("\n")[0].split(",")}
    if "units" in heads:
        return "places"
    return "plan" if {"party_id", "place_id"} <= heads else "parties"


def _texts(parties: Path, places: Path, inputs: Inputs) -> dict[Source, str]:
    return {
        Source.PARTIES: text_of(parties),
        Source.PLACES: text_of(places),
        Source.POLICY: text_of(inputs.policy) if inputs.policy else default_policy_text(),
        Source.LOCKS: text_of(inputs.locks) if inputs.locks else "",
    }


def _task(texts: dict[Source, str], files: Sequence[Path], inputs: Inputs) -> Task:
    """The task; what is wrong is told line by line, before anything is reckoned."""
    names: dict[Source, object] = {
        Source.PARTIES: files[0],
        Source.PLACES: files[1],
        Source.POLICY: inputs.policy,
        Source.LOCKS: inputs.locks,
    }
    policy, remarks = read_policy(texts[Source.POLICY])
    task = None
    if policy is not None:
        task, remarks = read_task(texts[Source.PARTIES], texts[Source.PLACES], policy, texts[Source.LOCKS])
    tell_lines([remark.say(language(), names[remark.source]) for remark in remarks])
    if task is None:
        raise CommandError(say("place_refused"))
    return task


def _promised(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        return promises(text_of(path))
    except ValueError as error:
        raise CommandError(say("place_no_plan", path=path)) from error
