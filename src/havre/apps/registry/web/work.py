# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of the registry waits for a member: counted only for whoever may do something about it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from havre.apps.registry.policies import CONSENT, GROUP, IMPORT
from havre.apps.registry.queries import groupings, imports, registrations
from havre.apps.registry.web.words import WORDS
from havre.core.access import Right, current_actor, may
from havre.core.database.counting import counted_together
from havre.core.ui.work import Tile
from havre.words import Language


def waiting(language: Language) -> Iterator[Tile]:
    """Proposals to decide, lists to accept, consents to ask for again."""
    actor = current_actor()
    asked: dict[str, tuple[Right, QuerySet[Any]]] = {
        "groupings": (GROUP, groupings().open()),
        "imports": (IMPORT, imports().waiting_for_a_member()),
        "consents": (CONSENT, registrations().own().with_consent_ending_soon()),
    }
    counted = counted_together(**{name: rows for name, (right, rows) in asked.items() if may(actor, right)})
    if n := counted.get("groupings"):
        yield Tile(
            n, WORDS.say(language, "waits_groupings", n=n), reverse("registry:groupings"), "attention", 30
        )
    if n := counted.get("imports"):
        yield Tile(n, WORDS.say(language, "waits_imports", n=n), reverse("registry:imports"), "attention", 35)
    if n := counted.get("consents"):
        address = f"{reverse('registry:people')}?consent=ending"
        yield Tile(n, WORDS.say(language, "waits_consents", n=n), address, "attention", 40)
