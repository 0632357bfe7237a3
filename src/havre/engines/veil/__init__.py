# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two lists that may not be shown to each other: codes of their links, which a third party matches without a key."""

from havre.engines.veil.codes import BadCodes, Codes
from havre.engines.veil.encode import encode
from havre.engines.veil.features import Said, speaker_of
from havre.engines.veil.keys import WeakKey, check_key, new_key
from havre.engines.veil.matching import OtherRun, RunPair, SameSpeaker, match_codes
from havre.engines.veil.speaker import Speaker

__all__ = [
    "BadCodes",
    "Codes",
    "OtherRun",
    "RunPair",
    "Said",
    "SameSpeaker",
    "Speaker",
    "WeakKey",
    "check_key",
    "encode",
    "match_codes",
    "new_key",
    "speaker_of",
]
