# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Havre's words with their meaning in both languages."""

from collections.abc import Callable
from typing import Protocol

from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Organisation
from havre.core.exchange.bundle import shape
from havre.words import Language, Words

WORDS = Words("havre.apps.cases.queries.told")
EN, FR = Language.ENGLISH, Language.FRENCH


class Labelled(Protocol):
    """A word of a vocabulary."""

    @property
    def value(self) -> str:
        """As it is kept."""

    def label(self, language: Language) -> str:
        """In words."""


def both(say: Callable[[Language], str]) -> shape.Text:
    """What ``say`` says, in both languages."""
    return shape.Text(en=say(EN), fr=say(FR))


def word(said: Labelled) -> shape.Word:
    """A word of an enum of ours."""
    return named(said.value, said.label)


def named(key: str, say: Callable[[Language], str]) -> shape.Word:
    """A word that is called ``key``."""
    return shape.Word(word=str(key), en=say(EN), fr=say(FR))


def own_word(key: str, value: str) -> shape.Word:
    """A word of this room: the sentence ``key``, called ``value``."""
    return named(value, lambda language: WORDS.say(language, key))


def organisation_told(organisation: Organisation) -> shape.Organisation:
    """An organisation by its name and its shore."""
    return shape.Organisation(
        id=organisation.pk, name=organisation.name, shore=word(Shore(organisation.shore))
    )
