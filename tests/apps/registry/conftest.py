# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts in the tests of the registry."""

from collections.abc import Iterator

import pytest
from apps.registry.people import acts
from cast import Cast

from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member


@pytest.fixture
def caseworker(cast: Cast) -> Iterator[Member]:
    """A caseworker of Dunes acts for the whole test."""
    member = cast.member(cast.dunes)
    with acts(member):
        yield member


@pytest.fixture
def supervisor(cast: Cast) -> Iterator[Member]:
    """A supervisor of Dunes acts for the whole test."""
    member = cast.member(cast.dunes, Role.SUPERVISOR)
    with acts(member):
        yield member
