# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of the registry."""

from django.urls import path

from havre.apps.registry.web import (
    adding,
    consenting,
    deciding,
    importing,
    leaving,
    ledger,
    people,
    person,
    registering,
    retention,
)

app_name = "registry"
urlpatterns = [
    path("people", people.people, name="people"),
    path("people/search", people.looked_for, name="search"),
    path("people/new", registering.new, name="new"),
    path("people/<uuid:pk>", person.person, name="person"),
    path("registrations/<uuid:pk>", person.registration, name="registration"),
    path("registrations/<uuid:pk>/registered", registering.registered, name="registered"),
    *(
        path(f"registrations/<uuid:pk>/{kind}", adding.add, {"kind": kind}, name=f"add_{kind}")
        for kind in adding.KINDS
    ),
    path("registrations/<uuid:pk>/consent", consenting.consent, name="consent"),
    path("registrations/<uuid:pk>/ledger", ledger.ledger, name="ledger"),
    path("registrations/<uuid:pk>/same", deciding.same, name="same"),
    path("registrations/<uuid:pk>/withdraw", leaving.withdraw, name="withdraw"),
    path("registrations/<uuid:pk>/erase", leaving.erase, name="erase"),
    path("registrations/<uuid:pk>/lift", leaving.lift, name="lift"),
    path("retention", retention.retention, name="retention"),
    path("ages/<uuid:pk>/dispute", adding.dispute, name="dispute"),
    path("links/<uuid:pk>/withdraw", adding.end_link, name="end_link"),
    path("consents/<uuid:pk>/withdraw", consenting.end_consent, name="end_consent"),
    path("shares/<uuid:pk>/end", consenting.close, name="end_share"),
    path("groupings", deciding.proposals, name="groupings"),
    path("groupings/look", deciding.look, name="look"),
    path("groupings/<uuid:pk>", deciding.proposal, name="grouping"),
    path("imports", importing.lists, name="imports"),
    path("imports/new", importing.upload, name="upload"),
    path("imports/template", importing.template, name="template"),
    path("imports/<uuid:pk>", importing.listed, name="import"),
    path("imports/<uuid:pk>/refused", importing.refused_of, name="refused"),
]
