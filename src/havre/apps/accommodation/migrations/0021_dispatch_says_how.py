# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever has coaches filled says how many there are that day, and at how many centres those on far ways may call."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies: ClassVar = [("accommodation", "0020_coaches")]

    operations: ClassVar = [
        migrations.AddField("dispatch", name, models.PositiveSmallIntegerField(null=True))
        for name in ("most", "far_stops")
    ]
