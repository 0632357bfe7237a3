# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages hold together: links lead somewhere, every page can be found, every command is described."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import typer

from havre.conf.command import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "havre"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    found = [markdown or picture for markdown, picture in LINK.findall(prose(page))]
    return [link for link in found if "://" not in link and not link.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """The anchors that a forge makes of a page's headings."""
    headings = re.findall(r"^#+ +(.+?) *$", prose(page), re.MULTILINE)
    return {anchor(heading) for heading in headings}


def anchor(heading: str) -> str:
    kept = (
        letter for letter in heading.lower() if letter in " -_" or unicodedata.category(letter)[0] in "LN"
    )
    return "".join(kept).replace(" ", "-")


def target(page: Path, link: str) -> Path:
    return (page.parent / link.partition("#")[0]).resolve() if link.partition("#")[0] else page


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in links(page):
        place = target(page, link)
        assert place.exists(), f"{shown(page)}: {link} does not exist"
        heading = link.partition("#")[2]
        if heading and place.suffix == ".md":
            assert heading in anchors(place), f"{shown(page)}: {link} has no such heading"


def test_every_page_is_found_from_the_index() -> None:
    found, waiting = set[Path](), [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in found and page.exists():
            found.add(page)
            waiting += [place for link in links(page) if (place := target(page, link)).suffix == ".md"]
    lost = [shown(page) for page in DOCS.rglob("*.md") if page not in found]
    assert not lost, f"no link leads to {lost} from docs/README.md"


def test_every_decision_is_listed_and_numbered_once() -> None:
    decisions = sorted(page for page in (DOCS / "adr").glob("*.md") if page.name != "README.md")
    listed = links(DOCS / "adr" / "README.md")
    assert [page.name for page in decisions] == sorted(link for link in listed if re.match(r"\d{4}-", link))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    for page in decisions:
        headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "What was measured", "Consequences"], shown(page)


@pytest.mark.parametrize("french", [page for page in PAGES if page.name.endswith(".fr.md")], ids=shown)
def test_a_french_page_and_its_english_page_name_each_other(french: Path) -> None:
    english = french.with_name(french.name.replace(".fr.md", ".md"))
    assert english.exists()
    assert french.name in links(english)
    assert english.name in links(french)


@pytest.mark.parametrize("folder", ["tutorials", "how-to"])
def test_what_users_read_is_there_in_french(folder: str) -> None:
    english = [page for page in (DOCS / folder).glob("*.md") if not page.name.endswith(".fr.md")]
    assert english
    for page in english:
        contributors_only = "English only" in page.read_text("utf-8")
        assert contributors_only or page.with_suffix(".fr.md").exists(), shown(page)


def commands() -> dict[str, Any]:
    """Every command as it is typed, with what it takes."""

    def walk(name: str, command: Any) -> dict[str, Any]:
        below = getattr(command, "commands", None)
        if below is None:
            parts = getattr(command, "parts", {})
            return {name: command} | {f"{name} {part}": inner for part, inner in parts.items()}
        return {k: v for part, inner in below.items() for k, v in walk(f"{name} {part}", inner).items()}

    return walk("havre", typer.main.get_command(app))


@pytest.mark.parametrize("name", ["commands.md", "commands.fr.md"])
def test_every_command_and_option_is_described(name: str) -> None:
    page = (DOCS / "reference" / name).read_text("utf-8")
    sections = dict(re.findall(r"^## `(havre [a-z -]+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(commands())
    for command, described in commands().items():
        options = {option for param in described.params for option in param.opts if option.startswith("--")}
        lacking = sorted(option for option in options - {"--help"} if f"`{option}" not in sections[command])
        assert not lacking, f"docs/reference/{name}, {command}: {lacking}"
        told = set(re.findall(r"`(--[a-z-]+)", sections[command]))
        assert told <= options | {"--help"}, f"docs/reference/{name}, {command}: no such option"


def map_of(page: Path) -> list[Path]:
    """The folders of the map: each line of the block that begins with a path."""
    blocks = re.findall(r"^```text\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.split()[0] for block in blocks for line in block.splitlines() if line.strip()]
    return [ROOT / path for path in lines if path.endswith("/")]


@pytest.mark.parametrize("name", ["README.md", "README.fr.md", "docs/explanation/where-do-i-put-this.md"])
def test_the_map_is_the_territory(name: str) -> None:
    drawn = map_of(ROOT / name)
    assert drawn
    assert not [str(folder) for folder in drawn if not folder.is_dir()]
    floors = [folder for folder in SOURCE.iterdir() if (folder / "__init__.py").exists()]
    rooms = [room for floor in floors for room in floor.iterdir() if (room / "__init__.py").exists()]
    assert floors
    assert set(floors) <= {place for folder in drawn for place in (folder, *folder.parents)}
    if "where" in name:
        assert {room for room in rooms if room.parent.name in {"engines", "core", "apps"}} <= set(drawn)
