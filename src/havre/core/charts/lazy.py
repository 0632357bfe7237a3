# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Libraries that take seconds to load, loaded by whoever first draws: most commands and pages draw nothing."""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def lazily(name: str) -> ModuleType:
    """The module ``name``, read at the first attribute that is asked of it; ModuleNotFoundError at once."""
    if name in sys.modules:
        return sys.modules[name]
    if find_spec(name) is None:
        raise ModuleNotFoundError(name=name)
    return _Later(name)


class _Later(ModuleType):
    """Stands for a module. Of several threads that ask first, one reads it and the others wait.

    The LazyLoader of Python 3.11 lets the others see a module that is half read.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)
