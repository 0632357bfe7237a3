# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of centres and of parties that were handed in."""

from django.db.models import QuerySet

from havre.apps.accommodation.enums import SheetKind
from havre.apps.accommodation.models import Sheet


def sheets(kind: SheetKind) -> QuerySet[Sheet]:
    """Those of a kind, the newest first, each with who handed it in and its file without the content."""
    found = Sheet.objects.filter(kind=kind).select_related("member__account", "file")
    return found.defer("file__content").order_by("-recorded_at", "-pk")
