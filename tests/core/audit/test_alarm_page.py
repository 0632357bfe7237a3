# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An alarm stands at the head of the record that an auditor opens, in both languages."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cast import Cast
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.core.access import Purpose, acting_as
from havre.core.audit import LIMITS, record_read


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "151 children within 60 minutes"), ("fr", "151 enfants en 60 minutes")],
)
def test_an_alarm_stands_at_the_head_of_the_record(cast: Cast, language: str, said: str) -> None:
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        for _ in range(LIMITS.reading.most + 1):
            record_read("accommodation_party", uuid4())
    response = signed_in(cast.auditor, language).get(reverse("audit:record"))
    assert response.status_code == 200
    assert said in response.content.decode()
