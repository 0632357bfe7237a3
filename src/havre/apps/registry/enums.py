# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of the registry."""

from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.apps.registry")


class Extent(StrEnum):
    """How much was asked when somebody was registered."""

    QUICK = "quick"
    FULL = "full"

    def label(self, language: Language) -> str:
        """The extent in words."""
        return WORDS.say(language, f"extent_{self.value}")


class NameKind(StrEnum):
    """What a name is to the person."""

    OWN = "own"
    SPELLING = "spelling"
    """Another spelling of the own name."""
    NICKNAME = "nickname"

    def label(self, language: Language) -> str:
        """The kind in words."""
        return WORDS.say(language, f"name_kind_{self.value}")


class PartRole(StrEnum):
    """What a part of a name is. Names have no first and last."""

    OWN = "own"
    FATHER = "father"
    FAMILY = "family"
    PARTICLE = "particle"
    HONORIFIC = "honorific"

    def label(self, language: Language) -> str:
        """The role in words."""
        return WORDS.say(language, f"part_role_{self.value}")


class Writer(StrEnum):
    """Whose hand a spelling is from."""

    PERSON = "person"
    """The person themself."""
    MEMBER = "member"
    INTERPRETER = "interpreter"
    DOCUMENT = "document"
    LIST = "list"
    """A list that was read in; who wrote it there is not known."""

    def label(self, language: Language) -> str:
        """The writer in words."""
        return WORDS.say(language, f"writer_{self.value}")


class AgeMethod(StrEnum):
    """How an age is known."""

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    ASSESSED = "assessed"

    def label(self, language: Language) -> str:
        """The method in words."""
        return WORDS.say(language, f"age_method_{self.value}")


class ContactKind(StrEnum):
    """How somebody can be reached."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"

    def label(self, language: Language) -> str:
        """The kind in words."""
        return WORDS.say(language, f"contact_kind_{self.value}")


class ConsentFor(StrEnum):
    """What a consent allows."""

    REGISTRATION = "registration"
    TRACING = "tracing"
    """To be compared with the other shore's list."""
    SHARING = "sharing"
    """To be read whole by one other organisation."""
    FINDABLE = "findable"
    """To let other organisations hear that somebody like this is registered here, and no more."""
    REFERRAL = "referral"
    """To be referred to one other organisation, which reads an extract and no more."""

    @property
    def names_recipient(self) -> bool:
        """Whether it is asked for one organisation, which the answer names."""
        return self in (ConsentFor.SHARING, ConsentFor.REFERRAL)

    def label(self, language: Language) -> str:
        """The purpose in words."""
        return WORDS.say(language, f"consent_for_{self.value}")


class ConsentGiver(StrEnum):
    """Who was asked."""

    CHILD = "child"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    SELF = "self"
    """An adult, for themself."""

    def label(self, language: Language) -> str:
        """The giver in words."""
        return WORDS.say(language, f"consent_giver_{self.value}")


class ConsentHow(StrEnum):
    """How somebody was asked."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    INTERPRETER = "interpreter"

    def label(self, language: Language) -> str:
        """The way in words."""
        return WORDS.say(language, f"consent_how_{self.value}")


class LegalBasis(StrEnum):
    """On what the processing rests, as the law of data protection counts; the articles stand in the words."""

    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"
    LEGAL_DUTY = "legal_duty"
    PUBLIC_TASK = "public_task"

    def label(self, language: Language) -> str:
        """The basis in words, with its article."""
        return WORDS.say(language, f"legal_basis_{self.value}")


class ShareBasis(StrEnum):
    """Why a registration is open to another organisation."""

    CONSENT = "consent"
    PAIR = "pair"
    """Both sides of a pair that two members verified."""

    def label(self, language: Language) -> str:
        """The basis in words."""
        return WORDS.say(language, f"share_basis_{self.value}")


class GroupingState(StrEnum):
    """The life of a proposal that two registrations are of one person."""

    PROPOSED = "proposed"
    GROUPED = "grouped"
    KEPT_APART = "kept_apart"
    """Two people, a member said; no later run proposes them again."""
    UNDONE = "undone"
    """Grouped once, and taken apart again; no later run proposes them again."""

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"grouping_{self.value}")


class ImportState(StrEnum):
    """How far the import of a list has come."""

    WAITING = "waiting"
    """Handed in, not yet read."""
    PREVIEWED = "previewed"
    ACCEPTED = "accepted"
    DONE = "done"
    FAILED = "failed"
    """The file could not be read; nothing of it was kept."""

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"import_{self.value}")
