# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre scenario`` and ``havre demo``: a synthetic Calais, matched, with a report."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from havre.conf.console import WORDS, CommandError, language, progress, say, tell
from havre.conf.matching import propose, read, summarise
from havre.core.exchange import atomic_write, write_list, write_pairs
from havre.core.exchange.vocabulary import countries
from havre.engines.linkage import Pair, ShoreList
from havre.scenario import Scenario, ScenarioError, make_scenario, write_truth
from havre.words import Language

if TYPE_CHECKING:
    from havre.apps.tracing.report import Truth

PEOPLE, SEED = 6500, 2016


def folder(path: Path) -> Path:
    """The folder, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(say("no_folder", path=path, why=error.strerror or type(error).__name__)) from error
    return path


def write_scenario(out: Path, people: int = PEOPLE, seed: int = SEED) -> Scenario:
    """The lists of both shores and the truth, in folders below ``out``."""
    try:
        with progress("imagining") as told:
            made = make_scenario(people, seed, progress=told)
    except ScenarioError as error:
        raise CommandError(error.say(language())) from error
    for name, lst in (("france", made.france), ("britain", made.britain)):
        write_list(lst, folder(out / name))
    write_truth(made.truth, out)
    return made


def demo(out: Path) -> None:
    """The scenario's lists, read as any user's would be, matched, and told in a report and a workbook."""
    made = write_scenario(folder(out) / "lists")
    pairs_file = out / "pairs.xlsx"
    a, b = (read(out / "lists" / name, pairs_file) for name in ("france", "britain"))
    pairs = propose(a, b)
    summarise(pairs)
    write_pairs(pairs, pairs_file, language(), lists=(a, b))
    from havre.apps.tracing.report import Truth  # loading the chart library takes seconds: for the demo only

    truth = Truth(frozenset(made.truth.pairs), frozenset(made.truth.people))
    other = Language.ENGLISH if language() is Language.FRENCH else Language.FRENCH
    names = {language(): "report.html", other: f"report.{other}.html"}
    with progress("reporting") as told:
        for n, (each, name) in enumerate(names.items()):

            def counted(done: int, todo: int, n: int = n) -> None:
                told((n + done / max(todo, 1)) / len(names))

            text = report(pairs, a, b, truth, each, counted)
            with atomic_write(out / name, language=language()) as file:
                file.write(text.encode())
    for name in (*names.values(), pairs_file.name):
        print(say("wrote", path=out / name))  # noqa: T201 - the result of the command, for the reader and for scripts


def report(
    pairs: tuple[Pair, ...],
    a: ShoreList,
    b: ShoreList,
    truth: "Truth",
    each: Language,
    told: Callable[[int, int], None],
) -> str:
    """The report of the demo in one language."""
    from havre.apps.tracing.report import build_report

    return build_report(
        pairs,
        a,
        b,
        language=each,
        label_a=WORDS.say(each, "france"),
        label_b=WORDS.say(each, "britain"),
        made_on=datetime.now(UTC).date(),
        title=WORDS.say(each, "demo_title"),
        truth=truth,
        countries={country.alpha_3: country.label(each) for country in countries()},
        tell=tell,
        progress=told,
    )
