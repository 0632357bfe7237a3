# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of pages: what they promise to a keyboard, a screen reader and a browser without scripts."""

import json
import re
from html import unescape
from typing import Any

from django import forms

from havre.core.ui.sides import Agreement, Block, Event, Line, Said


class Form(forms.Form):
    name = forms.CharField(label="Name")
    given_by = forms.ChoiceField(choices=[("c", "The child")], widget=forms.RadioSelect)


def test_a_field_names_its_hint_and_its_error(draw: Any) -> None:
    html = draw('parts.field(form["name"], hint="As written.")', form=Form({}))
    assert '<label for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert {"id_name_helptext", "id_name_error"} <= set(re.findall(r'id="([^"]+)"', html))
    assert 'aria-invalid="true"' in html


def test_choices_stand_under_one_legend(draw: Any) -> None:
    html = draw('parts.field(form["given_by"], "Given by")', form=Form())
    assert "<legend>Given by</legend>" in html
    assert re.search(
        r'<input class="form-check-input" type="radio" name="given_by" value="c" id="id_given_by_0"', html
    )


def test_the_error_summary_leads_to_each_field_by_name(draw: Any) -> None:
    html = draw("parts.errors(form)", form=Form({}))
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert '<a href="#id_given_by_0">This field is required.</a>' in html
    assert draw("parts.errors(form)", form=Form()) == ""


def test_a_table_tells_its_roles_since_cards_on_a_phone_are_no_table(draw: Any) -> None:
    table = (
        '{% call(row, column) parts.table("People", [("name", "Name"), ("n", "Pairs", "number")], rows) %}'
    )
    html = draw(table + "{{ row[column] }}{% endcall %}", rows=[{"name": "<Omar>", "n": 3}])
    assert '<th role="rowheader" scope="row">&lt;Omar&gt;</th>' in html
    assert '<td role="cell" data-label="Pairs" class="number">3</td>' in html


def test_a_long_table_offers_its_rows_past_the_first_and_a_short_one_does_not(draw: Any) -> None:
    table = '{% call(row, column) parts.table("People", [("name", "Name")], rows, long=true) %}'
    long = draw(table + "{{ row }}{% endcall %}", rows=range(31))
    assert "Show all 31 rows" in long
    assert long.count('<tr role="row">') == 32, "all rows are in the page"
    assert "Show all" not in draw(table + "{{ row }}{% endcall %}", rows=range(30))


def test_a_shortcut_is_told_and_shown(draw: Any) -> None:
    html = draw('parts.button("Confirm", key="c", confirm="Sure?")')
    assert 'data-key="c" aria-keyshortcuts="c"' in html
    assert 'data-confirm="Sure?"' in html
    assert '<kbd class="key" aria-hidden="true">C</kbd>' in html


def test_agreement_is_said_in_words_and_not_by_colour_alone(draw: Any) -> None:
    said = (Said("محمد", latin="Muhammad"),)
    lines = [Line("Names", said, said, Agreement(agreement)) for agreement in Agreement]
    html = draw(
        'parts.sides("Compared", "France", "Britain", blocks)', language="fr", blocks=[Block("", lines)]
    )
    assert [word in html for word in ("concorde", "diffère", "inconnu")] == [True] * 3
    assert '<bdi lang="und-Arab" dir="rtl">محمد</bdi>' in html


def test_what_was_not_said_is_told_as_not_known(draw: Any) -> None:
    html = draw('parts.sides("One", "France", none, blocks)', blocks=[Block("", [Line("Village", ())])])
    assert "not known" in html
    assert "agreement" not in html


def test_progress_asks_again_while_it_runs_and_can_be_refreshed_by_hand(draw: Any) -> None:
    running = draw('parts.progress("/jobs/1", "Reading", 40, 120, "running")')
    assert 'hx-get="/jobs/1"' in running
    assert '<a href="/jobs/1">Refresh</a>' in running
    assert "40 of 120" in running
    assert "hx-get" not in draw('parts.progress("/jobs/1", "Reading", 120, 120, "done")')


def test_filters_are_a_form_that_needs_no_script(draw: Any) -> None:
    html = draw('{% call parts.filters("/people", applied=1) %}<input name="q">{% endcall %}')
    assert '<form class="filters" method="get" action="/people"' in html
    assert '<button type="submit"' in html
    assert "Clear all filters" in html


def test_a_timeline_writes_days_and_words(draw: Any) -> None:
    html = draw("parts.timeline(events)", events=[Event("last week", "Asked", by="Tom")])
    assert "last week" in html
    assert '<span class="by">Tom</span>' in html


MAP = """{% set columns = [("at", "Town"), ("n", "People", "number")] %}
{% call(row, column) parts.map("Where", columns, rows, [("from", "here")]) %}
{%- if column == "at" %}{{ parts.spot(row.name, row.at, "from") }}{% else %}{{ parts.weight(row.n) }}{% endif %}
{% endcall %}"""


def test_a_map_is_a_table_whose_cells_say_where(draw: Any) -> None:
    calais = {"name": "كاليه", "at": {"latitude": 50.952, "longitude": 1.856}, "n": 1200}
    html = draw(MAP, rows=[calais, {"name": "<the wood>", "at": None, "n": 1}])
    assert (
        '<span class="spot" data-latitude="50.952" data-longitude="1.856" data-role="from">'
        '<bdi lang="und-Arab" dir="rtl">كاليه</bdi></span>'
    ) in html
    assert '<data value="1200">1,200</data>' in html
    lost = html.partition("&lt;the wood&gt;")[2].partition("</span>")[0]
    assert lost.endswith('<span class="off-map">not on the map')
    assert html.count("data-latitude") == 1


def test_a_map_is_hidden_until_it_is_drawn_and_tells_its_script_all_it_needs(draw: Any) -> None:
    html = draw(MAP, rows=[], language="fr")
    assert '<div class="map-drawn" hidden>' in html
    assert "<p data-map-ask hidden>" in html
    assert "Terres : Natural Earth. Villes" in html or "Terres : Natural Earth. Villes" in html
    told = json.loads(unescape(re.search(r'data-map="([^"]+)"', html)[1]))
    for part in ("script", "worker", "styles", "ground"):
        assert re.fullmatch(r"/static/havre/[a-z-]+-[0-9A-V]{8}\.\w+", told[part])
    assert told["roles"] == {"from": "here"}
    assert told["words"]["Map.Title"] == "Carte : Where"


def test_what_somebody_wrote_never_becomes_markup(draw: Any) -> None:
    for source in ("parts.state(text)", "parts.alert(text)", "parts.empty(text)", "parts.name(text, text)"):
        assert "<script" not in draw(source, text="<script>alert(1)</script>")
