# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a file: always as something to save, never as something the browser shows within our pages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from havre.core.access import Purpose, Right, needs
from havre.core.accounts.enums import PROTECTION_ROLES
from havre.core.audit import record_read
from havre.core.files.actions import content_of
from havre.core.files.models import File

OPEN_FILE = Right("files.open", PROTECTION_ROLES, Purpose.CARE)
"""Who looks after children; which files, the row policy says."""


@needs(OPEN_FILE)
@require_GET
def download(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, on record as read."""
    file = get_object_or_404(File, id=pk)
    content = content_of(file)
    record_read("files_file", file.id, file.subject)
    return HttpResponse(
        content,
        content_type=file.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
            "Content-Length": str(len(content)),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
