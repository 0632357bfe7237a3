# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of accommodation."""

from django.urls import path

from havre.apps.accommodation.web import centres, door, parties, pledges, sheets
from havre.apps.accommodation.web.departing import arrivals, boarding, papers
from havre.apps.accommodation.web.departing import listing as coaches
from havre.apps.accommodation.web.departing import one as coach
from havre.apps.accommodation.web.desk import pages as desk
from havre.apps.accommodation.web.plans import board, comparing, listing, lists, one

app_name = "accommodation"
urlpatterns = [
    path("centres", centres.listed, name="centres"),
    path("centres/new", centres.new, name="new_centre"),
    path("centres/<uuid:pk>", centres.centre, name="centre"),
    path("centres/<uuid:pk>/change", centres.change, name="change_centre"),
    path("centres/<uuid:pk>/close", centres.close, name="close_centre"),
    path("centres/<uuid:pk>/places", centres.new_place, name="new_place"),
    path("centres/<uuid:pk>/block", centres.block, name="block"),
    path("centres/<uuid:pk>/lift", centres.lift, name="lift"),
    path("centres/<uuid:pk>/inspections", centres.inspection, name="inspection"),
    path("centres/<uuid:pk>/door", door.door, name="door"),
    path("centres/<uuid:pk>/enter", door.enter, name="enter"),
    path("centres/<uuid:pk>/intake", pledges.intake, name="intake"),
    path("pledges/new", pledges.new, name="new_pledge"),
    path("pledges/<uuid:pk>/confirm", pledges.confirm, name="confirm_pledge"),
    path("places/<uuid:pk>", centres.place, name="place"),
    path("stays/<uuid:pk>/leave", door.leave, name="leave"),
    path("stays/<uuid:pk>/away", door.away, name="away"),
    path("stays/<uuid:pk>/back", door.back, name="back"),
    path("stays/<uuid:pk>/confirm", door.confirm, name="confirm_stay"),
    path("stays/<uuid:pk>/move", door.move, name="move"),
    path("parties", parties.listed, name="parties"),
    path("parties/new", parties.new, name="new_party"),
    path("parties/<uuid:pk>", parties.party, name="party"),
    path("parties/<uuid:pk>/change", parties.change, name="change_party"),
    path("parties/<uuid:pk>/end", parties.end, name="end_party"),
    path("centre-lists", sheets.centre_lists, name="centre_lists"),
    path("centre-lists/<uuid:pk>", sheets.centre_list, name="centre_list"),
    path("party-lists", sheets.party_lists, name="party_lists"),
    path("party-lists/<uuid:pk>", sheets.party_list, name="party_list"),
    path("desk", desk.desk, name="desk"),
    path("desk/<uuid:pk>", desk.at_desk, name="at_desk"),
    path("desk/<uuid:pk>/offer", desk.offered, name="offer"),
    path("desk/<uuid:pk>/answer", desk.answered, name="answer"),
    path("desk/<uuid:pk>/confirm", desk.confirmed, name="confirm"),
    path("desk/<uuid:pk>/queue", desk.queued, name="queue"),
    path("desk/<uuid:pk>/slip", desk.paper, name="slip"),
    path("plans", listing.plans_list, name="plans"),
    path("plans/new", listing.new_plan, name="new_plan"),
    path("plans/<uuid:pk>", board.plan_page, name="plan"),
    path("plans/<uuid:pk>/stop", board.stopped, name="stop_plan"),
    path("plans/<uuid:pk>/accept", board.accepted, name="accept_plan"),
    path("plans/<uuid:pk>/note", board.noted, name="note_plan"),
    path("plans/<uuid:pk>/compare/<uuid:other>", comparing.compare, name="compare"),
    path("plans/<uuid:pk>/parties", lists.plan_parties, name="plan_parties"),
    path("plans/<uuid:pk>/parties/<uuid:party>", one.plan_party, name="plan_party"),
    path("plans/<uuid:pk>/parties/<uuid:party>/lay-down", one.laid_down, name="lay_down"),
    path("plans/<uuid:pk>/parties/<uuid:party>/never", one.never, name="never"),
    path("locks/<uuid:pk>/lift", one.lifted, name="lift_lock"),
    path("departures", coaches.departures, name="departures"),
    path("departures/fill", coaches.fill, name="fill_departures"),
    path("departures/new", coaches.new_departure, name="new_departure"),
    path("departures/<uuid:pk>", coach.departure, name="departure"),
    path("departures/<uuid:pk>/stops", coach.stop, name="add_stop"),
    path("departures/<uuid:pk>/put", coach.put, name="put_on"),
    path("departures/<uuid:pk>/cancel", coach.cancel, name="cancel_departure"),
    path("departures/<uuid:pk>/board", boarding.boarding, name="board"),
    path("departures/<uuid:pk>/leave", boarding.leave, name="depart"),
    path("departures/<uuid:pk>/manifest", papers.manifest_of, name="manifest"),
    path("departures/<uuid:pk>/labels", papers.labels_of, name="labels"),
    path("seats/<uuid:pk>/absent", boarding.absent, name="absent"),
    path("seats/<uuid:pk>/arrived", arrivals.arrived, name="arrived"),
    path("seats/<uuid:pk>/explain", arrivals.explained, name="explain"),
    path("stops/<uuid:pk>/reached", arrivals.reached, name="reached"),
    path("stops/<uuid:pk>/everybody", arrivals.everybody, name="everybody_in"),
    path("told/<uuid:pk>/seen", arrivals.seen, name="see_notice"),
    path("centres/<uuid:pk>/arrivals", arrivals.arrivals, name="arrivals"),
]
