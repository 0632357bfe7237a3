# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Havre itself as a member, so that what comes by the clock stands on record under somebody's name.

It administers and reads no child: its organisation is no protection body, and nobody can sign in as it.
"""

from django.db import migrations

from havre.core.accounts.system import SYSTEM_ACCOUNT, SYSTEM_MEMBER, SYSTEM_ORGANISATION

MADE = [
    f"INSERT INTO accounts_organisation (id, origin, recorded_at, name, shore, kind)"
    f" VALUES ('{SYSTEM_ORGANISATION}', 'havre', now(), 'Havre', 'france', 'oversight')",
    f"INSERT INTO accounts_account (id, password, email, full_name, language, is_active, recorded_at)"
    f" VALUES ('{SYSTEM_ACCOUNT}', '!', 'havre@invalid', 'Havre', 'en', true, now())",
    f"INSERT INTO accounts_member (id, origin, recorded_at, account_id, organisation_id, organisation_kind, role, active)"
    f" VALUES ('{SYSTEM_MEMBER}', 'havre', now(), '{SYSTEM_ACCOUNT}', '{SYSTEM_ORGANISATION}', 'oversight',"
    f" 'administrator', true)",
]
UNMADE = [
    f"DELETE FROM accounts_member WHERE id = '{SYSTEM_MEMBER}'",
    f"DELETE FROM accounts_account WHERE id = '{SYSTEM_ACCOUNT}'",
    f"DELETE FROM accounts_organisation WHERE id = '{SYSTEM_ORGANISATION}'",
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(MADE, UNMADE)]
