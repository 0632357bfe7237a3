# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a command needs before it asks the database anything."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connections

from havre.conf.console import tell
from havre.conf.environment import ENVIRONMENT
from havre.core.database.cluster import Cluster
from havre.core.database.server import OwnServer


def set_up() -> None:
    """Django knows the settings and the apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.conf.settings")
    django.setup()


@contextmanager
def running_site() -> Iterator[Cluster | OwnServer]:
    """Inside of the block the database runs and Django can ask it.

    The private server is started where it does not run, and stops behind the last command that uses it.
    """
    server = ENVIRONMENT.server(tell)
    with server.running():
        set_up()
        try:
            yield server
        finally:
            connections.close_all()
