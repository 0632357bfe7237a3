# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brings the tables of the manual up to date: ``python -m havre.core.exchange docs/reference``."""

import sys
from pathlib import Path

from havre.core.exchange.bundle.saying import update_pages as update_bundle
from havre.core.exchange.handbook import update_pages

update_pages(Path(sys.argv[1]))
update_bundle(Path(sys.argv[1]))
