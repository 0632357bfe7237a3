# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the front-end is built from, and what the build gives."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from havre.core.ui.assets import content, packages, static

ROOT = Path(__file__).parents[3]
FRONTEND = ROOT / "frontend"
SOURCE = ROOT / "src" / "havre"
STYLES = sorted((FRONTEND / "src").glob("*/*.css"))
TEMPLATES = [path for path in sorted(SOURCE.rglob("templates/**/*")) if path.suffix in (".html", ".jinja")]
PHYSICAL = re.compile(r"(?<![\w])(?:left|right)\s*:|:\s*(?:left|right)\b")


def markup() -> str:
    return "\n".join(path.read_text("utf-8") for path in TEMPLATES)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_our_styles_know_start_and_end_and_no_left_and_right(path: Path) -> None:
    assert [line for line in path.read_text("utf-8").splitlines() if PHYSICAL.search(line)] == []


def test_the_lock_names_no_registry_and_every_hash() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
    taken = {name: entry for name, entry in lock["packages"].items() if name}
    assert taken
    assert not [name for name, entry in taken.items() if "resolved" in entry]
    assert not [name for name, entry in taken.items() if not entry["integrity"].startswith("sha512-")]


def test_every_icon_that_a_template_names_is_built_and_none_for_nothing() -> None:
    built = set(json.loads((FRONTEND / "icons.json").read_text("utf-8")))
    code = markup() + "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    named = set(re.findall(r"""(?:icon=|icon\()["']([a-z][a-z0-9-]+)["']""", code)) - {"havre"}
    assert named <= built, f"frontend/icons.json lacks {sorted(named - built)}"
    quoted = set(re.findall(r"""["']([a-z][a-z0-9-]*)["']""", code))
    assert built <= quoted, f"no page shows {sorted(built - quoted)}"


def test_every_class_of_tabler_that_we_keep_is_used() -> None:
    kept = json.loads((FRONTEND / "src" / "styles" / "tabler.json").read_text("utf-8"))
    words = set(re.findall(r"[\w-]+", markup()))
    assert sorted(kept) == kept
    assert not set(kept) - words


def test_every_sentence_that_the_templates_ask_of_the_house_exists() -> None:
    text = (SOURCE / "core" / "ui" / "words.toml").read_text("utf-8")
    known = set(re.findall(r"^\[(\w+)\]", text, re.MULTILINE))
    assert set(re.findall(r"""\bui\(["']([a-z0-9_]*[a-z0-9])["']""", markup())) <= known


def test_a_file_has_the_hash_of_its_content_in_its_name() -> None:
    assert re.fullmatch(r"/static/havre/house-[0-9A-Z]{8}\.css", static("havre/house.css"))
    with pytest.raises(KeyError):
        static("havre/nobody-built-this.css")


def test_what_was_taken_from_others_is_told_with_its_licence() -> None:
    taken = {package.name: package for package in packages()}
    assert {
        "@tabler/core",
        "@tabler/icons",
        "htmx.org",
        "maplibre-gl",
        "qr",
        "earcut",
        "Natural Earth",
        "GeoNames",
    } <= taken.keys()
    assert all(package.version and package.licence for package in taken.values())
    folder = SOURCE / "core" / "ui" / "static" / "havre"
    texts = (folder / Path(static("havre/licences.txt")).name).read_text("utf-8")
    assert all(f"{package.name} {package.version}" in texts for package in taken.values())


def test_a_first_page_stays_under_100_kilobytes() -> None:
    folder = SOURCE / "core" / "ui" / "static" / "havre"
    loaded = ["house.css", "house.js", "theme.js", "icons.svg", "mark.svg"]
    fonts = ["noto-sans-latin-400.woff2", "noto-sans-latin-600.woff2", "noto-sans-arabic-arabic-400.woff2"]
    weighed = [folder / f"{Path(static(f'havre/{name}')).name}.gz" for name in loaded]
    weighed += [folder / Path(static(f"havre/{name}")).name for name in fonts]
    assert sum(path.stat().st_size for path in weighed) < 85_000, "leaves less than 15 kB for the page itself"


def sent(name: str) -> int:
    """The bytes of a file as a browser gets it at worst."""
    folder = SOURCE / "core" / "ui" / "static" / "havre"
    return (folder / f"{Path(static(f'havre/{name}')).name}.gz").stat().st_size


def test_what_draws_a_map_is_no_part_of_other_pages() -> None:
    assert b"maplibregl" not in content("house.js") + content("house.css")
    assert sent("map.js") + sent("map-worker.js") + sent("map.css") < 470_000
    assert sent("ground.json") < 110_000


def test_what_reads_a_code_is_no_part_of_other_pages() -> None:
    assert sent("camera.js") < 25_000


def points_of(geometry: Any) -> Iterator[tuple[float, float]]:
    """The points of GeoJSON coordinates, however deep."""
    if isinstance(geometry[0], list):
        for part in geometry:
            yield from points_of(part)
    else:
        yield geometry[0], geometry[1]


def test_the_ground_of_a_map_is_the_region_and_the_channel_in_detail() -> None:
    features = json.loads(content("ground.json"))["features"]
    kinds = {
        each["properties"]["kind"]: list(points_of(each["geometry"]["coordinates"])) for each in features
    }
    assert list(kinds) == ["neighbour", "shore", "border", "coast"]
    for points in kinds.values():
        assert all(-13 <= x <= 18 and 40 <= y <= 62 for x, y in points)
    calais_to_dover = [(x, y) for x, y in kinds["coast"] if 1 < x < 2.5 and 50.8 < y < 51.3]
    assert len(calais_to_dover) > 30, "a coast that people know by heart"


def test_no_land_of_the_ground_is_open() -> None:
    features = json.loads(content("ground.json"))["features"]
    areas = [
        each["geometry"]["coordinates"] for each in features if each["geometry"]["type"] == "MultiPolygon"
    ]
    rings = [ring for area in areas for polygon in area for ring in polygon]
    assert rings
    assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings)
