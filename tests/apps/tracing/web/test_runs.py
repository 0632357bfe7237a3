# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match runs on the screens: asked for with a press, told while they run and when they are done."""

import re
from uuid import uuid4

import pytest
from apps.tracing.shores import acts, matched
from apps.tracing.web.conftest import Counted, Desk, site_of, text

from havre.apps.tracing.models import Run
from havre.core.accounts.enums import Role
from havre.core.jobs import marks, run_jobs

RUNS = "/tracing/runs"


def runs_of(desk: Desk) -> list[Run]:
    with acts(desk.shores.dunes):
        return list(Run.objects.order_by("-recorded_at", "-id"))


def test_a_run_is_asked_for_and_told_from_its_wait_to_its_end(desk: Desk) -> None:
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', text(desk.dunes.get(RUNS)))
    assert key is not None
    asked = [desk.dunes.post(f"{RUNS}/ask", {"key": key[1]}).url for _ in range(2)]
    assert asked[0] == asked[1]
    assert len(runs_of(desk)) == 2
    waiting = text(desk.dunes.get(asked[0]))
    assert 'data-state="waiting"' in waiting
    assert f'hx-get="{asked[0]}"' in waiting
    job = runs_of(desk)[0].job
    assert job is not None
    marks.begins(job, alias="default")
    marks.tells(job, 0.4, "progress_comparing", {}, alias="default")
    running = text(desk.dunes.get(asked[0]))
    assert '<progress class="progress"' in running
    assert 'value="40"' in running
    assert "Comparing" in running
    marks.waits(job, alias="default")
    run_jobs()
    done = text(desk.dunes.get(asked[0]))
    assert "How sure" in done
    assert "data-state" not in done


def test_who_waits_for_the_end_is_told_once_and_loads_anew(desk: Desk) -> None:
    asked = desk.dunes.get(f"{RUNS}/{runs_of(desk)[0].pk}", headers={"HX-Request": "true"})
    assert 'id="progress" data-state="done"' in text(asked)


def test_a_run_tells_how_many_how_sure_and_what_changed(desk: Desk) -> None:
    first = runs_of(desk)[0]
    shown = text(desk.harbour.get(f"{RUNS}/{first.pk}"))
    assert f"{first.people_a} people, {first.links_a} family links" in shown
    assert "<svg" in shown
    assert "Pairs by band" in shown
    assert "proposed for the first time" in shown
    assert f"tab=all&amp;run={first.pk}" in shown
    french = text(site_of(desk.shores.dunes, "fr").get(f"{RUNS}/{first.pk}"))
    assert "proposés pour la première fois" in french


def test_the_newest_run_stands_first(desk: Desk) -> None:
    matched(desk.shores.harbour)
    shown = text(desk.dunes.get(RUNS))
    listed = re.findall(rf'href="{RUNS}/([0-9a-f-]{{36}})"', shown)
    assert listed == [str(run.pk) for run in runs_of(desk)]
    assert "Harbour" in shown


def test_a_run_of_another_organisation_is_under_way_and_tells_no_more(desk: Desk) -> None:
    asked = desk.dunes.post(f"{RUNS}/ask", {"key": "x"}).url
    answer = desk.harbour.get(asked)
    assert answer.status_code == 404 or "under way" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.REGISTRAR])
def test_a_registrar_reads_runs_and_asks_for_none(desk: Desk, role: Role) -> None:
    client = site_of(desk.cast.member(desk.cast.dunes, role))
    assert "Run the match" not in text(client.get(RUNS))
    assert client.post(f"{RUNS}/ask").status_code == 403


def test_a_guardian_sees_no_runs(desk: Desk) -> None:
    ward = desk.shores.child.person_id
    assert site_of(desk.cast.member(desk.cast.dunes, Role.GUARDIAN, ward=ward)).get(RUNS).status_code == 403


def test_whose_list_took_no_part_finds_no_run(desk: Desk) -> None:
    stranger = site_of(desk.cast.member(desk.cast.kin))
    assert "not been compared yet" in text(stranger.get(RUNS))
    assert stranger.get(f"{RUNS}/{runs_of(desk)[0].pk}").status_code == 404
    assert stranger.get(f"{RUNS}/{uuid4()}").status_code == 404


def test_the_list_asks_the_database_as_often_for_many_runs_as_for_few(desk: Desk, counted: Counted) -> None:
    text(desk.dunes.get(RUNS))
    with counted() as few:
        text(desk.dunes.get(RUNS))
    matched(desk.shores.harbour)
    with counted() as many:
        text(desk.dunes.get(RUNS))
    assert len(many) == len(few)
    assert len(many) <= 12, "\n".join(many)
    newest = runs_of(desk)[0].pk
    with counted() as one:
        text(desk.dunes.get(f"{RUNS}/{newest}"))
    assert len(one) <= 12, "\n".join(one)
