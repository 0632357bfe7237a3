# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bundle can be read by anybody, and whatever is wrong with it is named, without a word of what it says."""

import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from core.exchange.bundles import (
    ATTACHED,
    DECISION,
    NAME,
    PDF,
    bundle,
    case_file,
    event,
    files_of,
    listed,
    packed,
    person,
    retold,
    spoiled,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.core.exchange.bundle import Checked, UnreadableBundle, check_bundle
from havre.core.exchange.bundle.checking import BundleLimits
from havre.core.exchange.bundle.saying import PAGES, WORDS, page, parts, schema
from havre.words import Language

MANUAL = Path(__file__).parents[3] / "docs" / "reference"


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    """Keeps bytes as a file; its path."""

    def keep(content: bytes) -> Path:
        path = tmp_path / "case.zip"
        path.write_bytes(content)
        return path

    return keep


def keys(checked: Checked) -> set[tuple[str, str]]:
    return {(fault.file, fault.key) for fault in checked.faults}


# --- what is written ---------------------------------------------------------------------------------------------


def test_a_bundle_is_sound_and_the_same_case_gives_the_same_bytes(kept: Any) -> None:
    made = bundle()
    checked = check_bundle(kept(made))
    assert checked.faults == ()
    assert checked.files == len(files_of(made))
    assert checked.made_at is not None
    assert made == bundle()


def test_whoever_has_no_havre_finds_a_readme_a_schema_and_hashes() -> None:
    files = files_of(bundle())
    readme = files["README.txt"].decode()
    assert all(name in readme for name in files if "/" not in name and name != "README.txt")
    assert "You do not need Havre" in readme
    assert "Il n’est\r\npas nécessaire d’avoir Havre" in readme
    told = json.loads(files["case.json"])
    assert told["case"]["child"]["names"][1] == "ዝማራይ ገብረመድህን"
    assert "ዝማራይ".encode() in files["case.json"]  # letters, not escapes
    jsonschema.Draft202012Validator(json.loads(files["schema.json"])).validate(told)


def test_the_schema_in_the_bundle_refuses_what_the_check_refuses() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    for change in ({"state": "asked"}, {"child": {"names": [NAME]}}, {"mood": "good"}, {"by_silence": "no"}):
        assert not validator.is_valid(case_file(**change))
    assert validator.is_valid(case_file())


def test_every_field_is_told_in_both_languages_and_no_word_is_left_over() -> None:
    described = [
        said["description"]
        for part in (schema(), *schema()["$defs"].values())
        for said in part.get("properties", {}).values()
    ]
    assert described
    assert all(" / " in each for each in described)
    fields = {(name.lower(), field) for name, part in parts().items() for field in part.model_fields}
    own = {f"field_{name}_{field}" for name, field in fields}
    shared = {f"of_any_{field}" for name, field in fields if f"field_{name}_{field}" not in WORDS}
    assert {key for key in WORDS if key.startswith(("field_", "of_any_"))} <= own | shared


@pytest.mark.parametrize("language", list(Language))
def test_the_manual_tells_the_shape_as_it_is(language: Language) -> None:
    said = (MANUAL / PAGES[language]).read_text("utf-8")
    assert page(said, language) == said, "run: python -m havre.core.exchange docs/reference"


# --- what is wrong -----------------------------------------------------------------------------------------------

SPOILED: dict[str, tuple[Any, set[tuple[str, str]]]] = {
    "changed": (lambda f: f.update({ATTACHED: PDF[:-1] + b"?"}), {(ATTACHED, "hash")}),
    "cut": (lambda f: f.update({"dossier.pdf": PDF[:5]}), {("dossier.pdf", "size")}),
    "added": (lambda f: f.update({"../more.txt": b"x"}), {("../more.txt", "unlisted")}),
    "lost": (lambda f: f.pop(ATTACHED), {(ATTACHED, "missing")}),
    "no case": (lambda f: f.pop("case.json"), {("case.json", "missing")}),
    "no readme": (lambda f: f.pop("README.txt"), {("README.txt", "missing")}),
    "no manifest": (lambda f: f.pop("manifest.json"), {("manifest.json", "missing")}),
    "no JSON": (lambda f: f.update({"manifest.json": b'{"format": '}), {("manifest.json", "not_json")}),
    "another list": (lambda f: f.update({"manifest.json": b"[]"}), {("manifest.json", "no_object")}),
    "both": (
        lambda f: f.update({ATTACHED: b"", "dossier.pdf": b"x" * len(PDF)}),
        {(ATTACHED, "size"), ("dossier.pdf", "hash")},
    ),
}


@pytest.mark.parametrize("name", list(SPOILED))
def test_each_file_that_is_not_what_was_written_is_named(kept: Any, name: str) -> None:
    spoil, expected = SPOILED[name]
    assert keys(check_bundle(kept(spoiled(spoil)))) == expected


RETOLD: dict[str, tuple[Any, set[tuple[str, str]]]] = {
    "another version": (lambda told: told.update(version=2), {("version", "version")}),
    "another format": (lambda told: told.update(format=NAME), {("format", "one_of")}),
    "a field lacks": (lambda told: told["case"].pop("state"), {("case.state", "lacks")}),
    "a field more": (lambda told: told["case"].update(mood=NAME), {("case.mood", "unknown_field")}),
    "no day": (lambda told: told["case"]["events"][0].update(happened_on=NAME), {(".happened_on", "no_day")}),
    "a day as a number": (lambda told: told.update(on_day=1479686400), {("on_day", "no_day")}),
    "no zone": (lambda told: told.update(made_at="2016-11-21T10:00:00"), {("made_at", "no_moment")}),
    "no id": (lambda told: told["case"].update(id=NAME), {("case.id", "no_id")}),
    "no text": (lambda told: told["case"]["child"].update(reference=7), {("reference", "no_text")}),
    "no yes or no": (lambda told: told["case"].update(by_silence=NAME), {("case.by_silence", "no_bool")}),
    "no list": (lambda told: told["case"].update(events=NAME), {("case.events", "no_list")}),
    "one year": (lambda told: told["case"]["child"].update(born_between=[2001]), {("born_between", "lacks")}),
    "no object": (lambda told: told["case"].update(child=NAME), {("case.child", "no_object")}),
    "a folder above": (
        lambda told: told["case"]["child"]["documents"][0].update(attachment=f"../{NAME}"),
        {("case.child.documents[0].attachment", "no_such_text")},
    ),
    "a file that is none": (
        lambda told: told["case"]["child"]["documents"][0].update(attachment="attachments/none.pdf"),
        {("case.child.documents[0].attachment", "no_such_file")},
    ),
    "an answer by nothing": (
        lambda told: told["case"].update(events=[event(DECISION)]),
        {("case.events[0].decision", "no_such_decision")},
    ),
    "two at once": (
        lambda told: told["case"].update(by_silence=NAME, child=person(born_between=[2001, NAME])),
        {("case.by_silence", "no_bool"), ("case.child.born_between[1]", "no_number")},
    ),
}


@pytest.mark.parametrize("name", list(RETOLD))
def test_each_place_of_the_case_that_the_schema_refuses_is_named_and_no_value_repeated(
    kept: Any, name: str
) -> None:
    change, expected = RETOLD[name]
    found = check_bundle(kept(retold(change))).faults
    assert {fault.file for fault in found} == {"case.json"}
    assert len(found) == len(expected)
    for place, key in expected:
        assert any(place in fault.place and fault.key == key for fault in found), found
    for language in Language:
        said = [fault.say(language) for fault in found]
        assert all(each.startswith("case.json, ") for each in said)
        assert not [word for word in NAME.split() for each in said if word in each]


@pytest.mark.parametrize(
    ("case", "key"),
    [
        (b"\xff{}", "not_utf8"),
        (b"{", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "not_json"),
        (b'{"a": NaN}', "no_number"),
        (b'{"format": 1, "format": 2}', "twice_said"),
        (b"null", "no_object"),
    ],
)
def test_what_is_no_json_that_every_reader_reads_alike_is_refused(kept: Any, case: bytes, key: str) -> None:
    found = check_bundle(kept(listed(files_of(bundle()), case))).faults
    assert [fault.key for fault in found] == [key]


def test_a_file_that_stands_twice_is_named(kept: Any) -> None:
    made = io.BytesIO(bundle())
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of what we want
        archive.writestr("case.json", b"{}")
    assert keys(check_bundle(kept(made.getvalue()))) == {("case.json", "twice")}


def test_what_unpacks_to_more_than_a_bundle_may_is_not_read_on(kept: Any) -> None:
    path = kept(spoiled(lambda files: files.update({ATTACHED: bytes(1 << 20)})))
    found = check_bundle(path, limits=BundleLimits(unpacked=1 << 19))
    assert (ATTACHED, "too_large") in keys(found)
    assert keys(check_bundle(path, limits=BundleLimits(files=3))) == {("", "too_many")}


@pytest.mark.parametrize("content", [b"", b"PK", b"a letter", PDF])
def test_what_is_no_archive_is_said_in_one_sentence(kept: Any, content: bytes) -> None:
    path = kept(content)
    with pytest.raises(UnreadableBundle) as refused:
        check_bundle(path)
    assert all(str(path) in refused.value.say(language) for language in Language)


def test_a_folder_and_nothing_are_no_bundle(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.zip"):
        with pytest.raises(UnreadableBundle, match=str(path)):
            check_bundle(path)


@settings(max_examples=150)
@given(st.data())
def test_whatever_befalls_the_bytes_the_check_ends_with_an_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bundle()
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = data.draw(
        st.sampled_from((whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], whole[:at], whole[at:]))
    )
    path = tmp_path_factory.mktemp("spoilt") / "case.zip"
    path.write_bytes(spoilt)
    try:
        checked = check_bundle(path)
    except UnreadableBundle:
        return
    if not checked.faults:  # it befell what says nothing, such as the time of an entry
        assert files_of(spoilt) == files_of(whole)


def test_an_archive_without_anything_lacks_everything(kept: Any) -> None:
    lacks = {("README.txt", "missing"), ("case.json", "missing"), ("dossier.pdf", "missing")}
    assert keys(check_bundle(kept(packed({})))) == lacks | {
        ("schema.json", "missing"),
        ("manifest.json", "missing"),
    }
