# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shore hands to whoever matches: one row of bits for each link, under an id that means nothing elsewhere."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from havre.engines.veil.speaker import Speaker

MAGIC = "havre codes"
VERSION = 1
BITS = 32_768
"""Bits of one code: how many of them agree says the evidence to about 0.6 bits (see ``agreement``)."""
ID_BYTES = 8
_LONGEST_HEAD = 4096
Bytes = NDArray[np.uint8]


class BadCodes(ValueError):
    """A file that holds no codes, or not all of them: ``args[0]`` is ``not_codes``, ``other_version`` or ``broken``."""


@dataclass(frozen=True)
class Codes:
    """The encoded links of one list, in the order of their ids."""

    run: str
    """The check value of the key and the edition: codes of two runs cannot be compared."""
    speaker: Speaker
    ids: tuple[str, ...]
    bits: Bytes
    """(links, BITS / 8)"""

    def to_bytes(self) -> bytes:
        """The file: a line of JSON, then for each link its id and its bits."""
        ids = np.frombuffer(bytes.fromhex("".join(self.ids)), np.uint8).reshape(len(self.ids), ID_BYTES)
        body = np.hstack([ids, self.bits]).tobytes()
        head = {
            "file": MAGIC,
            "version": VERSION,
            "run": self.run,
            "speaker": self.speaker.value,
            "bits": BITS,
            "links": len(self.ids),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        return json.dumps(head).encode() + b"\n" + body

    @staticmethod
    def begin(data: bytes) -> bool:
        """Whether a file that begins so says that it holds codes."""
        return data.startswith(f'{{"file": "{MAGIC}"'.encode())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Codes":
        """BadCodes where the bytes are not what ``to_bytes`` makes."""
        head, _, body = data.partition(b"\n")
        try:
            said = json.loads(head[:_LONGEST_HEAD])
            if said["file"] != MAGIC:
                raise BadCodes("not_codes")
            if (said["version"], said["bits"]) != (VERSION, BITS):
                raise BadCodes("other_version")
            links, speaker, run = int(said["links"]), Speaker(said["speaker"]), str(said["run"])
        except (ValueError, KeyError, TypeError) as error:
            raise error if isinstance(error, BadCodes) else BadCodes("not_codes") from error
        row = ID_BYTES + BITS // 8
        if len(body) != links * row or hashlib.sha256(body).hexdigest() != said["sha256"]:
            raise BadCodes("broken")
        table = np.frombuffer(body, np.uint8).reshape(links, row)
        ids = tuple(each.tobytes().hex() for each in table[:, :ID_BYTES])
        return cls(run, speaker, ids, np.ascontiguousarray(table[:, ID_BYTES:]))
