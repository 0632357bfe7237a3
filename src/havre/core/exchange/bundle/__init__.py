# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as a bundle that another Havre, or nobody, can read in thirty years: a .zip of plain files.

``case.json`` holds all of it (``shape``, told field by field in docs/reference/bundle.md), ``dossier.pdf`` says the
same on paper, ``attachments/`` holds documents, ``schema.json`` the JSON Schema, ``manifest.json`` size and SHA-256
of each file, ``README.txt`` how to read it. Nothing here knows an app, a database or Django.
"""

from havre.core.exchange.bundle.checking import Checked, Fault, UnreadableBundle, check_bundle
from havre.core.exchange.bundle.writing import Attachment, write_bundle

__all__ = ["Attachment", "Checked", "Fault", "UnreadableBundle", "check_bundle", "write_bundle"]
