# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an operator may choose, read from the environment; nonsense is refused in one sentence.

A setting that is a secret may stand in a file: ``HAVRE_SECRET_KEY_FILE`` names a file that holds what
``HAVRE_SECRET_KEY`` would say. docs/reference/settings.md describes every setting.
"""

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from havre.conf.console import CommandError, say
from havre.conf.mail import MailServer, is_this_machine
from havre.core.database.cluster import Cluster
from havre.core.database.secrets import kept_secret
from havre.core.database.server import OwnServer, django_databases

_SECRETS = ("HAVRE_SECRET_KEY", "HAVRE_DATABASE_URL", "HAVRE_MAIL_URL")
_READ_ELSEWHERE = ("HAVRE_LANG",)
_OF_TESTS = "HAVRE_TEST_"
_SHORTEST_KEY = 50
_HOST = re.compile(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)
_ORIGIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
_SWITCH = {
    "1": True,
    "on": True,
    "true": True,
    "yes": True,
    "0": False,
    "off": False,
    "false": False,
    "no": False,
}


class EnvironmentRefused(CommandError):
    """A setting that cannot be: one sentence with its name and what would be right."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(say(key, **values))
        self.key, self.values = key, values


class SecondFactor(StrEnum):
    """Whether members must have a second factor."""

    REQUIRED = "required"
    OFFERED = "offered"


@dataclass(frozen=True)
class Environment:
    """Every choice of the operator."""

    var: Path
    """``HAVRE_VAR``: the folder of the private database, the secrets and the files; ``./var`` when not given."""
    database_url: str | None = field(repr=False)
    """``HAVRE_DATABASE_URL``: a PostgreSQL of yours, 15 or newer (see ``OwnServer``); the private one if not given."""
    secret_key: str = field(repr=False)
    """``HAVRE_SECRET_KEY``: signs sessions; made once in ``var/secrets`` when not given."""
    mail_url: MailServer | None
    """``HAVRE_MAIL_URL``: the server that takes mail (see ``MailServer``); without one no digest is sent."""
    hosts: tuple[str, ...]
    """``HAVRE_HOSTS``: the names that the site answers to, with commas between; this machine's own if not given."""
    https: bool
    """``HAVRE_HTTPS``: whether a proxy in front speaks HTTPS; ``on`` unless all hosts are this machine itself."""
    origin: str
    """``HAVRE_ORIGIN``: the name of this instance in every row it records."""
    today: date | None
    """``HAVRE_TODAY``: the day a demo or a test takes for today; the calendar's when not given."""
    second_factor: SecondFactor
    """``HAVRE_SECOND_FACTOR``: ``required`` of every member, or ``offered``."""
    file_limit: int
    """``HAVRE_FILE_LIMIT``: the largest file that may be sent to the site, in megabytes; here in bytes."""
    debug: bool
    """``HAVRE_DEBUG``: a command that fails shows where; never on a page."""

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        """The settings in ``variables``; EnvironmentRefused where one is unknown, or says what cannot be."""
        said = _Said(variables)
        said.refuse_unknown(set(_names()))
        var = Path(said.get("HAVRE_VAR") or "var").expanduser().absolute()
        hosts = said.hosts()
        return cls(
            var=var,
            database_url=said.database_url(),
            secret_key=said.secret_key() or kept_secret(var / "secrets", "secret-key"),
            mail_url=said.mail_url(),
            hosts=hosts,
            https=said.switch("HAVRE_HTTPS", default=not all(map(is_this_machine, hosts))),
            origin=said.origin(),
            today=said.day("HAVRE_TODAY"),
            second_factor=SecondFactor(said.one_of("HAVRE_SECOND_FACTOR", [*SecondFactor], "required")),
            file_limit=said.number("HAVRE_FILE_LIMIT", 20, smallest=1, largest=1000) * 1024 * 1024,
            debug=said.switch("HAVRE_DEBUG", default=False),
        )

    @property
    def secrets(self) -> Path:
        """The folder of the secrets, which only its owner reads."""
        return self.var / "secrets"

    def server(self, tell: Callable[[str], None] = lambda _: None) -> Cluster | OwnServer:
        """Your server, where ``HAVRE_DATABASE_URL`` names one; else the private one, which may ``tell`` of itself."""
        if self.database_url:
            return OwnServer(self.database_url, self.secrets)
        return Cluster(self.var, tell=tell)

    def databases(self) -> dict[str, dict[str, Any]]:
        """What Django's ``DATABASES`` says."""
        return django_databases(self.server())


