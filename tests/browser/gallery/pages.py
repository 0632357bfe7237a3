# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the gallery and their routes; public, so that a test needs no rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

import altair as alt
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from havre.conf import urls as house
from havre.core.access import public
from havre.core.charts import Column, Figure, Ink, Plot
from havre.core.ui import page
from havre.core.ui.context import WORDS
from havre.core.ui.sides import Agreement, Block, Event, Line, Said


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


PEOPLE = [
    {"name": "محمد عمر", "latin": "Muhammad Umar", "born": "2001", "pairs": 2},
    {"name": "ኃይለ ማርያም", "latin": "Hayla Maryam", "born": "March 2002", "pairs": 1},
    {"name": "Şêrko Hesen", "latin": "", "born": "2000", "pairs": 1200},
]
SPOTS = [
    ("Calais", "Birmingham", 12),
    ("كاليه", "لندن", 9),
    ("Dunkerque", "ሎንዶን", 3),
    ("Paris", "Birmingham", 2),
    ("Norrent-Fontes", "Leeds", 1),
    ("Calais", "near the mosque", 1),
]
WHERE = {
    "Calais": Point(50.952, 1.856),
    "كاليه": Point(50.952, 1.856),
    "Dunkerque": Point(51.033, 2.377),
    "Paris": Point(48.853, 2.349),
    "Norrent-Fontes": Point(50.589, 2.409),
    "Birmingham": Point(52.481, -1.9),
    "لندن": Point(51.509, -0.126),
    "ሎንዶን": Point(51.509, -0.126),
    "Leeds": Point(53.797, -1.544),
}
COMPARED = [
    Block(
        "The child",
        [
            Line(
                "Names",
                (Said("محمد عمر", latin="Muhammad Umar", note="as he wrote it, Calais"),),
                (Said("Mohammed Omar"),),
                Agreement.AGREES,
                "Muhammad ≈ Mohammed",
            ),
            Line("Father", (Said("غلام نبی", latin="Ghulam Nabi"),), (Said("Gul Nabi"),), Agreement.DIFFERS),
            Line("Village", (Said("Surkh Rod"),), (), Agreement.UNKNOWN),
        ],
    )
]
HAPPENED = [
    Event(
        datetime(2016, 11, 2, 23, 15, tzinfo=UTC), "Confirmed", "The names agree.", by="Amélie", tone="good"
    ),
    Event(date(2016, 11, 1), "Proposed by the match"),
]


class EveryField(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name")
    given_by = forms.ChoiceField(
        label="Given by", choices=[("c", "The child"), ("r", "A relative")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=[("m", "Medical"), ("i", "Interpreter")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nationality = forms.ChoiceField(label="Nationality", choices=[("", "–"), ("AFG", "Afghanistan")])
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Document", required=False)
    agreed = forms.BooleanField(label="The child agreed")


class Filter(forms.Form):
    """What the list is filtered by."""

    q = forms.CharField(label="Name", required=False)


def figure() -> Figure:
    chart = alt.Chart(alt.NamedData("rows"), width=220, height=alt.Step(24)).mark_bar(
        fill=Ink.ACCENT.mark, cornerRadius=2
    )
    plot = Plot(
        chart.encode(y=alt.Y("label:N", sort=None, title=None), x="bits:Q"),
        [Column("label", "Part"), Column("bits", "Bits", str, is_number=True)],
    )
    rows = [{"label": "Names", "bits": 12}, {"label": "Father", "bits": -2}]
    return plot.figure(rows, ident="evidence", title="Evidence in bits", description="Bars that add up.")


@public
def parts(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        "gallery/parts.html.jinja",
        WORDS,
        compared=COMPARED,
        happened=HAPPENED,
        people=PEOPLE,
        figure=figure(),
    )


@public
def form(request: HttpRequest) -> HttpResponse:
    posted = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    if posted.is_bound and posted.is_valid():
        messages.success(request, "Saved.")
        return HttpResponseRedirect("/gallery/form")
    return page(request, "gallery/form.html.jinja", WORDS, form=posted, status=422 if posted.errors else 200)


@public
def people(request: HttpRequest) -> HttpResponse:
    asked = Filter(request.GET)
    found = [one for one in PEOPLE if request.GET.get("q", "").lower() in str(one["latin"]).lower()]
    return page(request, "gallery/people.html.jinja", WORDS, form=asked, people=found)


@public
def decide(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.success(request, f"Decided: {request.POST['verdict']}")
        return HttpResponseRedirect("/gallery/decide")
    return page(request, "gallery/decide.html.jinja", WORDS)


_asked = count()


@public
def job(request: HttpRequest) -> HttpResponse:
    """Work that is done when somebody has asked often enough."""
    done = min(next(_asked), 3)
    return page(
        request, "gallery/job.html.jinja", WORDS, done=done * 10, state="done" if done == 3 else "running"
    )


@public
def arabic(request: HttpRequest) -> HttpResponse:
    return page(request, "gallery/arabic.html.jinja", WORDS, reading="ar", compared=COMPARED)


@public
def mapped(request: HttpRequest) -> HttpResponse:
    return page(
        request, "gallery/map.html.jinja", WORDS, rows=SPOTS * int(request.GET.get("times", "1")), where=WHERE
    )


@public
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as a test wants it")


urlpatterns = [
    path("gallery/parts", parts),
    path("gallery/form", form),
    path("gallery/people", people, name="gallery_people"),
    path("gallery/decide", decide),
    path("gallery/job", job, name="gallery_job"),
    path("gallery/arabic", arabic),
    path("gallery/map", mapped),
    path("gallery/fail", fail),
    path("", include(house)),
]
handler400, handler403 = house.handler400, house.handler403
handler404, handler500 = house.handler404, house.handler500
