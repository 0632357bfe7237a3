# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a template and data to a PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from havre.core.letters.typefaces import UNKNOWN, typefaces
from havre.words import Language, Words

WORDS = Words("havre.core.letters")
SAID = ("page_of", "letters_replaced")


class TemplateMissing(LookupError):
    """No package holds a template of this name."""


def pdf(
    template: str, data: Mapping[str, Any], language: Language, *, made_at: datetime | None = None
) -> bytes:
    """A document of ``template`` (``package/path/in/it.typ``) that tells ``data``, tagged for screen readers.

    ``data`` holds what JSON can: texts, numbers, lists and tables by name; ``title`` and ``organisation`` always.
    A letter without a typeface is shown as U+FFFD and the document says so. TemplateMissing, or a TypstError where
    the template is wrong; what ``data`` says can make neither.
    """
    found = typefaces()
    told = _writable(data)
    inputs = {
        "data": json.dumps(told),
        "words": json.dumps({key: WORDS.say(language, key) for key in SAID}),
        "families": json.dumps(found.families),
        "language": language.value,
        "replaced": json.dumps(UNKNOWN in json.dumps(told, ensure_ascii=False)),
    }
    path, root = _place(template)
    return typst.compile(
        str(path),
        root=str(root),
        font_paths=found.found,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards="ua-1",
        timestamp=made_at,
    )


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return typefaces().writable(value)
    if isinstance(value, Mapping):
        return {str(key): _writable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_writable(each) for each in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TypeError(f"a document tells texts, numbers and lists of them, not a {type(value).__name__}")


def _place(template: str) -> tuple[Path, Path]:
    """The file, and the folder of its outermost package: a template reads no file outside."""
    package, _, inside = template.partition("/")
    try:
        spec = find_spec(package)
    except ModuleNotFoundError as error:
        raise TemplateMissing(template) from error
    if spec is None or spec.origin is None:
        raise TemplateMissing(template)
    folder = Path(spec.origin).parent
    path, root = folder / inside, folder.parents[package.count(".") - 1] if "." in package else folder
    if not path.is_file():
        raise TemplateMissing(template)
    return path, root
