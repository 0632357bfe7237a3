# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether this process answers, and whether the site can do its work; for whatever watches over it.

Neither says anything of a person, or what went wrong: that stands in the log.
"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from havre.core.access import public

FREE = 500 * 1024 * 1024
"""Bytes on the disk below which PostgreSQL may soon be unable to write."""


class Health:
    """Answers before anything else does: without a transaction, a session, or a look at the name of the host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._others = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of this module, else that of everybody behind it."""
        view = {"/healthz": healthz, "/readyz": readyz}.get(request.path_info)
        return self._others(request) if view is None else view(request)


@public
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"healthy": True})


@public
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """What the site needs for its work, each true or false; 503 where one is false."""
    said = {"database": True, "migrations": False, "worker": False, "disk": has_room()}
    try:
        said |= {"migrations": is_migrated(), "worker": has_worker()}
    except Error:
        said["database"] = False
        connection.close()
    ready = all(said.values())
    return JsonResponse({"ready": ready, **said}, status=200 if ready else 503)


def is_migrated() -> bool:
    """Whether every migration of this version has been applied."""
    from havre.conf.migrating import plan

    return not plan()


def has_worker() -> bool:
    """Whether a worker for jobs lives."""
    from havre.core.jobs import worker_lives

    return worker_lives()


def has_room() -> bool:
    """Whether the disk with the folder of Havre has room left."""
    return shutil.disk_usage(settings.HAVRE_VAR).free > FREE
