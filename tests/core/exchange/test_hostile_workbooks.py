# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever an .xlsx unpacks to: it is measured before it is laid out, and refused in one sentence."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.core.exchange import Limits, UnreadableList, read_list
from havre.words import Language

EN = Language.ENGLISH
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ANY_HOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture(scope="module")
def plain_workbook() -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    people, links = book.add_worksheet("people"), book.add_worksheet("links")
    people.write_row(0, 0, ["person_id", "names"])
    people.write_row(1, 0, ["a", "Ahmad"])
    links.write_row(0, 0, ["link_id", "person_id"])
    book.close()
    return content.getvalue()


def with_part(workbook: bytes, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(changed, "w", compression) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return changed.getvalue()


def sheet(cells: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{head}<worksheet xmlns="{NAMESPACE}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def file_of(tmp_path: Path, content: bytes, name: str = "list.xlsx") -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


@ANY_HOW
@given(
    content=st.binary(max_size=500),
    head=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1"]),
)
def test_any_bytes_as_workbook_are_refused(tmp_path, content, head, refusal_of):
    assert refusal_of(file_of(tmp_path, head + content))


@ANY_HOW
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path, plain_workbook, data):
    spoilt = bytearray(plain_workbook)
    for _ in range(data.draw(st.integers(1, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read_list(file_of(tmp_path, bytes(spoilt)), language=EN).shore_list is not None
    except UnreadableList as refused:
        assert refused.say(EN)  # noqa: PT017 - either outcome is right


@ANY_HOW
@given(
    part=st.sampled_from(
        [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
    ),
    content=st.binary(max_size=300) | st.text("<>/=\"'cvrstA1 &;", max_size=80).map(str.encode),
)
def test_any_bytes_as_part_of_a_workbook_are_read_or_refused(tmp_path, plain_workbook, part, content):
    try:
        read_list(file_of(tmp_path, with_part(plain_workbook, part, content)), language=EN)
    except UnreadableList as refused:
        assert refused.say(EN)  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    ("cells", "head"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', ""),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c s="1" x="" r="XFD1048576"><v>1</v></c></row>',
            "",
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
            "",
        ),
        (
            (
                '<row r="1"><c r="A1"><v>1</v></c></row>'
                '<row r="1048000"><c><v>1</v></c><c r="XFD1048000"><is><t>x</t></is></c></row>'
            ),
            "",
        ),
        (
            '<x:row xmlns:x="'
            + NAMESPACE
            + '" r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
            "",
        ),
    ],
    ids=["plain", "unusual", "entity", "no place", "prefix"],
)
def test_cells_far_apart_are_refused_before_they_are_laid_out(
    tmp_path, plain_workbook, cells, head, refusal_of
):
    path = file_of(tmp_path, with_part(plain_workbook, SHEET, sheet(cells, head)))
    assert refusal_of(path) == "sheet_too_large"


def test_cells_far_apart_are_found_in_utf_16_too(tmp_path, plain_workbook, refusal_of):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    text = sheet(cells, '<?xml version="1.0" encoding="UTF-16"?>').decode()
    path = file_of(tmp_path, with_part(plain_workbook, SHEET, text.encode("utf-16")))
    assert refusal_of(path) == "sheet_too_large"


def test_formatted_cells_that_hold_nothing_do_not_make_a_sheet_large(tmp_path, plain_workbook):
    cells = '<row r="1"><c r="A1" t="str"><v>person_id</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    path = file_of(tmp_path, with_part(plain_workbook, SHEET, sheet(cells)))
    assert read_list(path, language=EN).shore_list.people == ()


@pytest.mark.parametrize("attribute", ["", ' foo="1"'], ids=["plain", "unusual"])
def test_one_text_in_very_many_cells_is_refused(tmp_path, plain_workbook, attribute, refusal_of):
    texts = f'<sst xmlns="{NAMESPACE}"><si><t>person_id</t></si><si><t>{"x" * 5000}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}"{attribute} t="s"><v>1</v></c></row>' for n in range(1, 400))
    workbook = with_part(with_part(plain_workbook, "xl/sharedStrings.xml", texts), SHEET, sheet(rows))
    assert refusal_of(file_of(tmp_path, workbook), limits=Limits(xlsx_text=1_000_000)) == "sheet_too_large"


def test_a_document_type_is_refused(tmp_path, plain_workbook, refusal_of):
    bomb = sheet("", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')
    assert refusal_of(file_of(tmp_path, with_part(plain_workbook, SHEET, bomb))) == "damaged_workbook"


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_no_spreadsheet_writes_is_refused(
    tmp_path, plain_workbook, compression, refusal_of
):
    path = file_of(tmp_path, with_part(plain_workbook, SHEET, sheet(""), compression))
    assert refusal_of(path) == "damaged_workbook"


def test_two_parts_of_one_name_are_refused(tmp_path, plain_workbook, refusal_of):
    content = io.BytesIO(plain_workbook)
    with zipfile.ZipFile(content, "a") as book, pytest.warns(UserWarning, match="Duplicate"):
        book.writestr(SHEET, sheet(""))
    assert refusal_of(file_of(tmp_path, content.getvalue())) == "damaged_workbook"


def test_a_workbook_in_a_workbook_is_no_list(tmp_path, plain_workbook, refusal_of):
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as book:
        book.writestr("list.xlsx", plain_workbook)
    assert refusal_of(file_of(tmp_path, outer.getvalue())) == "damaged_workbook"


def test_a_zip_bomb_is_refused_in_little_memory(tmp_path, plain_workbook, said_in_little_memory):
    bomb = with_part(plain_workbook, SHEET, sheet("") + b" " * 250_000_000)
    assert len(bomb) < 1_000_000
    assert said_in_little_memory(file_of(tmp_path, bomb)) == "workbook_bomb"


def test_cells_far_apart_are_refused_in_little_memory(tmp_path, plain_workbook, said_in_little_memory):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = file_of(tmp_path, with_part(plain_workbook, SHEET, sheet(cells)))
    assert said_in_little_memory(path) == "sheet_too_large"


@pytest.mark.parametrize(
    ("limits", "key"),
    [
        (Limits(xlsx_bytes=10), "too_large"),
        (Limits(xlsx_members=3), "workbook_bomb"),
        (Limits(xlsx_unpacked=500), "workbook_bomb"),
        (Limits(xlsx_area=3), "sheet_too_large"),
    ],
)
def test_each_limit_of_a_workbook_is_a_sentence(tmp_path, plain_workbook, limits, key, refusal_of):
    assert refusal_of(file_of(tmp_path, plain_workbook), limits=limits) == key
