# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ways through the house: each app registers its own, each role sees those that open for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse

from havre.words import Language, Words


class Right(Protocol):
    """As much as we know of a right: which roles hold it."""

    @property
    def roles(self) -> frozenset[Any]:
        """The roles that hold it."""


class Actor(Protocol):
    """As much as we know of who acts: their role."""

    @property
    def role(self) -> Any:
        """What they may do."""


@dataclass(frozen=True, slots=True)
class Item:
    """One way: a sentence of ``words``, the name of a route without arguments, an icon, and who may go."""

    words: Words
    key: str
    url_name: str
    icon: str
    right: Right
    order: int = 50
    """Smaller comes first; 10 is the work that waits for me."""
    unread: Callable[[], int] | None = None
    """How much the acting member has not read there; asked once a page, for the bar."""


@dataclass(frozen=True, slots=True)
class Way:
    """An item as a page shows it."""

    text: str
    address: str
    icon: str
    is_current: bool
    unread: int = 0


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Adds an item; called from an app's ``ready()``. A route has one item."""
    _items[item.url_name] = item


def ways(actor: Actor | None, path: str, language: Language) -> Sequence[Way]:
    """What ``actor`` may open, in order; the longest address that ``path`` begins with is the current one."""
    if actor is None:
        return ()
    shown = [item for item in _items.values() if actor.role in item.right.roles]
    placed = [(item, reverse(item.url_name)) for item in sorted(shown, key=lambda one: one.order)]
    current = max((address for _, address in placed if _holds(address, path)), key=len, default=None)
    return tuple(
        Way(
            item.words.say(language, item.key),
            address,
            item.icon,
            address == current,
            item.unread() if item.unread else 0,
        )
        for item, address in placed
    )


@dataclass(frozen=True, slots=True)
class Onward:
    """A way from the page of one thing to what another app does with it; its route takes the id of the thing."""

    item: Item
    opens: Callable[[UUID], bool]
    """Whether it leads anywhere for this one; asked of those only who may go."""


_onward: dict[str, list[Onward]] = {}


def register_onward(thing: str, way: Onward) -> None:
    """Adds a way from the page of such a thing; called from an app's ``ready()``, once."""
    if way not in (known := _onward.setdefault(thing, [])):
        known.append(way)


def onward(thing: str, pk: UUID, actor: Actor, language: Language) -> Sequence[Way]:
    """Where ``actor`` may go on to from the page of a thing, in order."""
    known = sorted(_onward.get(thing, ()), key=lambda each: each.item.order)
    found = (each.item for each in known if actor.role in each.item.right.roles and each.opens(pk))
    return tuple(
        Way(
            item.words.say(language, item.key),
            reverse(item.url_name, args=[pk]),
            item.icon,
            is_current=False,
        )
        for item in found
    )


def _holds(address: str, path: str) -> bool:
    return path == address or (address != "/" and path.startswith(address.rstrip("/") + "/"))
