# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The letter to the child as a picture: every word of every script stands on it as it is read, whole and in order.

Words are looked for as pictures (``core.letters.pictures`` says why not by pictures that were kept). What a wrong
letter would show instead (boxes, the word backwards, letters that do not join, a word without its end) is looked for
too, and has to be missed: so the comparison is known to tell them apart.
"""

import pytest
from apps.cases.journey import Journey, whole
from apps.tracing.shores import CHILD, acts
from core.letters.pictures import PPI, Ink, Sheet, alone, gaps, pages_of
from core.letters.test_letters import letters

from havre.apps.cases.actions.writing import letter_to_child
from havre.apps.cases.models import Case, Decision
from havre.words import Language

ARABIC, TIGRINYA = ["احمد", "ولي", "خان"], ["ሰላም", "ተስፋይ"]
SAID = ["أريد", "المدرسة", "عائلتي"]
LATIN = ["Éléonore", "Müller"]
VIEWS = f"He said in Arabic {' '.join(SAID)} and asked when he may go there to learn."
HELPER = f"{' '.join(LATIN)}, with {' '.join(TIGRINYA)} as interpreter, every Tuesday at the centre"
ALIKE, UNLIKE = 0.94, 0.92
"""A word that stands on the page is found with more than the one, what does not with less than the other."""
EDGE = 19 / 25.4 * PPI
"""Dots: nothing is printed within so much of the left and right edge of the paper."""
ZWNJ = "\u200c"


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    assert CHILD.names.split() == ARABIC
    return verified.asked()


@pytest.fixture
def decision(journey: Journey, case: Case) -> Decision:
    """With words of four scripts' worth in what the child reads."""
    return journey.decided(case, whole(views=VIEWS, helper=HELPER))


def letter(journey: Journey, decision: Decision, language: Language) -> bytes:
    with acts(journey.dunes):
        return letter_to_child(decision.pk, language)


def found_on(pages: list[Ink], words: list[str]) -> dict[str, float]:
    """How much that which looks most like each word on the pages looks like it."""
    sheets = [Sheet(page) for page in pages]
    return {word: max(sheet.likeness(alone(word))[0] for sheet in sheets) for word in words}


@pytest.mark.parametrize("language", list(Language))
def test_every_word_stands_on_the_letter_as_it_is_read(
    journey: Journey, decision: Decision, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = pages_of(lambda: letter(journey, decision, language), monkeypatch)
    assert len(pages) >= 2  # both languages, each on a page of its own
    found = found_on(pages, [*ARABIC, *SAID, *TIGRINYA, *LATIN])
    assert not {word: value for word, value in found.items() if value < ALIKE}, found


def test_what_a_spoilt_letter_would_show_is_not_found(
    journey: Journey, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = pages_of(lambda: letter(journey, decision, Language.ENGLISH), monkeypatch)
    spoilt = {
        "backwards": [word[::-1] for word in ("المدرسة", "ሰላም", "Müller")],
        "boxes": ["\ufffd" * len(word) for word in ("المدرسة", "ተስፋይ")],
        "letters that do not join": [ZWNJ.join("عائلتي")],
        "another letter": ["المدرسب", "ተስፋል", "Miller"],
        "a word of which the end was cut": ["عائلتيس", "ተስፋይት"],
    }
    found = {how: found_on(pages, words) for how, words in spoilt.items()}
    assert not [each for words in found.values() for each in words.values() if each > UNLIKE], found


def test_a_word_is_drawn_as_its_readers_write_it() -> None:
    """What is looked for reads right itself: Arabic from the right and joined, Ge'ez from the left and apart."""
    arabic, middle = Sheet(alone("احمد")), alone("احمد").shape[1] / 2
    assert arabic.likeness(alone("ا"))[1] > middle > arabic.likeness(alone("د"))[1]
    assert gaps(alone("حمد")) == 0
    assert Sheet(alone(ZWNJ.join("عائلتي"))).likeness(alone("عائلتي"))[0] < UNLIKE
    geez, middle = Sheet(alone("ሰላም")), alone("ሰላም").shape[1] / 2
    assert geez.likeness(alone("ሰ"))[1] < middle < geez.likeness(alone("ም"))[1]
    assert gaps(alone("ሰላም")) > 0


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_at_the_edge_of_the_paper(
    journey: Journey, case: Case, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = (
        f"Tell {'Gebremedhin-Woldemariam-' * 6} of Dunes, who sends what is new with one letter to Harbour."
    )
    decision = journey.decided(case, whole(again_how=long, views=VIEWS * 20, helper=HELPER))
    for page in pages_of(lambda: letter(journey, decision, language), monkeypatch):
        assert page[:, int(EDGE) : -int(EDGE)].any()
        assert not page[:, : int(EDGE)].any()
        assert not page[:, -int(EDGE) :].any()


@pytest.mark.parametrize("language", list(Language))
def test_the_letter_is_made_for_screen_readers_and_every_letter_can_be_copied_out(
    journey: Journey, decision: Decision, language: Language
) -> None:
    made = letter(journey, decision, language)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/MarkInfo<</Marked true" in made
    assert f"/Lang({language.value})".encode() in made
    assert b"/Lang(und" in made  # of which tongue a name is, nobody was asked
    assert b"/StructTreeRoot" in made
    assert set("".join((*ARABIC, *SAID, *TIGRINYA, *LATIN))) <= letters(made)
    assert "\ufffd" not in letters(made)
