# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters and lists on paper: typst templates become PDF that a screen reader reads (PDF/UA-1).

A template is a file of a package, ``havre.apps.tracing/letters/list.typ``, and imports ``/core/letters/base.typ``.
What is told reaches it as data and never as typst source, so that no name can be read as a command.
"""

from havre.core.letters.making import TemplateMissing, pdf

__all__ = ["TemplateMissing", "pdf"]
