# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Background work: deferred by name in the caller's transaction, done by a worker as the member who deferred it.

A job is written in an app's ``jobs.py`` and takes ids only::

    @job("registry.import", words=WORDS, title="import_title")
    def import_list(progress: Progress, upload: UUID) -> None: ...

Its promise to us: run twice, it does what once would have done. Its work is one transaction, kept whole when it
ends and not at all when it fails or its worker dies.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from havre.core.jobs.enums import State
from havre.core.jobs.progress import Progress
from havre.core.jobs.tasks import every, job

if TYPE_CHECKING:
    from havre.core.jobs.deferring import defer
    from havre.core.jobs.worker import run_jobs, work, worker_lives

__all__ = ["Progress", "State", "defer", "every", "job", "run_jobs", "work", "worker_lives"]

_WITH_MODELS = {"defer": "deferring", "run_jobs": "worker", "work": "worker", "worker_lives": "worker"}


def __getattr__(name: str) -> object:
    """What needs the models: Django reads this package before it knows them."""
    if name not in _WITH_MODELS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WITH_MODELS[name]}"), name)
