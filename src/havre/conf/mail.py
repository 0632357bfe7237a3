# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server that takes Havre's mail, as ``HAVRE_MAIL_URL`` names it."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
PATIENCE = 20
"""Seconds that a mail server has to answer."""
_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, how, and in whose name."""

    scheme: str
    """"smtps": encrypted from the first byte. "smtp": STARTTLS, but not where the server is this machine."""
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str

    @classmethod
    def of(cls, url: str) -> "MailServer":
        """From ``smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS``; ValueError where it is no such thing.

        User and password may be missing, both of them; the port has the usual value where none is said.
        """
        parts = urlsplit(url)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query), keep_blank_values=True)
        senders = asked.pop("from", [])
        right = (
            parts.scheme in PORTS
            and parts.hostname
            and parts.path in ("", "/")
            and not parts.fragment
            and not asked
            and len(senders) == 1
            and _ADDRESS.fullmatch(senders[0])
            and bool(parts.username) is bool(parts.password)
        )
        if not right:
            raise ValueError("no address of a mail server")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "",
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=senders[0],
        )

    def settings(self) -> dict[str, Any]:
        """What Django's settings say of it."""
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": self.host,
            "EMAIL_PORT": self.port,
            "EMAIL_HOST_USER": self.user,
            "EMAIL_HOST_PASSWORD": self.password,
            "EMAIL_USE_SSL": self.scheme == "smtps",
            "EMAIL_USE_TLS": self.scheme == "smtp" and not is_this_machine(self.host),
            "EMAIL_TIMEOUT": PATIENCE,
            "DEFAULT_FROM_EMAIL": self.sender,
        }


def is_this_machine(host: str) -> bool:
    """Whether a name or an address is of the machine itself."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
