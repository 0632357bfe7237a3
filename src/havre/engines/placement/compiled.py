# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether what Numba compiles was compiled before on this machine."""

from pathlib import Path
from typing import Any


def is_kept(function: Any) -> bool:
    """Whether a compiled form of the function stands in the cache; else its first call takes seconds."""
    module = function.py_func.__module__.rpartition(".")[2]
    return any(Path(function.stats.cache_path or "").glob(f"{module}.*.nbi"))
