# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a name is written in many scripts, and how strongly two spellings say one name.

>>> from havre.engines.names import explain_pairs
>>> [why] = explain_pairs([("Abd al-Rahman", "Abdur Rehman")])
>>> why.probability > 0.9
True
"""

from havre.engines.names.compare import compare_names, probability
from havre.engines.names.explain import Explanation, Pairs, explain_pairs
from havre.engines.names.normalise import fold
from havre.engines.names.parse import tokens

__all__ = ["Explanation", "Pairs", "compare_names", "explain_pairs", "fold", "probability", "tokens"]
