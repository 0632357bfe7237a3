# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of cases."""

from django.urls import path

from havre.apps.cases.web import (
    beginning,
    boards,
    case,
    deciding,
    dossier,
    exchanges,
    letters,
    listing,
    living,
    referring,
    sheets,
)

app_name = "cases"
urlpatterns = [
    path("", listing.cases_list, name="cases"),
    path("overdue", boards.overdue, name="overdue"),
    path("overdue.json", boards.overdue_for_programs, name="overdue_json"),
    path("overdue.xlsx", boards.overdue_sheet, name="overdue_sheet"),
    path("cohort", boards.cohort, name="cohort"),
    path("pairs/<uuid:pk>/open", listing.opened, name="open"),
    path("begin", beginning.begin, name="begin"),
    path("links/<uuid:pk>/open", beginning.opened_of_link, name="open_link"),
    path("<uuid:pk>", case.case_page, name="case"),
    path("<uuid:pk>/do/<str:act>", living.act_page, name="do"),
    path("<uuid:pk>/event", case.event, name="event"),
    path("<uuid:pk>/fact", case.fact, name="fact"),
    path("<uuid:pk>/dossier.pdf", dossier.on_paper, name="dossier"),
    path("<uuid:pk>/bundle.zip", dossier.bundle, name="bundle"),
    path("<uuid:pk>/exchanges", exchanges.exchanges, name="exchanges"),
    path("<uuid:pk>/exchanges/add", exchanges.proved, name="prove"),
    path("<uuid:pk>/decide", deciding.decide, name="decide"),
    path("decisions/<uuid:pk>", deciding.decision_page, name="decision"),
    path("decisions/<uuid:pk>/agree", deciding.agreed, name="agree"),
    path("decisions/<uuid:pk>/set-aside", deciding.given_up, name="set_aside"),
    path("decisions/<uuid:pk>/told", deciding.told, name="told"),
    path("decisions/<uuid:pk>/letter.pdf", letters.to_child, name="letter"),
    path("decisions/<uuid:pk>/reasoned.pdf", letters.reasoned, name="reasoned"),
    path("sheets", sheets.sheets_page, name="sheets"),
    path("sheets/<uuid:pk>", sheets.sheet_page, name="sheet"),
    path("referrals", referring.listed, name="referrals"),
    path("referrals/<uuid:pk>", referring.referral, name="referral"),
    path("referrals/<uuid:pk>/act", referring.act, name="act_on_referral"),
    path("registrations/<uuid:pk>/refer", referring.make, name="refer"),
]
