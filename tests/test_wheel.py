# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wheel holds what Havre needs, and runs where there is no repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def built_for_pages() -> set[str]:
    """What `make frontend` made: no file of git, and a page is nothing without it."""
    made = {str(path.relative_to(SOURCE)) for path in (SOURCE / "havre/core/ui/static/havre").iterdir()}
    assert any(name.endswith("manifest.json") for name in made), "make frontend"
    return made


def kept_in_git() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "havre"],
        cwd=SOURCE,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return {name for name in listed.stdout.decode().split("\0") if name and (SOURCE / name).is_file()}


def elsewhere() -> dict[str, str]:
    """This environment without what names the site of the tests: a demo must not fill it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HAVRE_")}


def run_demo(python: list[str], folder: Path, **environment: str) -> None:
    """Runs ``havre demo`` in an empty folder and looks at what it wrote."""
    folder.mkdir()
    done = subprocess.run(
        [*python, "demo", "--people", "700", "--no-serve"],
        cwd=folder,
        env={**elsewhere(), "HAVRE_LANG": "en", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "havre-demo" / "report.html").stat().st_size > 10_000
    assert (folder / "havre-demo" / "pairs.xlsx").stat().st_size > 10_000
    assert "report.html" in done.stdout
    assert "pairs.xlsx" in done.stdout


def test_the_wheel_holds_every_file_of_the_house_and_nothing_else(wheel: Path) -> None:
    packed = {
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.partition("/")[0].endswith(".dist-info")
    }
    assert packed == kept_in_git() | built_for_pages()


def test_the_wheel_carries_its_licences_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name}
    carried = {Path(name).name for name in texts if "/licenses/" in name}
    assert carried == {path.name for path in (ROOT / "LICENSES").glob("*.txt")}
    (entry_points,) = (text for name, text in texts.items() if name.endswith("entry_points.txt"))
    assert "havre = havre.conf.command:main" in entry_points


@pytest.mark.skipif("HAVRE_TEST_WHEEL" in os.environ, reason="the test below asks more")
def test_the_demo_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    # What stands on PYTHONPATH comes before the checkout that is installed here for its developers.
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import havre; print(havre.__file__)"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path)
    program = "from havre.conf.command import main; main()"
    run_demo([sys.executable, "-P", "-c", program], tmp_path / "empty", **environment)


@pytest.mark.minutes
@pytest.mark.skipif(
    "HAVRE_TEST_WHEEL" not in os.environ, reason="installs everything anew: HAVRE_TEST_WHEEL=1"
)
def test_pip_installs_the_wheel_into_an_empty_venv(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    locked = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    versions = tmp_path / "versions.txt"
    versions.write_text("\n".join(line.removesuffix("\\") for line in locked if line[:1].isalnum()))
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, capture_output=True)
    pip = [
        str(venv / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "-c",
        str(versions),
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    run_demo([str(venv / "bin" / "havre")], tmp_path / "empty")
