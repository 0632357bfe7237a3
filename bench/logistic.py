# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The regressions behind our weights, in bits and with a pull towards nought; enough for additive models."""

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
LN2 = float(np.log(2))
ROUNDS = 30


def fit(
    x: NDArray[np.float32],
    y: NDArray[np.bool_],
    *,
    weight: Doubles | None = None,
    offset: Doubles | None = None,
    pull: float = 1.0,
) -> Doubles:
    """Logistic regression: weights in bits such that log2 odds = offset + x @ weights; ``pull`` is the ridge."""
    n, k = x.shape
    w = np.ones(n) if weight is None else weight
    o = np.zeros(n) if offset is None else offset * LN2
    beta = np.zeros(k)
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ beta + o, -40, 40)))
        gradient = x.T @ (w * (y - p)) - pull * beta
        hessian = (x * (w * p * (1 - p) + 1e-9)[:, None]).T @ x + pull * np.eye(k)
        step = np.linalg.solve(hessian, gradient)
        largest = np.abs(step).max()
        beta += step * min(1.0, 4.0 / max(largest, 1e-9))
        if largest < 1e-6:
            break
    return beta / LN2


def fit_choice(
    x: NDArray[np.float32],
    y: NDArray[np.bool_],
    group: NDArray[np.intp],
    offset: Doubles,
    *,
    pull: float = 3.0,
) -> Doubles:
    """Conditional logistic regression: in a group p is proportional to 2 ** (offset + x @ w), against 1 for none."""
    order = np.argsort(group, kind="stable")
    x, y, group, offset = x[order], y[order], group[order], offset[order] * LN2
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(group)])
    beta = np.zeros(x.shape[1])

    def powers(beta: Doubles) -> Doubles:
        return np.exp(np.clip(x @ beta + offset, -60, 60))

    def loss(beta: Doubles) -> float:
        e = powers(beta)
        return np.log1p(np.add.reduceat(e, starts)).sum() - np.log(e[y]).sum() + pull / 2 * (beta @ beta)

    now = loss(beta)
    for _ in range(ROUNDS):
        e = powers(beta)
        p = e / np.repeat(1 + np.add.reduceat(e, starts), sizes)
        mean = np.add.reduceat(x * p[:, None], starts, axis=0)
        hessian = (x * p[:, None]).T @ x - mean.T @ mean + pull * np.eye(len(beta))
        step = np.linalg.solve(hessian, x.T @ (y - p) - pull * beta)
        size = 1.0
        while (after := loss(beta + size * step)) > now and size > 1e-3:
            size /= 2
        beta = beta + size * step
        if now - after < 1e-3:
            break
        now = after
    return beta / LN2


def fit_choice_of_many(
    x: NDArray[np.float32], y: NDArray[np.bool_], group: NDArray[np.intp], offset: Doubles, *, seed: int = 1
) -> Doubles:
    """``fit_choice`` twice: on a tenth of the wrong candidates; then on all that come near, and a tenth of the rest.

    A candidate drawn with one chance in ten stands for ten.
    """
    tenth = np.random.default_rng(seed).random(len(y)) < 0.1
    sure, beta = y, np.zeros(0)
    for _ in range(2):
        kept = sure | tenth
        many = offset + np.where(sure, 0, np.log2(10))
        beta = fit_choice(x[kept], y[kept], group[kept], many[kept])
        sure = y | (offset + x @ beta > -14)
    return beta


def constant_for(evidence: Doubles, group: NDArray[np.intp], expected: int) -> float:
    """The constant, in bits, with which the chosen share of each group sums to the expected number."""
    low, high = -60.0, 60.0
    while high - low > 1e-3:
        middle = (low + high) / 2
        odds = np.exp2(np.clip(evidence + middle, -200, 200))
        total = (odds / (1 + np.bincount(group, odds)[group])).sum()
        low, high = (middle, high) if total < expected else (low, middle)
    return low
