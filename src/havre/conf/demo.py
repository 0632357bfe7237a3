# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre scenario`` and ``havre demo``: a synthetic Calais, matched, with a report."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from havre.conf.console import WORDS, CommandError, language, progress, say, tell, why
from havre.conf.matching import propose, read, summarise
from havre.core.exchange import atomic_write, write_csv, write_list, write_pairs
from havre.core.exchange.vocabulary import countries
from havre.engines.linkage import Pair, ShoreList
from havre.scenario import (
    PARTY_COLUMNS,
    PLACE_COLUMNS,
    Scenario,
    ScenarioError,
    children_of,
    csv_of,
    leave,
    make_scenario,
    refusals,
    scenario_day,
    write_truth,
)
from havre.words import Language

if TYPE_CHECKING:
    from havre.apps.tracing.report import Truth

PEOPLE, SEED = 6500, 2016
ANSWERS = "refusals.csv"
"""A sheet as in December 2016, to be handed in on the site."""


def folder(path: Path) -> Path:
    """The folder, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(say("no_folder", path=path, why=why(error))) from error
    return path


def write_scenario(out: Path, people: int = PEOPLE, seed: int = SEED) -> Scenario:
    """The lists of both shores, the truth, and the camp on its way to centres, below ``out``."""
    try:
        with progress("imagining") as told:
            made = make_scenario(people, seed, progress=told)
    except ScenarioError as error:
        raise CommandError(error.say(language())) from error
    for name, lst in (("france", made.france), ("britain", made.britain)):
        write_list(lst, folder(out / name))
    write_truth(made.truth, out)
    leaving = leave(made.camp, children_of(people), seed)
    for name, text in (
        ("parties", csv_of(PARTY_COLUMNS, leaving.parties)),
        ("places", csv_of(PLACE_COLUMNS, leaving.places)),
    ):
        with atomic_write(folder(out / "camp") / f"{name}.csv", language=language()) as file:
            file.write(text.encode())
    return made


def demo(out: Path, *, people: int = PEOPLE, serve: bool, host: str = "127.0.0.1", port: int = 8000) -> None:
    """The scenario as files with a report, and as a site that is served until Ctrl-C.

    What was made before is kept: a second run starts in seconds, with all that was entered.
    """
    lists = show_files(folder(out), people)
    # The site of the demo lives in the folder of the demo; said before anything reads the settings.
    os.environ.setdefault("HAVRE_VAR", str(out))
    os.environ.setdefault("HAVRE_TODAY", scenario_day().isoformat())
    os.environ.setdefault("HAVRE_SECOND_FACTOR", "offered")
    from havre.conf.running import running_site

    with running_site() as server:
        from havre.conf import demo_site
        from havre.conf.migrating import bring_up_to_date
        from havre.conf.serving import serve_on

        with progress("migrating") as told:
            bring_up_to_date(server, told)
        demo_site.fill(out, lists, people)
        demo_site.tell_sign_ins(out)
        if serve:
            serve_on(server, host, port)


def show_files(out: Path, people: int) -> Callable[[], tuple[ShoreList, ShoreList]]:
    """Lists, pairs and reports in files, where they are not there yet; gives a way to read the lists."""
    pairs_file = out / "pairs.xlsx"

    def read_lists() -> tuple[ShoreList, ShoreList]:
        return read(out / "lists" / "france", pairs_file), read(out / "lists" / "britain", pairs_file)

    names = {language(): "report.html", other_language(): f"report.{other_language()}.html"}
    if not all((out / name).exists() for name in (*names.values(), pairs_file.name)):
        write_report(out, people, names, pairs_file, read_lists)
    if not (out / ANSWERS).exists():
        titles, rows = refusals(read(out / "lists" / "france", pairs_file), scenario_day())
        write_csv(out / ANSWERS, titles, rows, language=language())
    for name in (*names.values(), pairs_file.name, ANSWERS):
        print(say("wrote", path=out / name))  # noqa: T201 - the result of the command, for the reader and for scripts
    return read_lists


def other_language() -> Language:
    """The one that this run does not speak."""
    return Language.ENGLISH if language() is Language.FRENCH else Language.FRENCH


def write_report(
    out: Path,
    people: int,
    names: dict[Language, str],
    pairs_file: Path,
    read_lists: Callable[[], tuple[ShoreList, ShoreList]],
) -> None:
    """The scenario's lists, read as any user's would be, matched, and told in a report and a workbook."""
    made = write_scenario(folder(out) / "lists", people)
    a, b = read_lists()
    pairs = propose(a, b)
    summarise(pairs)
    write_pairs(pairs, pairs_file, language(), lists=(a, b))
    from havre.apps.tracing.report import Truth  # loading the chart library takes seconds: for the demo only

    truth = Truth(frozenset(made.truth.pairs), frozenset(made.truth.people))
    with progress("reporting") as told:
        for n, (each, name) in enumerate(names.items()):

            def counted(done: int, todo: int, n: int = n) -> None:
                told((n + done / max(todo, 1)) / len(names))

            text = report(pairs, a, b, truth, each, counted)
            with atomic_write(out / name, language=language()) as file:
                file.write(text.encode())


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
