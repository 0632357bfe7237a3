# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Log lines that name no person: what happened and where, not with what values."""

import logging
import traceback


class WithoutPersons(logging.Formatter):
    """Time, level, logger, place and the kind of an error. Its text and arguments might hold a name: left out."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; an error adds the places it passed through, without the values there."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[0] is not None:
            places = traceback.extract_tb(record.exc_info[2])
            where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(places[-8:]))
            return f"{line} {record.exc_info[0].__name__} {where}"
        return f"{line} {record.msg}" if isinstance(record.msg, str) else line
