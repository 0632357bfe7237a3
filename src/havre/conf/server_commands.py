# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands of whoever runs a site: serve, migrate, check, backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from havre.conf.console import say


def serve_command(
    host: Annotated[str, typer.Option("--host", help=say("option_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=say("option_port"), min=1, max=65535)] = 8000,
) -> None:
    """The site, until Ctrl-C."""
    from havre.conf.serving import serve

    serve(host, port)


def migrate_command() -> None:
    """The database, brought up to date."""
    from havre.conf.migrating import migrate

    migrate()


def check_command() -> None:
    """What is not as it should be."""
    from havre.conf.checking import check

    check()


def backup_command(file: Annotated[Path, typer.Argument(metavar="FILE", help=say("backup_file"))]) -> None:
    """Everything, in one file."""
    from havre.conf.backup import backup

    backup(file)


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("backup_file"))],
    replace: Annotated[bool, typer.Option("--replace", help=say("option_replace"))] = False,
) -> None:
    """Everything, back from one file."""
    from havre.conf.backup import restore

    restore(file, replace=replace)


def add_to(app: typer.Typer) -> None:
    """Adds these commands to ``havre``."""
    app.command("serve", help=say("about_serve"))(serve_command)
    app.command("migrate", help=say("about_migrate"))(migrate_command)
    app.command("check", help=say("about_check"))(check_command)
    app.command("backup", help=say("about_backup"))(backup_command)
    app.command("restore", help=say("about_restore"))(restore_command)
