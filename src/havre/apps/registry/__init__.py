# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is registered: people, what was said of them, by whom and with which consent; and what they say of family."""
