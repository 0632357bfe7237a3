# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of cases. What each may hold is said here and in the triggers; who reads it, in the policies."""

from havre.apps.cases.models.care import Assessment, Determination, Representative, Spoken
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.decisions import Decision
from havre.apps.cases.models.endings import Closing
from havre.apps.cases.models.exchanges import Exchange
from havre.apps.cases.models.families import GroupStep
from havre.apps.cases.models.journeys import FollowUp, PlanStep, TransferPlan
from havre.apps.cases.models.outside import OutsideAnswer
from havre.apps.cases.models.reckoning import Clock, Reckoning
from havre.apps.cases.models.referrals import Extract, Referral, ReferralStep
from havre.apps.cases.models.said import Event, Fact, Said, Telling
from havre.apps.cases.models.sheets import AnswerSheet

__all__ = [
    "AnswerSheet",
    "Assessment",
    "Case",
    "Clock",
    "Closing",
    "Decision",
    "Determination",
    "Event",
    "Exchange",
    "Extract",
    "Fact",
    "FollowUp",
    "GroupStep",
    "OutsideAnswer",
    "PlanStep",
    "Reckoning",
    "Referral",
    "ReferralStep",
    "Representative",
    "Said",
    "Spoken",
    "Telling",
    "TransferPlan",
]
