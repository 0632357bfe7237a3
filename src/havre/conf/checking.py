# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre check``: one line for each thing that is not as it should be, and an exit code that says whether any is."""

import stat
from collections.abc import Iterator

from django.apps import apps

from havre.conf.console import CommandError, language, say, tell
from havre.conf.environment import Environment, SecondFactor
from havre.conf.migrating import check_up_to_date
from havre.conf.running import running_site
from havre.core.database.cluster import Cluster
from havre.core.database.promises import BrokenPromise, broken_promises
from havre.core.database.roles import Connection, check_version, connect
from havre.core.database.server import DatabaseRole, OwnServer

OPEN = {"accounts"}
"""Apps whose rows are no child's data: every member may read who works where. Their changes are recorded."""


def check() -> None:
    """Says what is not as it should be; CommandError with the count where there is anything."""
    from havre.conf.environment import ENVIRONMENT

    found = 0
    with running_site() as server:
        for line in [*settings_problems(ENVIRONMENT), *database_problems(server)]:
            tell(line)
            found += 1
    if found:
        raise CommandError(say("problems", n=found))
    tell(say("no_problems"))


def settings_problems(environment: Environment) -> Iterator[str]:
    """Settings that suit a demo or a test, and no site with children's data."""
    if not environment.https:
        yield say("problem_https", hosts=", ".join(environment.hosts))
    if environment.second_factor is not SecondFactor.REQUIRED:
        yield say("problem_second_factor")
    if environment.today is not None:
        yield say("problem_today", today=environment.today.isoformat())
    if environment.debug:
        yield say("problem_debug")
    for path in sorted([environment.secrets, *environment.secrets.iterdir()]):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield say("problem_secret", path=path)


def database_problems(server: Cluster | OwnServer) -> Iterator[str]:
    """What the server says of itself, as the role that sees every row; DatabaseServerError where it says nothing."""
    with connect(server.url(DatabaseRole.MAINTENANCE)) as connection:
        check_version(connection)
        for broken in promises_of_site(connection):
            yield broken.say(language())
    try:
        check_up_to_date()
    except CommandError as error:
        yield str(error)


def promises_of_site(connection: Connection) -> Iterator[BrokenPromise]:
    """The promises that are broken in a database that has been migrated."""
    from havre.core.database.models import Row  # a model can be imported only once Django knows the apps

    rows = [model for model in apps.get_models() if issubclass(model, Row)]
    protected = [model._meta.db_table for model in rows if model._meta.app_label not in OPEN]
    return broken_promises(connection, protected, [model._meta.db_table for model in rows])
