# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many parties ride apart from those with whom they wished to travel."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column."""

    dependencies: ClassVar = [("accommodation", "0021_dispatch_says_how")]

    operations: ClassVar = [
        migrations.AddField("dispatch", "parted", models.PositiveIntegerField(null=True)),
    ]
