# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre bundle check``: every fault of a bundle, one a line, or that there is none."""

from pathlib import Path

from havre.conf.console import CommandError, language, say, tell
from havre.core.exchange.bundle import check_bundle


def check_file(path: Path) -> None:
    """Says what is wrong with the bundle at ``path``; CommandError where anything is."""
    checked = check_bundle(path, language=language())
    for fault in checked.faults:
        print(fault.say(language()))  # noqa: T201 - the result of the command
    if checked.faults:
        raise CommandError(say("bundle_faults", path=path, n=len(checked.faults)))
    made_at = checked.made_at.isoformat() if checked.made_at else ""
    tell(say("bundle_sound", path=path, n=checked.files, made_at=made_at))
    tell(say("bundle_digest", sha256=checked.sha256))
