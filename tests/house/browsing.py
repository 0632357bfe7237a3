# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members who use a site that is served, over a line that may break at any moment."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from house.clients import signed_in
from house.served import PATIENCE

from havre.core.accounts.models import Member

_AGAIN = 0.2
"""Seconds before somebody presses the button again."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    place: str
    """Where it leads on to."""
    body: bytes

    def json(self) -> Any:
        """The body, where it is JSON."""
        return json.loads(self.body)


@dataclass
class Browsing:
    """A member who has signed in to a site at ``port``."""

    member: Member
    port: int
    statuses: dict[int, int] = field(default_factory=dict)
    """Status to how many answers had it; 0 is a line that broke."""

    def __post_init__(self) -> None:
        self._session = signed_in(self.member).session.session_key
        self._token = ""

    def get(self, path: str) -> Answer:
        """A page."""
        return self._send("GET", path, b"", {})

    def post(self, path: str, body: bytes, kind: str, **headers: str) -> Answer:
        """Sends once."""
        if not self._token:
            told = self.get("/api/session")
            self._token = told.json()["token"] if told.status == 200 else ""
        said = {"Content-Type": kind, "X-CSRFToken": self._token, **headers}
        return self._send("POST", path, body, said)

    def insist(self, path: str, body: bytes, kind: str, **headers: str) -> Answer:
        """Sends the same until it is answered by something else than a fault."""
        until = time.monotonic() + PATIENCE
        while (answer := self.post(path, body, kind, **headers)).status in (0, 500, 502, 503):
            assert time.monotonic() < until, answer
            time.sleep(_AGAIN)
        return answer

    def insist_form(self, path: str, files: dict[str, bytes] | None = None, **fields: str) -> Answer:
        """The same with a form, files included."""
        return self.insist(path, *form(fields, files or {}))

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self._session}"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, {**cookie, **headers})
            said = line.getresponse()
            answer = Answer(said.status, said.headers.get("Location", ""), said.read())
        except (OSError, http.client.HTTPException) as error:
            answer = Answer(0, type(error).__name__, b"")
        finally:
            line.close()
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        return answer


def form(fields: dict[str, str], files: dict[str, bytes]) -> tuple[bytes, str]:
    """A form as a browser sends it, and its content type; a file is called by its field."""
    edge = uuid4().hex
    parts = [
        *((f'name="{name}"', value.encode()) for name, value in fields.items()),
        *((f'name="{name}"; filename="{name}.csv"', content) for name, content in files.items()),
    ]
    lines = [
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (edge.encode(), said.encode(), value)
        for said, value in parts
    ]
    return b"".join(lines) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
