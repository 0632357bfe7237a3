# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vocabulary of relations as arrays, for what compares many at once; whoever only reads a list needs none."""

from functools import cache

import numpy as np

from havre.engines.linkage.relations import relations
from havre.engines.names.arrays import Flags, Indices


@cache
def fits() -> tuple[Flags, Flags]:
    """(relations, relations), symmetric: whether two may call each other so; or at least the generations agree."""
    words = list(relations().values())
    inverse = [[other.key in one.inverse or one.key in other.inverse for other in words] for one in words]
    generation = np.array([one.generation for one in words])
    return np.array(inverse), generation[:, None] + generation == 0


@cache
def sexes() -> Indices:
    """(relations,): the sex that each says (my uncle: male), 0 female, 1 male, -1 not said."""
    return np.array([{"female": 0, "male": 1}.get(one.sex, -1) for one in relations().values()], np.intp)
