# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worker with the sample jobs and little patience, for the tests that kill it."""

from havre.conf.running import set_up

if __name__ == "__main__":
    set_up()

    import sample_jobs

    from havre.core.jobs import worker

    assert sample_jobs.LEFT
    worker.BEAT, worker.DEAD, worker.PATIENCE, worker.DEATHS = 0.4, 2.0, 0.5, 1
    worker.work()
