# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence on pairs of links, computed by Spark: lists of a continent, on a cluster that somebody has already.

Needs the extra ``havre[spark]``, here and on every worker; nothing else in Havre imports this room.
"""

from havre.core.spark.scoring import IDS, link_schema, score_candidates

__all__ = ["IDS", "link_schema", "score_candidates"]