def _names() -> list[str]:
    """Every variable that is read."""
    own = [f"HAVRE_{name.upper()}" for name in Environment.__dataclass_fields__]
    return [*own, *(f"{name}_FILE" for name in _SECRETS), *_READ_ELSEWHERE]


class _Said:
    """The variables, one kind of value at a time. An empty one is one that is not given."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def get(self, name: str) -> str | None:
        """What is said, without the spaces around it."""
        return self._variables.get(name, "").strip() or None

    def refuse_unknown(self, known: set[str]) -> None:
        """A name that nobody reads is a setting that does not do what its writer believes."""
        ours = (n for n in self._variables if n.startswith("HAVRE_") and not n.startswith(_OF_TESTS))
        for name in sorted(set(ours) - known):
            meant = difflib.get_close_matches(name, sorted(known), 1, 0)[0]
            raise EnvironmentRefused("setting_unknown", name=name, meant=meant)

    def secret(self, name: str) -> str | None:
        """A value, or what the file holds that NAME_FILE names."""
        value, path = self.get(name), self.get(f"{name}_FILE")
        if value and path:
            raise EnvironmentRefused("setting_twice", name=name)
        if path is None:
            return value
        try:
            return Path(path).read_text("utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise EnvironmentRefused("setting_file", name=f"{name}_FILE", path=path) from error

    def secret_key(self) -> str | None:
        """A key that nobody guesses."""
        key = self.secret("HAVRE_SECRET_KEY")
        if key is not None and len(key) < _SHORTEST_KEY:
            raise EnvironmentRefused("setting_key_short", name="HAVRE_SECRET_KEY", shortest=_SHORTEST_KEY)
        return key

    def database_url(self) -> str | None:
        """An address of PostgreSQL; never told again, since it may hold a password."""
        url = self.secret("HAVRE_DATABASE_URL")
        if url is None:
            return None
        try:
            said = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else {}
        except ProgrammingError:
            said = {}
        if not said.get("host") or not said.get("dbname"):
            raise EnvironmentRefused("setting_database_url", name="HAVRE_DATABASE_URL")
        return url

    def mail_url(self) -> MailServer | None:
        """An address of a mail server; never told again, since it may hold a password."""
        url = self.secret("HAVRE_MAIL_URL")
        try:
            return MailServer.of(url) if url else None
        except ValueError as error:
            raise EnvironmentRefused("setting_mail_url", name="HAVRE_MAIL_URL") from error

    def hosts(self) -> tuple[str, ...]:
        """Names of hosts, without port and scheme."""
        said = self.get("HAVRE_HOSTS")
        hosts = [part.strip() for part in said.split(",")] if said else ["localhost", "127.0.0.1", "[::1]"]
        for host in hosts:
            if host == "*" or not _HOST.fullmatch(host):
                raise EnvironmentRefused("setting_host", name="HAVRE_HOSTS", value=host)
        return tuple(hosts)

    def origin(self) -> str:
        """The name of the instance."""
        said = self.get("HAVRE_ORIGIN") or "havre"
        if not _ORIGIN.fullmatch(said):
            raise EnvironmentRefused("setting_origin", name="HAVRE_ORIGIN", value=said)
        return said

    def day(self, name: str) -> date | None:
        """A day as YYYY-MM-DD."""
        said = self.get(name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError as error:
            raise EnvironmentRefused("setting_day", name=name, value=said) from error

    def switch(self, name: str, *, default: bool) -> bool:
        """On or off."""
        said = self.get(name)
        if said is None:
            return default
        if said.lower() not in _SWITCH:
            raise EnvironmentRefused("setting_switch", name=name, value=said)
        return _SWITCH[said.lower()]

    def one_of(self, name: str, values: list[str], default: str) -> str:
        """One of a few words."""
        said = self.get(name) or default
        if said not in values:
            raise EnvironmentRefused("setting_choice", name=name, value=said, choices=", ".join(values))
        return said

    def number(self, name: str, default: int, *, smallest: int, largest: int) -> int:
        """A whole number within bounds."""
        said = self.get(name)
        if said is None:
            return default
        if not said.isascii() or not said.isdigit() or not smallest <= int(said) <= largest:
            raise EnvironmentRefused(
                "setting_number", name=name, value=said, smallest=smallest, largest=largest
            )
        return int(said)


ENVIRONMENT = Environment.read(os.environ)
"""The choices of this run."""
