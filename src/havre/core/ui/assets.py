# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Styles, scripts, fonts and icons as the front-end build made them, under names that hold a hash of the content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.templatetags.static import static as django_static

FOLDER = "havre"


class NotBuilt(RuntimeError):
    """The front-end has not been built."""


@dataclass(frozen=True, slots=True)
class Package:
    """Somebody else's work that pages are made with."""

    name: str
    version: str
    licence: str
    address: str


@cache
def static(path: str) -> str:
    """The address of a static file; ``havre/house.css`` becomes the name with the hash of what was built.

    KeyError where nothing of that name was built.
    """
    folder, _, name = path.partition("/")
    return django_static(f"{FOLDER}/{_names()[name]}") if folder == FOLDER else django_static(path)


def content(name: str) -> bytes:
    """What was built under a name, for the server itself; KeyError where nothing of that name was."""
    return (_folder() / _names()[name]).read_bytes()


def packages() -> tuple[Package, ...]:
    """What the front-end was built from, for the page that says so."""
    return tuple(Package(**entry) for entry in _built()["packages"])


@cache
def _names() -> Mapping[str, str]:
    return dict(_built()["files"])


@cache
def _built() -> Mapping[str, Any]:
    manifest = _folder() / "manifest.json"
    if not manifest.is_file():
        raise NotBuilt("The styles and scripts of the pages are not built: make frontend")
    built: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
    return built


def _folder() -> Traversable:
    return files(__package__) / "static" / FOLDER
