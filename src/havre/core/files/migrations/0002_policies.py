# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees a file: the organisation that keeps it.

Neither name nor content is put on record: without a subject nobody could ever make them unreadable again.
"""

from django.db import migrations

from havre.core.access.protection import Protect


class Migration(migrations.Migration):
    """Policies of files."""

    dependencies = [("files", "0001_initial"), ("audit", "0002_functions")]

    operations = [
        Protect(
            "files_file",
            read="organisation_id = (SELECT havre_reads())",
            write="organisation_id = (SELECT havre_writes())",
            subject="subject",
            unlogged=("name", "content", "nonce", "sha256"),
        )
    ]
