# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre place`` and its parts: a plan, coaches, and whether either obeys every rule. Each shows its own help."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from havre.conf.console import say

Files = list[Path]
Out = Annotated[Path | None, typer.Option("--out", help=say("out_plan"))]
Policy = Annotated[Path | None, typer.Option("--policy", help=say("option_policy"))]
Locks = Annotated[Path | None, typer.Option("--locks", help=say("option_locks"))]
Seconds = Annotated[float | None, typer.Option("--time", min=0, help=say("option_time"))]

parts = typer.Typer()
"""What may be typed after ``havre place`` in place of two files."""


class PlaceCommand(TyperCommand):
    """Hands over to the part whose name is typed first, so that each has its own options and its own help."""

    @cached_property
    def parts(self) -> dict[str, Any]:
        """Each part by the words it is typed with."""
        return dict(typer.main.get_group(parts).commands)

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the longest name that stands first, or of the command itself."""
        for words in (2, 1):
            if part := self.parts.get(" ".join(args[:words])):
                return part.make_context(f"{info_name} {part.name}", args[words:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def place_command(
    files: Annotated[Files, typer.Argument(metavar="PARTIES PLACES", help=say("place_files"))],
    out: Out = None,
    policy: Policy = None,
    locks: Locks = None,
    previous: Annotated[Path | None, typer.Option("--previous", help=say("option_previous"))] = None,
    seconds: Seconds = None,
    threads: Annotated[int, typer.Option("--threads", min=1, max=64, help=say("option_threads"))] = 1,
) -> None:
    """A plan of who goes where."""
    from havre.conf.placing import Inputs, place_files
    from havre.engines.placement import Effort

    effort = Effort(endless=seconds is not None, threads=threads)
    place_files(files, out, Inputs(policy, locks, previous), effort, seconds)


@parts.command("check", help=say("about_place_check"))
def check_command(
    files: Annotated[Files, typer.Argument(metavar="PLAN PARTIES PLACES", help=say("place_check_files"))],
    policy: Policy = None,
    locks: Locks = None,
) -> None:
    """Whether a plan obeys every rule."""
    from havre.conf.placing import Inputs, check_files

    print(check_files(files, Inputs(policy, locks)))  # noqa: T201 - the result of the command


@parts.command("coaches", help=say("about_place_coaches"))
def coaches_command(
    files: Annotated[Files, typer.Argument(metavar="PLAN PARTIES PLACES", help=say("coaches_files"))],
    out: Annotated[Path | None, typer.Option("--out", help=say("out_coaches"))] = None,
    policy: Annotated[Path | None, typer.Option("--policy", help=say("option_coach_policy"))] = None,
    seconds: Seconds = None,
    first_day: Annotated[str, typer.Option("--first-day", help=say("option_first_day"))] = "",
) -> None:
    """Who rides in which coach."""
    from havre.conf.coaching import Asked, coach_files

    coach_files(files, out, Asked(policy, first_day, seconds))


@parts.command("coaches check", help=say("about_coaches_check"))
def coaches_check_command(
    files: Annotated[
        Files, typer.Argument(metavar="COACHES PLAN PARTIES PLACES", help=say("coaches_check_files"))
    ],
    policy: Annotated[Path | None, typer.Option("--policy", help=say("option_coach_policy"))] = None,
) -> None:
    """Whether coaches obey every rule."""
    from havre.conf.coaching import check_coach_files

    print(check_coach_files(files, policy))  # noqa: T201 - the result of the command


def add_to(app: typer.Typer) -> None:
    """Adds these commands to ``havre``."""
    app.command("place", cls=PlaceCommand, help=say("about_place"))(place_command)
