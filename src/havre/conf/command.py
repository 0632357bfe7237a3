# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ``havre`` command: each subcommand reads what was asked and calls one function."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from havre.conf import place_commands, server_commands
from havre.conf.console import CommandError, say, tell
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.database.errors import DatabaseServerError
from havre.core.exchange import ExchangeError

app = typer.Typer(
    help=say("about"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
names_app = typer.Typer(help=say("about_names"), no_args_is_help=True)
app.add_typer(names_app, name="names")
server_commands.add_to(app)
audit_app = typer.Typer(help=say("about_audit"), no_args_is_help=True)
app.add_typer(audit_app, name="audit")
bundle_app = typer.Typer(help=say("about_bundle"), no_args_is_help=True)
app.add_typer(bundle_app, name="bundle")


@app.command("match", help=say("about_match"))
def match_command(
    lists: Annotated[
        list[Path], typer.Argument(metavar="LIST_A [LIST_B]", help=say("list_a") + " " + say("list_b"))
    ],
    out: Annotated[Path, typer.Option("--out", help=say("out_pairs"))],
    with_itself: Annotated[bool, typer.Option("--self", help=say("option_self"))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=say("option_strict"))] = False,
) -> None:
    """Pairs of two lists, or of one with itself; pairs of two lists' codes."""
    from havre.conf.matching import match_files
    from havre.conf.veiling import are_codes, match_code_files

    if are_codes(lists):
        if with_itself or strict:
            raise CommandError(say("codes_no_option"))
        match_code_files(lists, out)
        return
    match_files(lists, out, with_itself=with_itself, strict=strict)


@app.command("encode", help=say("about_encode"))
def encode_command(
    lst: Annotated[Path | None, typer.Argument(metavar="[LIST]", help=say("list_to_encode"))] = None,
    key: Annotated[Path | None, typer.Option("--key", help=say("option_key"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=say("out_codes"))] = None,
    speaker: Annotated[str, typer.Option("--speaker", help=say("option_speaker"))] = "",
    strict: Annotated[bool, typer.Option("--strict", help=say("option_strict"))] = False,
    new_key: Annotated[Path | None, typer.Option("--new-key", help=say("option_new_key"))] = None,
) -> None:
    """The codes of a list, for a match by somebody who may not see it; or a new key for such a run."""
    from havre.conf.veiling import encode_file, write_new_key

    if new_key is not None and (lst, key, out) == (None, None, None):
        write_new_key(new_key)
    elif lst is None or key is None or out is None or new_key is not None:
        raise CommandError(say("encode_what"))
    else:
        encode_file(lst, key, out, speaker, strict=strict)


@app.command("open", help=say("about_open"))
def open_command(
    pairs: Annotated[Path, typer.Argument(help=say("pairs_of_codes"))],
    ids: Annotated[Path, typer.Option("--ids", help=say("option_ids"))],
    out: Annotated[Path, typer.Option("--out", help=say("out_opened"))],
) -> None:
    """One's own links of the pairs that a match of codes found."""
    from havre.conf.veiling import open_pairs

    open_pairs(pairs, ids, out)


@names_app.command("score", help=say("about_score"))
def score_command(
    pairs: Annotated[Path, typer.Argument(help=say("name_pairs"))],
    out: Annotated[Path, typer.Option("--out", help=say("out_scores"))],
) -> None:
    """Scores of name pairs."""
    from havre.conf.names import score_file

    score_file(pairs, out)


@app.command("template", help=say("about_template"))
def template_command(out: Annotated[Path, typer.Option("--out", help=say("out_template"))]) -> None:
    """An empty list."""
    from havre.conf.console import language
    from havre.core.exchange import write_template

    if out.suffix.lower() != ".xlsx":
        raise CommandError(say("bad_ending", path=out, endings=".xlsx"))
    write_template(out, language())
    tell(say("wrote", path=out))


@app.command("scenario", help=say("about_scenario"))
def scenario_command(
    out: Annotated[Path, typer.Option("--out", help=say("out_folder"))],
    people: Annotated[int, typer.Option("--people", help=say("option_people"))] = 6500,
    seed: Annotated[int, typer.Option("--seed", help=say("option_seed"))] = 2016,
) -> None:
    """The lists and the truth of a scenario."""
    from havre.conf.demo import folder, write_scenario

    write_scenario(folder(out), people, seed)
    tell(say("wrote", path=out))


@app.command("demo", help=say("about_demo"))
def demo_command(
    out: Annotated[Path, typer.Option("--out", help=say("out_folder"))] = Path("havre-demo"),
    people: Annotated[int, typer.Option("--people", help=say("option_people"))] = 6500,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", envvar="DEMO_SERVE", help=say("option_serve"))
    ] = True,
    host: Annotated[str, typer.Option("--host", help=say("option_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("option_port"))] = 8000,
) -> None:
    """The whole way, on the scenario: files, a report, and a site."""
    from havre.conf.demo import demo

    demo(out, people=people, serve=serve, host=host, port=port)


@app.command("routes", help=say("about_routes"))
def routes_command(
    facts: Annotated[Path, typer.Option("--facts", help=say("option_facts"))],
    on: Annotated[str, typer.Option("--on", help=say("option_on"))],
) -> None:
    """The routes that are open to a child, and the deadlines of the case."""
    from havre.conf.routes import routes_of_file

    print(routes_of_file(facts, on))  # noqa: T201 - the result of the command


place_commands.add_to(app)


@app.command("what-if", help=say("about_what_if"))
def what_if_command(
    files: Annotated[list[Path], typer.Argument(metavar="PLAN PARTIES PLACES", help=say("what_if_files"))],
    close: Annotated[list[str], typer.Option("--close", metavar="CENTRE", help=say("option_close"))] = [],  # noqa: B006
    more: Annotated[list[str], typer.Option("--more", metavar="PLACE=UNITS", help=say("option_more"))] = [],  # noqa: B006
    never: Annotated[
        list[str], typer.Option("--never", metavar="PARTY=PLACE", help=say("option_never"))
    ] = [],  # noqa: B006
    always: Annotated[
        list[str], typer.Option("--always", metavar="PARTY=PLACE", help=say("option_always"))
    ] = [],  # noqa: B006
    policy: Annotated[Path | None, typer.Option("--policy", help=say("option_policy"))] = None,
    locks: Annotated[Path | None, typer.Option("--locks", help=say("option_locks"))] = None,
) -> None:
    """What a plan would win or lose if something were otherwise."""
    from havre.conf.placing import Inputs
    from havre.conf.supposing import Supposed, what_if

    supposed = Supposed(close, more, never, always)
    print(what_if(files, Inputs(policy, locks), supposed))  # noqa: T201 - the result of the command


@app.command("invite", help=say("about_invite"))
def invite_command(
    email: Annotated[str, typer.Argument(help=say("option_email"))],
    name: Annotated[str, typer.Option("--name", help=say("option_name"))],
    role: Annotated[Role, typer.Option("--role", help=say("option_role"))],
    organisation: Annotated[str, typer.Option("--organisation", help=say("option_organisation"))],
    shore: Annotated[Shore, typer.Option("--shore", help=say("option_shore"))] = Shore.FRANCE,
    kind: Annotated[
        OrganisationKind, typer.Option("--kind", help=say("option_kind"))
    ] = OrganisationKind.PROTECTION,
) -> None:
    """A new member, by the operator."""
    from havre.conf.serving import site

    with site():
        from havre.conf.members import invite_member

        print(invite_member(email, name, role, organisation, shore, kind))  # noqa: T201 - the result of the command


@audit_app.command("verify", help=say("about_verify"))
def verify_command() -> None:
    """Whether the record is as it was written."""
    from havre.conf.serving import site

    with site():
        from havre.conf.oversight import verify_audit

        verify_audit()


@bundle_app.command("check", help=say("about_bundle_check"))
def bundle_check_command(
    bundle: Annotated[Path, typer.Argument(metavar="FILE", help=say("bundle_file"))],
) -> None:
    """Whether a bundle of a case is as it was written."""
    from havre.conf.bundles import check_file

    check_file(bundle)


def _usage(error: TyperException) -> str:
    """What was typed wrong, and where it is told how to type it."""
    context, param = getattr(error, "ctx", None), getattr(error, "param", None)
    command = context.command_path if context else "havre"
    name = getattr(error, "option_name", None) or (param.opts[0] if param is not None and param.opts else "")
    if param is not None and not name.startswith("-"):
        name = param.metavar or name
    key = (
        "usage_missing" if type(error).__name__ == "MissingParameter" else "usage_wrong" if name else "usage"
    )
    return say(key, command=command, name=name)


def main() -> None:
    """Runs the command; whatever goes wrong is one sentence on the error stream, and the exit code is not 0."""
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # whose help has been shown
            tell(_usage(error))
        sys.exit(2)
    except (CommandError, DatabaseServerError, ExchangeError) as error:
        tell(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        tell(say("interrupted"))
        sys.exit(130)
    except Exception as error:
        if os.environ.get("HAVRE_DEBUG"):
            raise
        # Only the kind of the error: its text might hold a name.
        tell(say("own_error", kind=type(error).__name__))
        sys.exit(70)
