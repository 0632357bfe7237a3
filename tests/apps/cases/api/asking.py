# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program that asks the API of cases, and what it says."""

import json
from typing import Any
from uuid import uuid4

from apps.cases.journey import whole
from apps.tracing.web.conftest import site_of

from havre.apps.cases.actions import DecisionSaid
from havre.core.accounts.models import Member


def got(member: Member, address: str, status: int = 200, language: str = "en") -> Any:
    answer = site_of(member, language).get(f"/api/{address}")
    assert answer.status_code == status, answer.content
    return answer.json()


def sent(member: Member, address: str, body: Any, status: int = 201, language: str = "en") -> Any:
    """The body as a program sends it, with the token of its session."""
    client = site_of(member, language)
    token = client.get("/api/session").json()["token"]
    answer = client.post(
        f"/api/{address}",
        json.dumps(body, default=str),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def event(kind: str = "hit", on: str = "2016-11-08", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_on": on, "idempotency_key": uuid4(), **more}


def decision(said: DecisionSaid | None = None) -> dict[str, Any]:
    """A decision as a program sends it."""
    kept = (said or whole()).kept()
    seen = [{"what": each["what"], "document": each["document"] or None} for each in kept["evidence_seen"]]  # type: ignore[attr-defined]
    return {
        **kept,
        "evidence_seen": seen,
        "telling_manner": kept["telling_manner"] or None,
        "idempotency_key": uuid4(),
    }


def telling(**more: Any) -> dict[str, Any]:
    said = {"told_by": "Amina", "told_on": "2016-11-21", "language": "Pashto", "manner": "read_aloud"}
    return {**said, "idempotency_key": uuid4(), **more}
