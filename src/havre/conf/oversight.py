# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre audit verify``: whether the record is as it was written."""

from havre.conf.console import CommandError, language, say, tell
from havre.core.audit import faults, seal
from havre.core.audit.words import WORDS


def verify_audit() -> None:
    """Checks every entry and the chain; CommandError, naming each entry that was changed, removed or inserted."""
    found = list(faults())
    for fault in found:
        tell(WORDS.say(language(), f"fault_{fault.kind}", entry=fault.entry))
    if found:
        raise CommandError(WORDS.say(language(), "verify_broken", n=len({fault.entry for fault in found})))
    tell(f"{WORDS.say(language(), 'verify_whole')} {say('sealed', n=seal())}")
