# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page as a browser gets it, and what is wrong with it."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import Resolver404, resolve

HEAVIEST = 100_000
"""Bytes of a page with its styles and scripts, as they are sent."""
ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post", "data-address", "srcset", "poster")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-label")
KEY = re.compile(r"\b[a-z]{2,}(?:_[a-z0-9]+)+\b")
SENTENCE = re.compile(r"[^\W\d_]{3,}\W+[^\W\d_]{2,}")
ID = re.compile(r"[0-9a-f-]{36}")
HALF_SAID = re.compile(r"\{\{|\}\}|%\(|Traceback|Undefined|\bNone\b|&amp;(?:amp|lt|gt|#)")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSAID = {"script", "style", "template", "code", "bdi", "time", "option", "svg"}
"""Elements whose text is data, or no text at all."""
CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
}


@dataclass
class Page(HTMLParser):
    """What stands in a page: its elements with their attributes, and its texts."""

    html: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """What is said, but for names and other data."""
    _open: list[tuple[str, bool]] = field(default_factory=list)
    """What is open around, and whether it is data or in a language of its own."""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        self.texts += [values[name] for name in SPOKEN if values.get(name)]
        if tag not in VOID:
            self._open.append((tag, tag in UNSAID or (tag != "html" and "lang" in values)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(unsaid for _, unsaid in self._open):
            self.texts.append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such element."""
        return [values for name, values in self.elements if name == tag]

    @property
    def sentences(self) -> set[str]:
        """Texts of two words and more."""
        return {text for text in self.texts if SENTENCE.search(text) and not ID.fullmatch(text)}


def faults(response: HttpResponse, language: str, *, status: int = 200, acts: bool = True) -> list[str]:
    """What is wrong with an answer that should be a page in a language; for a member who ``acts``, or for nobody."""
    if response.status_code != status:
        return [f"status {response.status_code}"]
    page = Page(response.content.decode())
    return [
        *_of_head(page, response, language, acts=acts),
        *_of_policy(page, response),
        *_of_addresses(page),
        *_of_words(page),
        *_of_weight(page),
    ]


def _of_head(page: Page, response: HttpResponse, language: str, *, acts: bool) -> Iterator[str]:
    if [values.get("lang") for values in page.all("html")] != [language]:
        yield f"not in {language}"
    if len(page.all("h1")) != 1:
        yield f"{len(page.all('h1'))} h1"
    if not re.search(r"<title>[^<]*\w", page.html):
        yield "no title"
    if acts and response.headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control is {response.headers.get('Cache-Control')}"
    if response["Content-Type"] != "text/html; charset=utf-8":
        yield response["Content-Type"]
    told = {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    yield from (name for name, value in told.items() if response.headers.get(name) != value)


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The Content-Security-Policy, by directive."""
    said = (each.split() for each in response.headers.get("Content-Security-Policy", "").split(";"))
    return {name: values for name, *values in filter(None, said)}


def _of_policy(page: Page, response: HttpResponse) -> Iterator[str]:
    if policy(response) != CSP:
        yield f"Content-Security-Policy is {response.headers.get('Content-Security-Policy')}"
    if page.all("style"):
        yield "a <style>"
    for tag, values in page.elements:
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            yield "a script within the page"
        yield from (
            f"{tag} {name}" for name in values if name == "style" or re.match(r"on[a-z]+$|hx-on", name)
        )
        yield from (
            f"{tag} {name}={value}" for name, value in values.items() if value.startswith("javascript:")
        )


def _of_addresses(page: Page) -> Iterator[str]:
    for tag, values in page.elements:
        for name in ADDRESSES:
            if name in values and not _stays(values[name]):
                yield f"{tag} {name}={values[name]} leads nowhere, or away"
    for form in page.all("form"):
        is_sent = form.get("method", "get").lower() == "post"
        if is_sent and page.html.count('name="csrfmiddlewaretoken"') == 0:
            yield f"a form without a token: {form.get('action')}"


def _stays(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return parts.scheme == "data"
    if not parts.path or parts.path.startswith("/static/"):
        return not parts.path or _static(parts.path) is not None
    try:
        return parts.path.startswith("/") and bool(resolve(parts.path))
    except Resolver404:
        return False


def _of_words(page: Page) -> Iterator[str]:
    for text in page.texts:
        yield from (f"says {found!r}" for found in KEY.findall(text) if "@" not in text)
        yield from (f"says {found!r}" for found in HALF_SAID.findall(text))


def _of_weight(page: Page) -> Iterator[str]:
    if (weight := weight_of(page)) > HEAVIEST:
        yield f"weighs {weight} bytes"


def weight_of(page: Page) -> int:
    """Bytes of the page and of each style and script that it loads, compressed as it is sent."""
    loaded = {values["href"] for values in page.all("link") if values.get("rel") == "stylesheet"}
    loaded |= {values["src"] for values in page.all("script") if "src" in values}
    return len(gzip.compress(page.html.encode())) + sum(_sent(address) for address in loaded)


def _sent(address: str) -> int:
    found = _static(urlsplit(address).path)
    assert found is not None, address
    packed = found.with_name(f"{found.name}.br")
    return (packed if packed.exists() else found).stat().st_size


def _static(path: str) -> Path | None:
    found = finders.find(path.removeprefix("/static/"))
    return Path(found) if isinstance(found, str) else None
