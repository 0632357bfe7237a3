# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keyed fingerprints of lines of a list: how Havre knows again whom it was told to forget.

**The question.** Who was erased stands on a spreadsheet that comes again next week. To keep the line out something has
to stay that recognises it; and whatever stays must not say who was erased.

**What stays.** HMAC-SHA-256 (RFC 2104, FIPS 198-1) over the identifiers of the line, with a secret of this instance
that lies beside the database and not in it (``secrets/tombstone-key``, made once). Two for each line: of the list's
name and the line's id; and of the id together with the names, so that the list is known under another name too.

**What it protects against.** Somebody who holds the database, or a backup of it, and not the secret: ids of lists are
small and guessable ("F-17"), and so are names and birth dates; a digest without a key is undone by trying them all.
And should the key leak too, a digest over a name or a birth date alone would tell of anybody whether they were erased
here. So none is taken over what can be guessed alone: the id of the line stands in each.

**What it does not protect against.** Whoever holds the secret and the database can test whether a line that they have
already was erased. A list that gives people other ids, or a person whom somebody registers by hand, is not recognised:
a name that is like another must never keep a child out. Each organisation's tombstones keep its own lists out, and no
other's.

**Without the secret** (a database restored without its folder of secrets) nobody is recognised, and silence would
bring back everybody. So each tombstone names its key, and while one stands of another key no list is taken in.
"""

import hmac
import json
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize
from uuid import UUID

from django.conf import settings

from havre.apps.registry.models import Tombstone
from havre.core.access import current_actor
from havre.core.database.secrets import kept_secret

SECRET = "tombstone-key"  # noqa: S105 - the name of a file
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints that one key makes; each is 64 hexadecimal digits."""

    key: bytes
    organisation_id: UUID

    @classmethod
    def of(cls, organisation_id: UUID) -> "Fingerprints":
        """Of the lists of an organisation, with the secret of this instance."""
        return cls(kept_secret(settings.HAVRE_SECRETS, SECRET).encode(), organisation_id)

    @property
    def key_id(self) -> str:
        """Names the key and tells nothing of it."""
        return self._made("key")[:_ID_LENGTH]

    def of_line(self, source: str, source_id: str) -> str:
        """Of a line by the name of its list and its id there."""
        return self._made("line", str(self.organisation_id), source, source_id)

    def of_words(self, source_id: str, names: str) -> str:
        """Of a line by its id and the names on it, in whatever list; empty where it has no name."""
        folded = " ".join(normalize("NFKC", names).casefold().split())
        return self._made("words", str(self.organisation_id), source_id, folded) if folded else ""

    def _made(self, *parts: str) -> str:
        # As JSON, so that two lists of parts are never one text.
        return hmac.new(self.key, json.dumps(parts).encode(), sha256).hexdigest()


def was_erased(source_id: str, names: str) -> bool:
    """Whether a line with this id and these names is of somebody whom the own organisation erased, on whatever list."""
    organisation = current_actor().organisation_id
    words = Fingerprints.of(organisation).of_words(source_id, names)
    found = Tombstone.objects.filter(organisation=organisation, lifted_at=None, of_words=words)
    return bool(words) and found.exists()
