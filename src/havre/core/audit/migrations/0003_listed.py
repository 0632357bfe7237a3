# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Of whom a page spoke that lists many."""

from typing import ClassVar

from django.db import migrations

from havre.core.access.protection import GateFunction
from havre.core.audit import sql


class Migration(migrations.Migration):
    """A function."""

    dependencies: ClassVar = [("audit", "0002_functions")]

    operations: ClassVar = [GateFunction("audit_listed(text, uuid[])", sql.LISTED)]
