# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PostgreSQL server that Havre stands on: its own in a folder, or yours; its roles; what every row holds."""
