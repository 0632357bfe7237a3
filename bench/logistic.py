# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Logistic regression with a pull towards nought, in bits; enough for our additive models and nothing more."""

import numpy as np
from numpy.typing import NDArray

LN2 = float(np.log(2))


def fit(
    x: NDArray[np.float32], y: NDArray[np.bool_], *, weight: NDArray[np.float64] | None = None,
    offset: NDArray[np.float64] | None = None, pull: float | NDArray[np.float64] = 1.0, rounds: int = 30,
) -> NDArray[np.float64]:
    """Weights in bits such that log2 odds = offset + x @ weights; ``pull`` is the ridge penalty (per column)."""
    n, k = x.shape
    w = np.ones(n) if weight is None else weight
    o = np.zeros(n) if offset is None else offset * LN2
    ridge = np.broadcast_to(np.asarray(pull, float), (k,))
    beta = np.zeros(k)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ beta + o, -40, 40)))
        gradient = x.T @ (w * (y - p)) - ridge * beta
        hessian = (x * (w * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        largest = np.abs(step).max()
        beta += step * min(1.0, 4.0 / max(largest, 1e-9))
        if largest < 1e-6:
            break
    return beta / LN2
