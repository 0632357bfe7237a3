# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One scenario of the usual size, made once."""

import pytest

from havre.scenario import Scenario, make_scenario


@pytest.fixture(scope="session")
def calais() -> Scenario:
    return make_scenario()
