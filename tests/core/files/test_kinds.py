# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a file is, by its bytes; and its name, made plain."""

import pytest
from core.files.samples import PDF, TEXT, jpeg, png, workbook
from hypothesis import given
from hypothesis import strategies as st

from havre.core.files.errors import FileRefused
from havre.core.files.kinds import LONGEST_NAME, Kind, kind_of, plain_name
from havre.words import Language


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("order.pdf", PDF, Kind.PDF),
        ("face.JPG", jpeg(), Kind.JPEG),
        ("face.jpeg", jpeg(), Kind.JPEG),
        ("card.png", png(), Kind.PNG),
        ("list.xlsx", workbook(), Kind.XLSX),
        ("list.csv", TEXT, Kind.TEXT),
        ("note.txt", "Né à Calais".encode("cp1252"), Kind.TEXT),
        ("note.txt", "Né à Calais".encode("utf-16"), Kind.TEXT),
    ],
)
def test_a_file_is_known_by_its_bytes(name: str, content: bytes, kind: Kind) -> None:
    assert kind_of(name, content) is kind


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("order.pdf", b"", "file_empty"),
        ("order.pdf", jpeg(), "file_lies"),
        ("face.jpg", PDF, "file_lies"),
        ("page.html", b"<script>alert(1)</script>", "file_lies"),
        ("drawing.svg", b"<svg onload='x'/>", "file_lies"),
        ("order", PDF, "file_lies"),
        ("order.pdf.exe", PDF, "file_lies"),
        ("list.xlsx", TEXT, "file_lies"),
        ("list.xlsx", b"PK\x03\x04 but no archive", "file_unknown"),
        ("list.xlsx", workbook("word/document.xml"), "file_unknown"),
        (
            "list.xlsx",
            workbook("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
            "file_unknown",
        ),
        ("tool.txt", b"MZ\x90\x00\x03", "file_unknown"),
        ("tool.txt", b"\x7fELF\x02\x01\x01", "file_unknown"),
    ],
)
def test_what_we_do_not_take_is_refused_with_a_reason(name: str, content: bytes, key: str) -> None:
    with pytest.raises(FileRefused) as refused:
        kind_of(name, content)
    assert refused.value.key == key
    for language in Language:
        assert name in refused.value.said(language)


@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.png", "a.jpg", "a.xlsx", "a.txt"]))
def test_any_bytes_are_a_kind_or_are_refused(content: bytes, name: str) -> None:
    try:
        kind = kind_of(name, content)
    except FileRefused:
        return
    assert name.removeprefix("a.") in kind.endings


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("order.pdf", "order.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\face.jpg", "face.jpg"),
        ("fdp.exe\u202e.pdf", "fdp.exe.pdf"),
        ("a\r\nb\0.pdf", "a b.pdf"),
        ("شهادة ميلاد.pdf", "شهادة ميلاد.pdf"),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_uploaded_but_for_what_deceives(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(st.text(max_size=400))
def test_a_plain_name_fits_and_stays_as_it_is(name: str) -> None:
    plain = plain_name(name)
    assert len(plain) <= LONGEST_NAME
    assert "/" not in plain
    assert plain_name(plain) == plain


def test_a_long_name_keeps_its_ending() -> None:
    assert plain_name("a" * 400 + ".pdf").endswith("a.pdf")
