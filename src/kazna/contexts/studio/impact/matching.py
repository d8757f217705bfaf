"""Pairs of families alike before: one that got the measure and one that did not, nobody used twice.

The chance to get the measure is estimated by logistic regression with squares and products of the traits; neighbours
are within a fifth of a standard deviation of its logit, in the same territory. Without repetition, so that resampling
whole pairs tells the uncertainty truly (Abadie, Spiess 2022).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kazna.contexts.studio.contracts import MatchingNotInstalled
from kazna.contexts.studio.impact.families import Columns, Families

CALIPER = 0.2  # standard deviations of the logit: Austin 2011
MOST_ALIKE = 200_000  # families without the measure looked at in a territory, a sample of them when there are more
NEIGHBOURS, ROUNDS = 8, 60
Places = NDArray[np.int64]


def pairs(one: Families) -> tuple[Places, Places]:
    """Rows of those who got it and, at the same place, of their likenesses; empty where one side is."""
    random = np.random.default_rng(20_260_101)
    got, others = np.flatnonzero(one.got), np.flatnonzero(~one.got)
    if not got.size or not others.size:
        return got[:0], others[:0]
    if others.size > MOST_ALIKE:
        others = np.sort(random.choice(others, MOST_ALIKE, replace=False))
    logit = _logit(one.traits, got, others)
    logit = logit + random.normal(0, 1e-7, logit.size)  # equals are met in a fair order
    reach = CALIPER * float(np.std(logit[np.concatenate([got, others])]))
    left, right = _meet(logit[got], logit[others], reach)
    return got[left], others[right]


def _logit(traits: Columns, got: Places, others: Places) -> Columns:
    try:
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import PolynomialFeatures, StandardScaler
    except ImportError:
        raise MatchingNotInstalled from None
    model = make_pipeline(
        StandardScaler(),
        PolynomialFeatures(2, include_bias=False),
        StandardScaler(),
        LogisticRegression(solver="newton-cholesky"),
    )
    rows = np.concatenate([got, others])
    model.fit(traits[rows], np.arange(rows.size) < got.size)
    told = np.zeros(len(traits))
    told[rows] = model.decision_function(traits[rows])
    return told


def _meet(left: Columns, right: Columns, reach: float) -> tuple[Places, Places]:
    """Each takes its nearest free neighbour; of those who want the same one the nearest has it, the others go on."""
    from sklearn.neighbors import NearestNeighbors

    match = np.full(left.size, -1)
    free = np.ones(right.size, dtype=bool)
    for _ in range(ROUNDS):
        waiting, room = np.flatnonzero(match < 0), np.flatnonzero(free)
        if not waiting.size or not room.size:
            break
        near = NearestNeighbors(n_neighbors=min(NEIGHBOURS, room.size)).fit(right[room, None])
        far, place = near.kneighbors(left[waiting, None])
        wish = np.column_stack([np.repeat(waiting, far.shape[1]), room[place].ravel()])
        order = np.argsort(far.ravel(), kind="stable")
        order = order[far.ravel()[order] <= reach]
        new = _settled(wish[order], left.size, right.size)
        if not new.size:
            break
        match[new[:, 0]], free[new[:, 1]] = new[:, 1], False
    paired = np.flatnonzero(match >= 0)
    return paired, match[paired]


def _settled(wishes: Places, lefts: int, rights: int) -> Places:
    """Of wishes from the nearest, those that are the first of both sides."""
    place = np.arange(len(wishes))
    first_left, first_right = np.full(lefts, len(wishes)), np.full(rights, len(wishes))
    np.minimum.at(first_left, wishes[:, 0], place)
    np.minimum.at(first_right, wishes[:, 1], place)
    return wishes[(first_left[wishes[:, 0]] == place) & (first_right[wishes[:, 1]] == place)]
