# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list as it was handed in, read again each time it is needed: what is kept of it is the file alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.importing.planning import Before, imported_before
from havre.apps.registry.enums import ImportState
from havre.apps.registry.models import ListImport
from havre.apps.registry.policies import IMPORT
from havre.apps.registry.queries import imports
from havre.core.access import check
from havre.core.clock import today
from havre.core.exchange import Reading, read_list, write_refused
from havre.core.files import unpack
from havre.words import Language

PEOPLE, LINKS = "people.csv", "links.csv"
"""Under these names two files are read as one list."""


def found_import(import_id: UUID) -> ListImport:
    """An own import, locked until the transaction ends; else RegistryError."""
    found = imports().filter(id=import_id).select_for_update().first()
    if found is None:
        raise RegistryError("no_such_import")
    return found


@contextmanager
def unpacked(listed: ListImport) -> Iterator[Path]:
    """The path at which the list can be read, as long as the block lasts; RegistryError where its file was given up."""
    if listed.file is None:
        raise RegistryError("file_given_up")
    with TemporaryDirectory(prefix="havre-list-") as folder:
        if listed.links_file is None:
            path = unpack(listed.file, Path(folder) / listed.file.name)
        else:
            path = unpack(listed.file, Path(folder) / PEOPLE).parent
            unpack(listed.links_file, path / LINKS)
        yield path


def read(path: Path, listed: ListImport, before: Before, progress: Callable[[float], None]) -> Reading:
    """What the list says, in the language of who handed it in; UnreadableList.

    A family link may be of somebody whom an earlier file of this list brought; who was erased is left out.
    """
    language = Language(listed.language)
    return read_list(
        path,
        language=language,
        progress=progress,
        today=today(),
        known=before.recorded_on,
        barred=before.barred,
    )


def refused_lines(import_id: UUID) -> bytes:
    """An .xlsx of the lines of which something was left out, with the reasons: to correct, and to import again."""
    check(IMPORT)
    listed = found_import(import_id)
    if listed.state in (ImportState.WAITING, ImportState.FAILED):
        raise RegistryError("no_preview")
    with unpacked(listed) as path, TemporaryDirectory(prefix="havre-list-") as folder:
        written = Path(folder) / "refused.xlsx"
        write_refused(read(path, listed, imported_before(listed), lambda _: None), written)
        return written.read_bytes()
