# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists on their way in."""

from django.db.models import QuerySet

from havre.apps.registry.enums import ImportState
from havre.apps.registry.models import ListImport


class ListImports(QuerySet[ListImport]):
    """Imports of the own organisation."""

    def waiting_for_a_member(self) -> "ListImports":
        """Read, and to be looked at."""
        return self.filter(state=ImportState.PREVIEWED)

    def under_way(self) -> "ListImports":
        """Being read or written."""
        return self.filter(state__in=(ImportState.WAITING, ImportState.ACCEPTED))

    def with_files(self) -> "ListImports":
        """Each with who handed it in, and its file without the content."""
        return self.select_related("member__account", "file").defer("file__content")


def imports() -> ListImports:
    """All that may be read."""
    return ListImports(ListImport)
