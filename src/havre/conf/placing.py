# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre place``: parties and places in, a plan out; and whether a plan obeys every rule."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from havre.conf.console import CommandError, language, progress, say, tell
from havre.core.exchange import atomic_write, check_writable
from havre.engines.placement import (
    Effort,
    Plan,
    Source,
    Task,
    check,
    default_policy_text,
    plan_text,
    promises,
    read_policy,
    read_task,
    solve,
)

_BETWEEN = 2.0
"""Seconds at least between two writings of a plan that is still getting better."""
_STAGES = 125
"""About how often a search without a time asks whether it may go on."""
_SHOWN = 20
"""Lines of what is wrong; of the rest is told how many there are."""
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
    if out.suffix.lower() != ".csv":
        raise CommandError(say("bad_ending", path=out, endings=".csv"))
    read_from = [path for path in (*files, inputs.policy, inputs.locks) if path]
    if out.resolve() in {path.resolve() for path in read_from}:
        raise CommandError(say("place_over", path=out))
    check_writable(out, language=language())
    texts = _texts(files[0], files[1], inputs)
    task = _task(texts, files, inputs)
    promised = _promised(inputs.previous)
    writer = _Writer(out, {source.value: text for source, text in texts.items()})
    with progress("placing") as told:
        plan = solve(
            task, effort=effort, previous=promised, go_on=_clock(seconds, told), tell=writer.on_the_way
        )
    writer.write(plan, reasons=True)
    tell(say("placed", **_figures(plan.points, plan.bound, plan.waiting)))
    tell(say("wrote", path=out))


def check_files(files: Sequence[Path], inputs: Inputs) -> str:
    """The verdict on a plan in words; CommandError where it breaks a rule. The order of the three files is free."""
    texts = {path: _text(path) for path in files}
    kinds = {path: _kind_of(text) for path, text in texts.items()}
    of_kind = {kind: path for path, kind in kinds.items()}
    if len(files) != _FILES_TO_CHECK or len(of_kind) != _FILES_TO_CHECK:
        raise CommandError(say("place_check_what"))
    read_in = _texts(of_kind["parties"], of_kind["places"], inputs)
    _task(read_in, (of_kind["parties"], of_kind["places"]), inputs)
    try:
        verdict = check(
            texts[of_kind["plan"]],
            read_in[Source.PARTIES],
            read_in[Source.PLACES],
            read_in[Source.POLICY],
            read_in[Source.LOCKS],
        )
    except (KeyError, ValueError) as error:
        raise CommandError(say("place_no_plan", path=of_kind["plan"])) from error
    if verdict.broken:
        _tell([broken.say(language()) for broken in verdict.broken])
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


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CommandError(say("not_read", path=path, said=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise CommandError(say("place_not_text", path=path)) from error


def _texts(parties: Path, places: Path, inputs: Inputs) -> dict[Source, str]:
    return {
        Source.PARTIES: _text(parties),
        Source.PLACES: _text(places),
        Source.POLICY: _text(inputs.policy) if inputs.policy else default_policy_text(),
        Source.LOCKS: _text(inputs.locks) if inputs.locks else "",
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
    _tell([remark.say(language(), names[remark.source]) for remark in remarks])
    if task is None:
        raise CommandError(say("place_refused"))
    return task


def _tell(lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        tell(line)
    if len(lines) > _SHOWN:
        tell(say("more_remarks", n=len(lines) - _SHOWN))


def _promised(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        return promises(_text(path))
    except ValueError as error:
        raise CommandError(say("place_no_plan", path=path)) from error


def _clock(seconds: float | None, told: Callable[[float], None]) -> Callable[[], bool]:
    """Whether the search may go on; the bar is told how far it is."""
    begun, asked = time.monotonic(), 0

    def go_on() -> bool:
        nonlocal asked
        asked += 1
        passed = time.monotonic() - begun
        told(min(1.0, passed / seconds if seconds else asked / _STAGES))
        return seconds is None or passed < seconds

    return go_on


class _Writer:
    """Writes a plan while it gets better, so that whoever stops the command keeps the best so far and its bound."""

    def __init__(self, out: Path, inputs: dict[str, str]) -> None:
        self.out, self.inputs = out, inputs
        self.next = 0.0

    def on_the_way(self, plan: Plan) -> None:
        if time.monotonic() >= self.next:
            self.write(plan, reasons=False)
            self.next = time.monotonic() + _BETWEEN

    def write(self, plan: Plan, *, reasons: bool) -> None:
        text = plan_text(plan, version("havre"), self.inputs, reasons=reasons)
        with atomic_write(self.out, language=language()) as file:
            file.write(text.encode("utf-8"))
