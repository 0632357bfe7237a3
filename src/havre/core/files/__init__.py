# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attachments: known by their first bytes, limited in size, stripped of where they were taken, kept encrypted."""

from importlib import import_module
from typing import TYPE_CHECKING

from havre.core.files.errors import FileLost, FileRefused

if TYPE_CHECKING:
    from havre.core.files.actions import content_of, seal_anew, store, unpack, unpacked

__all__ = ["FileLost", "FileRefused", "content_of", "seal_anew", "store", "unpack", "unpacked"]


def __getattr__(name: str) -> object:
    """What needs the models: Django reads this package before it knows them."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.actions"), name)
