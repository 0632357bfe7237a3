# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of jobs."""

from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.core.jobs")


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self in {State.DONE, State.FAILED}

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"state_{self.value}")
