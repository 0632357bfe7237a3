# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report: self-contained, complete, the same for the same input, in both languages."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser
from string import Formatter
from typing import Any

import pytest

from havre.apps.tracing.report import build_report
from havre.apps.tracing.report.saying import WORDS
from havre.core.ui import fonts
from havre.engines.linkage.pairs import Band
from havre.words import Language

from .conftest import Match

VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})


class Reader(HTMLParser):
    """Reads a page into its tags; complains of a tag that is not closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, attribute: str) -> Iterator[str]:
        return (value for _, attrs in self.tags if (value := attrs.get(attribute)))


def report(match: Match, language: Language = Language.ENGLISH, **more: Any) -> str:
    given = {"label_a": "France", "label_b": "Britain", "made_on": date(2016, 10, 20), "truth": match.truth}
    return build_report(match.pairs, match.a, match.b, language=language, **(given | more))


def test_every_strong_pair_stands_with_the_names_of_both_lists(match: Match) -> None:
    text = "".join(Reader(report(match)).text)
    for names in ("Amina حسام", "Karim Hosam", "Karim Hussam", "Amina Hosam", "ኃይለ ማርያም", "አልማዝ ተስፋይ"):
        assert names in text


def test_a_name_can_put_nothing_into_the_page(match: Match) -> None:
    html = report(match)
    assert "<script" not in html
    assert escape('<script>alert("x")</script>', quote=False) in html.replace("&#34;", '"')
    assert "{{ 7 * 7 }}" in html
    assert "/* fonts */" in html[html.index("</style>") :]


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(match: Match) -> None:
    page = Reader(report(match))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert all(value.startswith("#") for value in page.values("href"))
    assert not list(page.values("src"))
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert not re.search(r"https?:|@import|url\((?!data:font/woff2)", report(match))


def test_the_page_forbids_requests_to_the_browser_as_well(match: Match) -> None:
    (policy,) = [c for c in Reader(report(match)).values("content") if "default-src" in c]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_both_languages_have_the_same_structure(match: Match) -> None:
    def skeleton(language: Language) -> list[tuple[str, str | None, str | None]]:
        page = Reader(report(match, language))
        return [(tag, attrs.get("class"), attrs.get("id")) for tag, attrs in page.tags]

    assert skeleton(Language.ENGLISH) == skeleton(Language.FRENCH)


def test_a_page_says_its_language(match: Match) -> None:
    assert '<html lang="fr"' in report(match, Language.FRENCH)
    assert "Rapprochements forts" in report(match, Language.FRENCH)
    assert "Strong pairs" not in report(match, Language.FRENCH)


def test_every_sentence_asks_for_the_same_values_in_both_languages() -> None:
    for key in WORDS:
        asked = []
        for language in Language:
            said = WORDS._texts[key][language]
            texts = said if isinstance(said, list) else [said]
            asked.append({name for text in texts for _, name, _, _ in Formatter().parse(text) if name})
        assert asked[0] == asked[1], key


def test_the_order_of_the_pairs_given_changes_nothing(match: Match) -> None:
    shuffled = list(match.pairs)
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert report(replace(match, pairs=tuple(shuffled))) == report(match)


def test_ids_are_unique_and_every_link_leads_somewhere(match: Match) -> None:
    page = Reader(report(match))
    ids = list(page.values("id"))
    assert len(ids) == len(set(ids))
    assert {value.removeprefix("#") for value in page.values("href")} <= set(ids)
    named = {one for value in page.values("aria-labelledby") for one in value.split()}
    assert named <= set(ids)


def test_siblings_stand_together_whatever_their_bands(match: Match) -> None:
    html = report(match)
    family = html[html.index('class="family"') :]
    assert family.index('id="pair-1"') < family.index("Amina") < family.index('id="pair-2"')
    assert "Yusuf" in family[family.index('id="pair-2"') : family.index('id="pair-3"')]
    assert "One family: 2 children" in family


def test_somebody_who_has_not_looked_is_listed_and_the_card_says_so(match: Match) -> None:
    html = report(match)
    listed = html[html.index('id="not-looked"') :]
    assert "አልማዝ" in listed
    assert "Yusuf" not in listed
    assert "One side has not looked" in html


def test_a_card_says_what_the_child_calls_the_relative(match: Match) -> None:
    html = report(match)
    assert "named as: uncle" in html[html.index('id="pair-1"') : html.index('id="pair-2"')]


def test_a_rival_is_named_with_its_probability(match: Match) -> None:
    html = report(match)
    card = html[html.index('id="pair-1"') : html.index('id="pair-2"')]
    rivals = card[card.index('class="rivals"') :]
    assert "7 * 7" in rivals
    assert "2%" in rivals


def test_what_is_left_out_is_counted(strong_match: Match) -> None:
    html = report(strong_match, most={Band.STRONG: 2})
    assert html.count("<article") == 2
    assert "2 of 5 are shown here; all are in pairs.xlsx." in html


def test_faint_pairs_are_counted_and_not_shown(match: Match) -> None:
    html = report(match)
    assert html.count("<article") == 4
    assert "1 more pair has a probability below 10%" in html


def test_quality_is_shown_only_where_the_truth_is_given(match: Match) -> None:
    assert 'id="quality"' in report(match)
    assert 'id="quality"' not in report(match, truth=None)


def test_the_reason_for_silence_is_told(match: Match) -> None:
    assert "did not wish to say" in report(match)
    assert "n’a pas voulu le dire" in report(match, Language.FRENCH)


def test_nationalities_have_the_names_that_the_caller_gives(match: Match) -> None:
    first = match.a.people[0]
    known = replace(first, described=replace(first.described, nationality="SDN"))
    a = replace(match.a, people=(known, *match.a.people[1:]))
    html = report(replace(match, a=a), countries={"SDN": "Sudan"})
    assert "<td>Sudan</td>" in html
    assert "<td>SDN</td>" not in html


def test_every_table_has_a_caption_and_every_heading_a_scope(match: Match) -> None:
    page = Reader(report(match))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption")
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    assert all(attrs.get("role") == "img" for tag, attrs in page.tags if tag == "svg")


def test_missing_fonts_are_told_once_and_the_report_is_made(
    match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = fonts.Font("latin", "Nobody", "havre_has_no_such_package", "Nobody.ttf", ((0x20, 0x7E),))
    monkeypatch.setattr(fonts, "fonts", lambda: (absent,))
    heard: list[str] = []
    html = report(match, tell=heard.append)
    assert "Amina" in html
    assert "@font-face" not in html
    assert len(heard) == 1
    assert "Nobody.ttf" in heard[0]


def test_progress_is_told_to_the_last_card(match: Match) -> None:
    heard: list[tuple[int, int]] = []
    report(match, progress=lambda done, todo: heard.append((done, todo)))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_no_pairs_at_all_still_make_a_report(match: Match) -> None:
    assert "There are none." in report(replace(match, pairs=()))


def test_a_list_matched_with_itself_shows_one_person_twice(match: Match) -> None:
    twice = replace(match.pairs[0], link_a="", link_b="", person_b="c2")
    html = build_report(
        [twice],
        match.a,
        match.a,
        language=Language.ENGLISH,
        label_a="France",
        label_b="France",
        made_on=date(2016, 10, 20),
    )
    assert "Perhaps one person registered twice" in html
    assert html.count("<article") == 1


def test_the_other_list_first_still_calls_the_younger_ones_children(match: Match) -> None:
    turned = [
        replace(p, link_a=p.link_b, link_b=p.link_a, person_a=p.person_b, person_b=p.person_a)
        for p in match.pairs
    ]
    html = build_report(
        turned,
        match.b,
        match.a,
        language=Language.ENGLISH,
        label_a="Britain",
        label_b="France",
        made_on=date(2016, 10, 20),
    )
    card = html[html.index('id="pair-1"') :]
    assert card.index("Amina") < card.index("Karim")
    assert "One family: 2 children" in html
