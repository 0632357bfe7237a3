# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of cases."""

from django.urls import path

from havre.apps.cases.web import case, deciding, letters, listing

app_name = "cases"
urlpatterns = [
    path("", listing.cases_list, name="cases"),
    path("pairs/<uuid:pk>/open", listing.opened, name="open"),
    path("<uuid:pk>", case.case_page, name="case"),
    path("<uuid:pk>/event", case.event, name="event"),
    path("<uuid:pk>/fact", case.fact, name="fact"),
    path("<uuid:pk>/decide", deciding.decide, name="decide"),
    path("decisions/<uuid:pk>", deciding.decision_page, name="decision"),
    path("decisions/<uuid:pk>/agree", deciding.agreed, name="agree"),
    path("decisions/<uuid:pk>/set-aside", deciding.given_up, name="set_aside"),
    path("decisions/<uuid:pk>/told", deciding.told, name="told"),
    path("decisions/<uuid:pk>/letter.pdf", letters.to_child, name="letter"),
    path("decisions/<uuid:pk>/reasoned.pdf", letters.reasoned, name="reasoned"),
]
