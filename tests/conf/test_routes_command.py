# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre routes``: an assessment and its deadlines in words, and one clear message for a file that cannot be read."""

import re
from pathlib import Path

import pytest

from havre.conf.console import CommandError
from havre.conf.facts_file import read_facts_file
from havre.conf.routes import routes_of_file
from havre.engines.pathways import rulebook
from havre.words import Language

PAGES = Path(__file__).parents[2] / "docs" / "explanation"
NAME = "Zmarai"
"""A name that somebody wrote where none belongs: no error may repeat it."""


def example(page: str) -> str:
    (block,) = re.findall(r"^```toml\n(.*?)^```", (PAGES / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(block)


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "facts.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def spoken(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("HAVRE_LANG", language)


@pytest.mark.parametrize(
    ("language", "page", "said"),
    [
        ("en", "routes.md", ("8(2): CANNOT BE SAID YET", "8(1): CLOSED", "notice to print")),
        ("fr", "routes.fr.md", ("8(2) : NE PEUT ÊTRE DIT ENCORE", "8(1) : FERMÉE", "avis à imprimer")),
    ],
)
def test_the_example_of_the_page_is_assessed_as_the_page_says(monkeypatch, written, language, page, said):
    spoken(monkeypatch, language)
    text = routes_of_file(written(example(page)), "2017-03-01")
    assert all(each in text for each in (*said, "2017-02-28", "2017-08-28")), text
    # The three facts of which the page says that the answer hangs on them.
    (part,) = (part for part in text.split("\n\n") if part.startswith("Dublin III, art. 8(2)"))
    assert part.count("\n    ? ") == 3


def test_the_command_prints_it_and_needs_nothing_else(havre, written):
    done = havre("routes", "--facts", written(example("routes.fr.md")), "--on", "2017-03-01", HAVRE_LANG="fr")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Voies au 2017-03-01")


@pytest.mark.parametrize("language", list(Language))
def test_every_part_of_an_assessment_is_told(monkeypatch, written, language):
    spoken(monkeypatch, language.value)
    text = routes_of_file(written(example("routes.md")), "2016-12-01")
    for route in rulebook().routes:
        assert route.text.say(language) in text
        assert route.origin.sure.label(language) in text
        assert all(source.url in text for source in route.origin.sources)
        assert all(condition.text.say(language) in text for condition in route.conditions)
    assert "{" not in text
    assert "http" in text


def test_an_event_of_a_later_day_has_not_happened(monkeypatch, written):
    spoken(monkeypatch, "en")
    path = written(example("routes.md"))
    assert "request received" not in routes_of_file(path, "2016-12-30")
    assert "request received" in routes_of_file(path, "2016-12-31")
    assert "No deadline follows" in routes_of_file(path, "2016-11-29")


def test_a_file_without_events_has_no_deadlines_and_an_empty_file_is_a_child_of_whom_nothing_is_known(
    monkeypatch, written
):
    spoken(monkeypatch, "en")
    text = routes_of_file(written(""), "2016-11-30")
    assert "Deadlines" not in text
    assert "OPEN" not in text
    assert text.count("CANNOT BE SAID YET") == len(rulebook().routes)


def test_of_today_it_says_that_there_is_no_legal_content(monkeypatch, written):
    spoken(monkeypatch, "fr")
    text = routes_of_file(written(example("routes.fr.md")), "2026-11-22")
    assert text.count("PAS ENCORE DE CONTENU JURIDIQUE") == 2
    assert text.count("FERMÉE") == len(rulebook().routes)


BAD = {
    f"[facts]\n{NAME} = true\n": ("line 2", "no such fact"),
    "[facts]\nxyzzy = true\n": ("line 2", "birth, unaccompanied"),
    "[facts]\nunacompanied = true\n": ("line 2", "unaccompanied"),
    f'[facts]\n\nmarried = "{NAME}"\n': ("line 3", "true, false"),
    f'[facts]\nbirth = "{NAME}"\n': ("line 2", "2000-05-31"),
    "[facts]\nbirth = { first = 2001-01-01, last = 2000-01-01 }\n": ("line 2", "first ="),
    "[facts]\nunaccompanied = true\nlodged = 2016-11-30T10:00:00\n": ("line 3", "2016-10-24"),
    f'[facts]\nrelation = "{NAME}"\n': ("line 2", "aunt_or_uncle"),
    '[facts]\nnationality = "Sudan"\n': ("line 2", '"SDN"'),
    "[facts.birth]\nfirst = 2000-01-01\n": ("line 1", "last ="),
    "facts = { married = 3 }\n": ("line 1", "true, false"),
    "facts = 3\n": ("line 1", "[facts]"),
    f'[child]\nname = "{NAME}"\n': ("line 1", "facts, events"),
    'requesting = "spain"\n': ("line 1", "france, britain"),
    'route = "dublin"\n': ("line 1", "dublin-8-1"),
    'events = "lodged"\n': ("line 1", "[[events]]"),
    f'[[events]]\nwhat = "lodged"\nat = 2016-11-30\n\n[[events]]\nwhat = "{NAME}"\n': ("line 6", "lodged"),
    "[[events]]\nwhat = [1]\n": ("line 2", "lodged"),
    '[[events]]\nwhat = "lodged"\n': ("line 1", "2016-11-30"),
    '[[events]]\nwhat = "lodged"\nat = 2016-11-30T10:00:00\n': ("line 3", "time zone"),
    '[[events]]\nwhat = "lodged"\nat = 1016-11-30\n': ("line 3", "1900"),
    '[[events]]\nwhat = "lodged"\nat = 10:00:00\n': ("line 3", "2016-11-30"),
    f'[[events]]\nwhat = "lodged"\nat = 2016-11-30\nwho = "{NAME}"\n': ("line 3", "nothing else"),
    f"[facts]\nbirth = {NAME}\n": ("line 2, column 9", "TOML"),
    "[facts]\nbirth = 2000-01-01\nbirth = 2001-01-01\n": ("line 3", "TOML"),
    "[facts": ("at the end", "TOML"),
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_told_with_file_line_and_remedy(monkeypatch, written, text):
    place, remedy = BAD[text]
    path = written(text)
    told = {}
    for language in ("en", "fr"):
        spoken(monkeypatch, language)
        with pytest.raises(CommandError) as error:
            read_facts_file(path)
        told[language] = str(error.value)
        assert str(path) in told[language]
        assert NAME not in told[language]
        assert "\n" not in told[language]
    assert place in told["en"]
    assert remedy in told["en"]
    assert told["en"] != told["fr"]


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_told(monkeypatch, tmp_path):
    spoken(monkeypatch, "en")
    (tmp_path / "facts.toml").write_bytes(b"\xff\xfe[\0")
    with pytest.raises(CommandError, match="UTF-8"):
        read_facts_file(tmp_path / "facts.toml")
    with pytest.raises(CommandError, match=r"none\.toml cannot be read"):
        read_facts_file(tmp_path / "none.toml")


def test_a_day_that_is_none_is_refused(monkeypatch, written):
    for language, said in (("en", "Write it as 2016-11-30"), ("fr", "Écrivez-le comme 2016-11-30")):
        spoken(monkeypatch, language)
        for day in ("30/11/2016", "2016-11-31", "1016-11-30", ""):
            with pytest.raises(CommandError, match=said):
                routes_of_file(written(""), day)


def test_a_refusal_is_one_line_and_the_exit_code_says_so(asked, tmp_path):
    (tmp_path / "bad.toml").write_text("[facts]\nmarried = 3\n", "utf-8")
    (tmp_path / "good.toml").write_text("", "utf-8")
    bad, good = str(tmp_path / "bad.toml"), str(tmp_path / "good.toml")
    requests = [
        ["routes", "--facts", bad, "--on", "2016-11-30"],
        ["routes", "--facts", good, "--on", "30/11/2016"],
        ["routes", "--facts", good],
        ["routes", "--on", "2016-11-30"],
    ]
    answers = asked(requests, "fr")
    assert [code for code, _ in answers] == [1, 1, 2, 2]
    assert all(len(said.splitlines()) == 1 for _, said in answers)
    assert "bad.toml, ligne 2" in answers[0][1]
