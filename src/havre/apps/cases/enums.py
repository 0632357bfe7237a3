# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of cases: their states, what a decision says, how it is told."""

from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.apps.cases")


class CaseState(StrEnum):
    """Where a case stands. It follows from its events (``queries.standing``); nobody types it."""

    OPENED = "opened"
    ASKED = "asked"
    """A request was sent."""
    RECEIVED = "received"
    REFUSED = "refused"
    REEXAMINED = "reexamined"
    """The other shore was asked to look again."""
    REFUSED_AGAIN = "refused_again"
    REFUSED_OUTSIDE = "refused_outside"
    """Nothing but an answer from outside of Havre says so."""
    ACCEPTED = "accepted"
    ACCEPTED_OUTSIDE = "accepted_outside"
    PLANNED = "planned"
    """The journey is."""
    APPEALED = "appealed"
    """An appeal keeps the transfer waiting."""
    TRANSFERRED = "transferred"
    CLOSED = "closed"

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"state_{self.value}")


class Answer(StrEnum):
    """What a decision says to the request."""

    ACCEPT = "accept"
    REFUSE = "refuse"

    def label(self, language: Language) -> str:
        """The answer in words."""
        return WORDS.say(language, f"answer_{self.value}")


class Result(StrEnum):
    """What became of one criterion when it was tested."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_SHOWN = "not_shown"
    """It may be so, and nothing shows it yet."""

    @property
    def fails(self) -> bool:
        """Whether it keeps a request from being accepted."""
        return self is not Result.MET

    def label(self, language: Language) -> str:
        """The result in words."""
        return WORDS.say(language, f"result_{self.value}")


class Factor(StrEnum):
    """The four factors of a child's best interests; each is a column of a decision."""

    REUNIFICATION = "reunification"
    WELL_BEING = "well_being"
    SAFETY = "safety"
    VIEWS = "views"

    def label(self, language: Language) -> str:
        """The factor in words."""
        return WORDS.say(language, f"factor_{self.value}")


class Manner(StrEnum):
    """How a decision is told to a child."""

    IN_PERSON = "in_person"
    WITH_INTERPRETER = "with_interpreter"
    BY_PHONE = "by_phone"
    """With an interpreter."""
    READ_ALOUD = "read_aloud"
    """The letter is read to the child and left with them."""

    def label(self, language: Language) -> str:
        """The manner in words."""
        return WORDS.say(language, f"manner_{self.value}")


class AnswerSource(StrEnum):
    """From where an answer is known that was given outside of Havre."""

    DOCUMENT = "document"
    IMPORT = "import"
    """A list that was read in."""

    def label(self, language: Language) -> str:
        """The source in words."""
        return WORDS.say(language, f"source_{self.value}")


class SheetState(StrEnum):
    """Where a sheet of answers stands on its way in."""

    WAITING = "waiting"
    PREVIEWED = "previewed"
    """A member has to say whose children the rows are."""
    ACCEPTED = "accepted"
    DONE = "done"
    FAILED = "failed"

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"sheet_{self.value}")


class PartedWhy(StrEnum):
    """What it rests on that a child is parted from brothers and sisters."""

    NOT_SIBLINGS = "not_siblings"
    DETERMINATION = "determination"

    def label(self, language: Language) -> str:
        """The ground in words."""
        return WORDS.say(language, f"parted_{self.value}")


class RepresentativeKind(StrEnum):
    """Who stands by a child."""

    GUARDIAN = "guardian"
    AD_HOC = "ad_hoc_administrator"
    """Named by a French court for one proceeding."""
    LAWYER = "lawyer"
    REFERENT = "referent"
    """Whom the child turns to day by day."""

    def label(self, language: Language) -> str:
        """The kind in words."""
        return WORDS.say(language, f"representative_{self.value}")


class PlanPart(StrEnum):
    """What a transfer plan consists of, in the order in which it happens."""

    ESCORT = "escort"
    TRAVEL = "travel"
    RECEPTION = "reception"
    ACCOMMODATION = "accommodation"
    """It is ready."""
    FIRST_VISIT = "first_visit"

    def label(self, language: Language) -> str:
        """The part in words."""
        return WORDS.say(language, f"part_{self.value}")


class ClosingReason(StrEnum):
    """Why a case is closed."""

    WITH_FAMILY = "with_family"
    OTHER_CARE = "other_care"
    NO_WAY_LEFT = "no_way_left"
    CHILDS_WISH = "childs_wish"
    OUT_OF_CONTACT = "out_of_contact"
    RETURNED = "returned"
    DIED = "died"
    MISTAKE = "mistake"

    def label(self, language: Language) -> str:
        """The reason in words."""
        return WORDS.say(language, f"closed_{self.value}")


class Channel(StrEnum):
    """How something went from one shore to the other."""

    DUBLINET = "dublinet"
    """The network of the Dublin units (Regulation 1560/2003, art. 18)."""
    EMAIL = "email"
    POST = "post"
    """Registered."""
    BY_HAND = "by_hand"
    FAX = "fax"
    TELEPHONE = "telephone"

    def label(self, language: Language) -> str:
        """The channel in words."""
        return WORDS.say(language, f"channel_{self.value}")


class ReferralKind(StrEnum):
    """What one organisation asks of another for a child."""

    REFERRAL = "referral"
    """To do something for the child; who refers goes on with the case."""
    TRANSFER = "transfer"
    """To take over: the case, if there is one, is the other organisation's from then on."""

    def label(self, language: Language) -> str:
        """The kind in words."""
        return WORDS.say(language, f"referral_kind_{self.value}")


class ReferralAct(StrEnum):
    """What is done to a referral. Who may, and when, stands in ``queries.referrals``."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    END = "end"

    def label(self, language: Language) -> str:
        """The act in words, as something to do."""
        return WORDS.say(language, f"referral_do_{self.value}")

    def done(self, language: Language) -> str:
        """The act in words, as something that was done."""
        return WORDS.say(language, f"referral_did_{self.value}")


class ReferralState(StrEnum):
    """Where a referral stands; it follows from what was done."""

    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    ENDED = "ended"

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self in (ReferralState.SENT, ReferralState.RECEIVED)

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"referral_state_{self.value}")


class ExtractField(StrEnum):
    """What an extract may hold. Nothing goes along that was not named."""

    REFERENCE = "reference"
    NAMES = "names"
    BIRTH = "birth"
    SEX = "sex"
    NATIONALITY = "nationality"
    BIRTHPLACE = "birthplace"
    LANGUAGE = "language"
    TOWN = "town"
    PHONE = "phone"

    def label(self, language: Language) -> str:
        """The field in words."""
        return WORDS.say(language, f"extract_{self.value}")
