# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rights: what a role may do, and for which purpose. Apps name theirs in ``policies.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from havre.core.access.acting import Actor, current_actor
from havre.core.access.enums import Purpose
from havre.core.accounts.enums import Role

__all__ = ["PUBLIC", "NotAllowed", "Purpose", "Right", "check", "may", "needs", "public"]


class NotAllowed(Exception):
    """The acting member lacks a right."""

    def __init__(self, right: "Right") -> None:
        super().__init__(right.name)
        self.right = right


@dataclass(frozen=True, slots=True)
class Right:
    """Something that members in some roles may do. Which rows it reaches is for the row policies to say."""

    name: str
    roles: frozenset[Role]
    purpose: Purpose


PUBLIC = Right("public", frozenset(), Purpose.CARE)
"""Marks a route that nobody needs to sign in for."""

View = TypeVar("View", bound=Callable[..., Any])


def may(actor: Actor | None, right: Right) -> bool:
    """Whether the member's role holds the right; nobody holds none."""
    return actor is not None and actor.role in right.roles


def check(right: Right) -> Actor:
    """Who acts, if they hold the right; else NotAllowed."""
    actor = current_actor()
    if not may(actor, right):
        raise NotAllowed(right)
    return actor


def needs(right: Right) -> Callable[[View], View]:
    """Marks a view: it opens for members who hold ``right``, and reads for its purpose."""

    def marked(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]
        return view

    return marked


def public(view: View) -> View:
    """Marks a view that opens for everybody."""
    return needs(PUBLIC)(view)
