# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What vl-convert draws, made fit to stand in a page: named, small, in the page's own fonts and colours."""

import re
from xml.etree import ElementTree as ET

from havre.core.charts.inks import Ink

SVG = "http://www.w3.org/2000/svg"
TEXT_SIZE = 12
"""In pixels, of all text in charts."""
_DROPPED = frozenset({"class", "role", "pointer-events", "font-family", "version"})
_NUMBER = re.compile(r"-?\d+\.\d+")
_PLAIN = {
    ("opacity", "1"),
    ("font-size", f"{TEXT_SIZE}px"),
    ("text-anchor", "start"),
    ("transform", "translate(0,0)"),
}
"""Attributes that say what holds anyway; the size of text is set once for the picture."""
_MARKS = {ink.mark: ink.css for ink in Ink}


def for_page(svg: str, *, ident: str, title: str, description: str) -> str:
    """``svg`` as an inline picture with an accessible name; every id in it begins with ``ident``.

    A reader of the page hears ``title`` and ``description`` only: the numbers are in the table beside it.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - what vl-convert drew a moment ago
    for element in root.iter():
        _clean(element, ident)
    _prune(root)
    _collapse(root)
    width, height = root.get("width", "0"), root.get("height", "0")
    root.attrib.clear()
    root.attrib.update({"viewBox": f"0 0 {width} {height}", "width": width, "height": height, "role": "img"})
    root.set("font-size", f"{TEXT_SIZE}px")
    root.set("aria-labelledby", f"{ident}-t {ident}-d")
    for tag, suffix, text in (("desc", "d", description), ("title", "t", title)):
        said = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{ident}-{suffix}"})
        said.text = text
        root.insert(0, said)
    return (
        ET.tostring(root, encoding="unicode")
        .replace(f' xmlns="{SVG}"', "")
        .replace(f' xmlns:svg="{SVG}"', "")
    )


def _clean(element: ET.Element, ident: str) -> None:
    for name, value in list(element.attrib.items()):
        if name in _DROPPED or name.startswith("aria-") or (name, value) in _PLAIN:
            del element.attrib[name]
            continue
        value = _MARKS.get(value, value)
        if name in ("d", "transform", "x2", "y2", "points"):
            value = _NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value)
        if name == "id":
            value = f"{ident}-{value}"
        element.set(name, re.sub(r"^(url\()?#(?=[a-z])", lambda found: f"{found[0]}{ident}-", value))


def _prune(element: ET.Element) -> None:
    """Without what draws nothing: empty paths, groups without content. A path in a clip draws by its shape alone."""
    if element.tag == f"{{{SVG}}}clipPath":
        return
    for child in list(element):
        _prune(child)
        unpainted = not ({"fill", "stroke"} & child.attrib.keys())
        if (child.tag == f"{{{SVG}}}path" and (unpainted or not child.get("d"))) or (
            child.tag == f"{{{SVG}}}g" and not len(child)
        ):
            element.remove(child)


def _collapse(element: ET.Element) -> None:
    """Without groups that only hold others together."""
    for index, child in reversed(list(enumerate(element))):
        _collapse(child)
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            element[index : index + 1] = list(child)
