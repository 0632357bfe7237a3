# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of the registry waits for a member: counted only for whoever may do something about it."""

from collections.abc import Iterator

from django.urls import reverse

from havre.apps.registry.policies import CONSENT, GROUP, IMPORT
from havre.apps.registry.queries import groupings, imports, registrations
from havre.apps.registry.web.words import WORDS
from havre.core.access import current_actor, may
from havre.core.ui.work import Tile
from havre.words import Language


def waiting(language: Language) -> Iterator[Tile]:
    """Proposals to decide, lists to accept, consents to ask for again."""
    actor = current_actor()
    if may(actor, GROUP) and (n := groupings().open().count()):
        yield Tile(
            n, WORDS.say(language, "waits_groupings", n=n), reverse("registry:groupings"), "attention", 30
        )
    if may(actor, IMPORT) and (n := imports().waiting_for_a_member().count()):
        yield Tile(n, WORDS.say(language, "waits_imports", n=n), reverse("registry:imports"), "attention", 35)
    if may(actor, CONSENT) and (n := registrations().own().with_consent_ending_soon().count()):
        address = f"{reverse('registry:people')}?consent=ending"
        yield Tile(n, WORDS.say(language, "waits_consents", n=n), address, "attention", 40)
