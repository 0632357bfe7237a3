# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a spreadsheet user with a good similarity gets: token_set_ratio on the names of both people, every link
against every link. Its scores are no probabilities, and rivals do not compete.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bench.measures import Proposal
from havre.engines.linkage import ShoreList

LEAST = 0.6
"""The mean of both similarities below which a pair is left out: noise, millions of them."""

Similarities = NDArray[np.uint8]


class _Names:
    """Spellings as rivals see them, each distinct one once."""

    def __init__(self, names: Sequence[str]) -> None:
        plain = [anyascii(name).casefold() for name in names]
        self.distinct = sorted(set(plain))
        index = {name: i for i, name in enumerate(self.distinct)}
        self.at = np.array([index[name] for name in plain], np.intp)

    def against(self, others: "_Names") -> Similarities:
        """(distinct, distinct of others): token_set_ratio, in hundredths."""
        return process.cdist(
            self.distinct, others.distinct, scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=-1
        )


def token_set_proposals(a: ShoreList, b: ShoreList) -> Iterator[Proposal]:
    """Links of a against links of b, by the mean of both people; and against people of b, by the relative alone."""
    speak_a, speak_b = ({p.person_id: n for n, p in enumerate(lst.people)} for lst in (a, b))
    people_a, people_b = (_Names([p.described.names for p in lst.people]) for lst in (a, b))
    links_a, links_b = (_Names([link.described.names for link in lst.links]) for lst in (a, b))
    children, relatives = people_a.against(links_b), links_a.against(people_b)
    declarant_b = np.array([speak_b[link.person_id] for link in b.links], np.intp)
    for i, link in enumerate(a.links):
        child = children[people_a.at[speak_a[link.person_id]]][links_b.at]
        relative = relatives[links_a.at[i]][people_b.at]
        mean = (child.astype(float) + relative[declarant_b]) / 200
        for j in np.flatnonzero(mean >= LEAST).tolist():
            yield Proposal(link.link_id, b.links[j].link_id, b.links[j].person_id, float(mean[j]))
        for k in np.argsort(-relative.astype(int), kind="stable")[:20].tolist():
            yield Proposal(link.link_id, "", b.people[k].person_id, float(relative[k]) / 100)
