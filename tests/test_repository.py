# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The repository tests itself: sentences, locks, sizes, and what must never be written down in a file."""

import re
import string
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "havre"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
WORDS = sorted(SOURCE.rglob("words.toml"))
LONGEST_FILE = 300

# Written in pieces, so that this file does not hold what it forbids.
REGISTRIES = tuple(".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|opt|home|Users)/\w")


def kept_files() -> list[Path]:
    """The files that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = (name for name in listed.stdout.decode().split("\0") if name)
    return sorted(path for name in names if (path := ROOT / name).is_file())


def texts_of(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text("utf-8"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- sentences ---------------------------------------------------------------------------------------------------


def placeholders(text: str | list[str]) -> set[str]:
    """The values that a text tells; ``{table_en}`` and ``{table_fr}`` are one value in two languages."""
    sentences = [text] if isinstance(text, str) else text
    names = [name for sentence in sentences for _, name, _, _ in string.Formatter().parse(sentence) if name]
    return {re.sub(r"_(?:en|fr)$", "", name) for name in names}


@pytest.mark.parametrize("path", WORDS, ids=shown)
def test_every_sentence_is_said_in_french_and_in_english(path: Path) -> None:
    for key, texts in texts_of(path).items():
        assert set(texts) == {"en", "fr"}, f"{shown(path)} [{key}]: needs en and fr, and nothing else"
        for text in texts.values():
            sentences = [text] if isinstance(text, str) else text
            assert len(sentences) <= 2, f"{shown(path)} [{key}]: one text, or singular and plural"
            assert all(sentence.strip() for sentence in sentences), f"{shown(path)} [{key}]: empty text"


@pytest.mark.parametrize("path", WORDS, ids=shown)
def test_french_is_written_with_its_own_apostrophe(path: Path) -> None:
    straight = [key for key, texts in texts_of(path).items() if re.search(r"\w'\w", str(texts["fr"]))]
    assert not straight, f"{shown(path)}: write ’ for ' in {straight}"


@pytest.mark.parametrize("path", WORDS, ids=shown)
def test_both_languages_tell_the_same_values(path: Path) -> None:
    differing = [
        key for key, texts in texts_of(path).items() if placeholders(texts["en"]) != placeholders(texts["fr"])
    ]
    assert not differing, f"{shown(path)}: the placeholders of en and fr differ in {differing}"


@cache
def code_of_house() -> str:
    suffixes = {".py", ".html", ".jinja", ".j2", ".svg"}
    files = [path for path in sorted(SOURCE.rglob("*")) if path.suffix in suffixes]
    return "\n".join(path.read_text("utf-8") for path in files)


@cache
def quoted_in_house() -> set[str]:
    # A notice names the app before the key: "tracing.notice_verify".
    quoted = re.findall(r"""(?<=["'])(?:[a-z]+\.)?[\w-]+(?=["'])""", code_of_house())
    return {text.rpartition(".")[2] for text in quoted}


@cache
def keys_made_of_parts() -> list[re.Pattern[str]]:
    """Keys that the code puts together: ``f"band_{band}"`` in Python, ``"band_" ~ band`` in a template."""
    code = code_of_house()
    formatted = re.findall(r"""\bf["']((?:[a-z0-9_]|\{[^"'{}]*\})*)["']""", code)
    named = [text for text in formatted if re.search(r"[a-z0-9]{2,}_\{|\}_[a-z0-9]{2,}", text)]
    patterns = [re.sub(r"\{.*?\}", "[a-z0-9_]+", text) for text in named]
    begun = re.findall(r"""["']([a-z0-9_]+_)["']\s*[~+]""", code)
    ended = re.findall(r"""[~+]\s*["'](_[a-z0-9_]+)["']""", code)
    patterns += [f"{text}[a-z0-9_]+" for text in begun] + [f"[a-z0-9_]+{text}" for text in ended]
    return [re.compile(pattern) for pattern in patterns]


@pytest.mark.parametrize("path", WORDS, ids=shown)
def test_no_sentence_is_kept_that_nobody_says(path: Path) -> None:
    unsaid = [
        key
        for key in texts_of(path)
        if key not in quoted_in_house()
        and not any(pattern.fullmatch(key) for pattern in keys_made_of_parts())
    ]
    assert not unsaid, f"{shown(path)}: nothing in src says {unsaid}"


def test_no_sentence_is_said_that_is_missing() -> None:
    known = {key for path in WORDS for key in texts_of(path)}
    said = re.findall(r"""\bsay\(\s*(?:[\w.]+\s*,\s*)?["']([a-z0-9_]*[a-z0-9])["']""", code_of_house())
    missing = sorted(set(said) - known)
    assert not missing, f"no words.toml has {missing}"


# --- locks -------------------------------------------------------------------------------------------------------


def pins(path: Path) -> dict[str, list[Requirement]]:
    """Name to its pins; a lock for every machine may pin one name twice, with different markers."""
    found: dict[str, list[Requirement]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line[:1].isalnum():
            pin = Requirement(line.removesuffix("\\"))
            found.setdefault(pin.name.lower(), []).append(pin)
    return found


def named() -> dict[str, list[str]]:
    """Lock name to the requirements that pyproject.toml names for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {"run": project["project"]["dependencies"], **project["dependency-groups"]}


@pytest.mark.parametrize("path", LOCKS, ids=shown)
def test_a_lock_names_no_address_and_no_place(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:)", text, re.MULTILINE), "an option other than --hash"


@pytest.mark.parametrize("path", LOCKS, ids=shown)
def test_every_pin_has_a_hash(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
    bare = [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if line[:1].isalnum() and not following.strip().startswith("--hash=sha256:")
    ]
    assert lines
    assert not bare


@pytest.mark.parametrize("name", sorted(named()))
def test_the_locks_are_as_new_as_what_we_name(name: str) -> None:
    locked = pins(ROOT / "requirements" / f"{name}.txt")
    for wanted in map(Requirement, named()[name]):
        found = locked.get(wanted.name.lower(), [])
        assert found, f"requirements/{name}.txt lacks {wanted.name}: make lock"
        versions = [next(iter(pin.specifier)).version for pin in found]
        assert all(wanted.specifier.contains(version) for version in versions), (
            f"{wanted} but {versions}: make lock"
        )


def test_an_extra_is_locked_as_it_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert extras
    assert {name: project["dependency-groups"][name] for name in extras} == extras


def test_the_locks_agree_with_each_other() -> None:
    run = pins(ROOT / "requirements" / "run.txt")
    for path in LOCKS:
        for name, found in pins(path).items():
            if name in run:
                ours = {next(iter(pin.specifier)).version for pin in run[name]}
                assert {next(iter(pin.specifier)).version for pin in found} <= ours, f"{shown(path)}: {name}"


# --- what a file may not hold ------------------------------------------------------------------------------------


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    offences = []
    for path in kept_files():
        text = path.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if any(host in line for host in REGISTRIES) or MACHINE_PATH.search(line):
                offences.append(f"{shown(path)}:{number}")
    assert not offences


def test_no_source_file_outgrows_a_reader() -> None:
    suffixes = {".py", ".html", ".css", ".js"}
    lengths = {
        shown(path): len(path.read_text("utf-8").splitlines())
        for path in kept_files()
        if path.suffix in suffixes and path.is_relative_to(SOURCE)
    }
    assert lengths
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}


def test_other_peoples_code_is_not_kept_here() -> None:
    taken = {"node_modules", "site-packages", "vendor", "third_party"}
    assert not [shown(path) for path in kept_files() if taken & set(path.relative_to(ROOT).parts)]
    binary = {".woff", ".woff2", ".ttf", ".otf", ".whl", ".so", ".xlsx", ".gz"}
    assert not [shown(path) for path in kept_files() if path.suffix in binary]


# --- the two commands --------------------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "README.fr.md"])
def test_a_newcomer_finds_the_two_commands(name: str) -> None:
    said = set(re.findall(r"\bmake ([a-z-]+)\b", code_blocks(ROOT / name)))
    assert {"demo", "test"} <= said
    assert said <= targets()


def code_blocks(path: Path) -> str:
    return "\n".join(re.findall(r"^```.*?\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL))


def test_every_make_command_that_a_page_tells_exists() -> None:
    pages = [path for path in kept_files() if path.suffix == ".md"]
    told = {target for path in pages for target in re.findall(r"`make ([a-z-]+)`", path.read_text("utf-8"))}
    told |= {target for path in pages for target in re.findall(r"\bmake ([a-z-]+)\b", code_blocks(path))}
    assert told
    assert told <= targets()


def test_help_tells_every_target_that_is_for_people() -> None:
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    bare = [line for line in lines if re.match(r"[a-z-]+:(?!=)", line) and "## " not in line]
    assert targets()
    assert not bare
