# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the command says on the terminal: progress and summaries on the error stream, nothing of a person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from havre.words import Language, Words

WORDS = Words("havre.conf")
_SHOWN_REMARKS = 20
_OF_FILES: dict[type[OSError], str] = {
    FileNotFoundError: "why_not_found",
    PermissionError: "why_not_allowed",
    IsADirectoryError: "why_is_folder",
    NotADirectoryError: "why_no_folder",
    FileExistsError: "why_exists",
}


def language() -> Language:
    """The language of this run."""
    return Language.of_environment()


def say(key: str, /, **values: object) -> str:
    """A sentence of the command in the language of this run."""
    return WORDS.say(language(), key, **values)


def why(error: OSError) -> str:
    """Why the system did not do what was asked of a file, in the language of this run where Havre knows it."""
    if key := _OF_FILES.get(type(error)):
        return say(key)
    return error.strerror or type(error).__name__


class CommandError(Exception):
    """One sentence that ends the command."""


def console() -> Console:
    """The error stream; without markup, since a path or a cell may hold brackets."""
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def progress(key: str) -> Iterator[Callable[[float], None]]:
    """A progress bar for one step, told the share that is done, from 0 to 1."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console()) as bar:
        task = bar.add_task(say(key), total=1.0)
        yield lambda share: bar.update(task, completed=share)
        bar.update(task, completed=1.0)


def tell(sentence: str) -> None:
    """One line on the error stream."""
    console().print(sentence)


def tell_remarks(remarks: list[str]) -> None:
    """The first remarks, and how many more there are."""
    tell(say("remarks", n=len(remarks)))
    for remark in remarks[:_SHOWN_REMARKS]:
        tell(f"  {remark}")
    if more := len(remarks) - _SHOWN_REMARKS if len(remarks) > _SHOWN_REMARKS else 0:
        tell("  " + say("more_remarks", n=more))
