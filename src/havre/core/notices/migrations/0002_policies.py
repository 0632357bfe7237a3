# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees a notice: the member whom it tells. Whoever acts may tell anybody."""

from django.db import migrations

from havre.core.access.protection import Protect

MINE = "member_id = (SELECT havre_member())"


class Migration(migrations.Migration):
    """Policies of notices."""

    dependencies = [("notices", "0001_initial"), ("audit", "0002_functions")]

    operations = [
        Protect("notices_notice", read=MINE, write=MINE, insert="(SELECT havre_member()) IS NOT NULL"),
    ]
