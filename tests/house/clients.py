# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members who have signed in, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from havre.core.accounts.models import Member


def signed_in(member: Member, language: str = "en", **options: Any) -> Client:
    """A browser in which the member has signed in, second step included."""
    options = {"raise_request_exception": False, **options}
    client = Client(headers={"accept-language": language}, **options)
    client.force_login(member.account, settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session.update({"member": str(member.id), "second_factor": True})
    session.save()
    return client


@contextmanager
def one_connection() -> Iterator[None]:
    """Within, a request that ends does not end the connection, as it does on a server."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
