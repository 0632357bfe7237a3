# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents: readable by a screen reader, in every script, and never a command of somebody's name."""

import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.core.letters import TemplateMissing, making, pdf
from havre.words import Language

LIST = "havre.core.letters/list.typ"
AHMAD, SELAM = "أحمد خان", "ሰላም ተስፋይ"


def a_list(*rows: list[str], language: Language = Language.ENGLISH, **more: Any) -> bytes:
    data = {"title": "Reunification", "organisation": "Passerelle", "columns": ["Child", "Family"], **more}
    return pdf(LIST, {**data, "rows": list(rows)}, language, made_at=datetime(2016, 10, 24, tzinfo=UTC))


def pages(document: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", document)
    assert found
    return int(found[1])


def streams(document: bytes) -> list[bytes]:
    """The streams of a PDF, inflated; those that are not deflated are left out."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(raw))  # its last byte may be one that ends a line
        except zlib.error:
            continue
    return found


def letters(document: bytes) -> set[str]:
    """The letters that a reader can copy out, as ToUnicode tables and ActualText tell them."""
    told = b"\n".join(streams(document))
    codes = re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>|/ActualText<FEFF([0-9A-F]+)>", told)
    texts = (bytes.fromhex((one or other).decode()).decode("utf-16-be", "replace") for one, other in codes)
    return set("".join(texts))


def test_a_document_says_that_it_is_made_for_screen_readers() -> None:
    document = a_list([AHMAD, "Khan"], language=Language.FRENCH)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"/MarkInfo<</Marked true" in document
    assert b"/Lang(fr)" in document
    assert b"/StructTreeRoot" in document
    assert b"Reunification" in document
    assert b"/S/TH" in document


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ("Hello", "missing document title"),
        ('#set document(title: "T")\n= A\n=== B', "skipped from heading level 1 to 3"),
        (
            '#set document(title: "T")\n#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\'/>"))',
            "alt text",
        ),
    ],
)
def test_what_no_screen_reader_could_read_makes_no_document(
    wrong: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ``pdf`` asks of the compiler is a check of PDF/UA that refuses, and no mere mark on the document."""
    compile_ = typst.compile

    def spoilt(_path: str, **how: Any) -> bytes:
        return bytes(compile_(wrong.encode(), pdf_standards=how["pdf_standards"]))

    monkeypatch.setattr(making.typst, "compile", spoilt)
    with pytest.raises(typst.TypstError, match=problem):
        a_list([AHMAD, "Khan"])


def test_names_of_every_script_are_written_in_typefaces_that_travel_with_the_document() -> None:
    document = a_list([AHMAD, "Müller Şeker"], [SELAM, "Nguyễn"])
    named = set(re.findall(rb"/FontName/[A-Z]{6}\+([A-Za-z]+)", document))
    assert named == {b"NotoSans", b"NotoSansArabic", b"NotoSansEthiopic"}
    assert document.count(b"/FontDescriptor/") == document.count(b"/FontFile2")
    assert set(AHMAD + SELAM + "Müller Şeker") <= letters(document)


def test_names_whose_tongue_nobody_asked_are_tagged_as_undetermined() -> None:
    assert b"/Lang(und" in a_list([AHMAD, "Khan"])
    assert b"/Lang(und" not in a_list(["Ahmad", "Khan"])


def test_the_same_data_give_the_same_document() -> None:
    assert a_list([AHMAD, "Khan"]) == a_list([AHMAD, "Khan"])


def test_a_long_list_goes_on_on_the_next_page() -> None:
    assert pages(a_list(["Ahmad", "Khan"])) == 1
    assert pages(a_list(*[["Ahmad", "Khan"]] * 60)) == 2


@pytest.mark.parametrize(
    "text",
    [
        '#panic("no")',
        "#pagebreak()#pagebreak()",
        '#read("/conf/settings.py")',
        '"; panic(); "',
        "*bold* _it_ $x$ @ref <label> = Title\n= Title",
        '\\u{22} \\ """',
        "{page} {pages} %s \x00 \u202e\ud800",
    ],
)
def test_what_is_told_is_never_a_command(text: str) -> None:
    document = a_list([text, text], title=text, organisation=text, paragraphs=[text], closing=[text])
    assert pages(document) == 1


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_makes_a_document(text: str) -> None:
    assert pages(a_list([text, "x"], title="A list", paragraphs=[text])) == 1


def test_a_letter_that_no_typeface_has_is_shown_as_such_and_the_document_says_so() -> None:
    replaced, whole = a_list(["日本", "Khan"]), a_list(["Ahmad", "Khan"])
    assert "\ufffd" in letters(replaced)
    assert "\ufffd" not in letters(whole)


def test_a_sign_that_shows_nothing_cannot_turn_the_text_around_it() -> None:
    assert a_list(["Ah\u202emad", "Khan\u200b"]) == a_list(["Ahmad", "Khan"])


def test_what_is_no_text_and_no_number_is_refused() -> None:
    with pytest.raises(TypeError, match="datetime"):
        a_list(["Ahmad", datetime(2016, 10, 24, tzinfo=UTC)])  # type: ignore[list-item]


@pytest.mark.parametrize("template", ["havre.core.letters/none.typ", "havre.nowhere/list.typ", "list.typ"])
def test_a_template_that_does_not_exist_is_named(template: str) -> None:
    with pytest.raises(TemplateMissing, match=re.escape(template)):
        pdf(template, {"title": "T", "organisation": "O"}, Language.FRENCH)
