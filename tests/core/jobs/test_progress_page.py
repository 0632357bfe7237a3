# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a job is shown: to whom, in which words, and until it is over."""

from uuid import UUID, uuid4

import pytest
from cast import Cast
from django.test import Client

from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.jobs import State, defer, marks, run_jobs
from havre.core.jobs.models import Job
from havre.core.jobs.views import JobView, job_view
from havre.words import Language

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def member(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def deferred(member: Member, name: str) -> UUID:
    with acting_as(member.id, Purpose.CARE):
        return defer(name)


def view_of(member: Member, job: UUID, language: Language = Language.ENGLISH) -> JobView:
    with acting_as(member.id, Purpose.CARE):
        return job_view(Job.objects.select_related("run").get(id=job), language)


def site_of(member: Member, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(member.account, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session.update({"member": str(member.id), "second_factor": True})
    session.save()
    return client


def test_a_job_is_shown_from_its_wait_to_its_end(member: Member) -> None:
    job = deferred(member, "test.leave_notice")
    waiting = view_of(member, job)
    assert (waiting.state, waiting.percent, waiting.is_over) == (State.WAITING, 0, False)
    marks.begins(job, alias="default")
    marks.tells(job, 0.999, "state_running", {}, alias="default")
    running = view_of(member, job, Language.FRENCH)
    assert (running.percent, running.said, running.state_said) == (99, "en cours", "en cours")
    run_jobs()
    done = view_of(member, job)
    assert (done.percent, done.is_over, done.has_failed, done.said) == (100, True, False, "")


def test_a_failed_job_says_of_which_kind_its_error_was(member: Member) -> None:
    job = deferred(member, "test.fail")
    run_jobs(strict=False)
    failed = view_of(member, job, Language.FRENCH)
    assert failed.has_failed
    assert "LookupError" in failed.said
    assert failed.state_said == "échoué"


def test_a_job_of_another_version_is_shown_without_its_words(member: Member) -> None:
    with acting_as(member.id, Purpose.CARE):
        job = Job.objects.create(
            name="gone.job", ids=[], member=member, organisation=member.organisation, purpose="care"
        )
    marks.waits(job.id, alias="default")
    marks.begins(job.id, alias="default")
    marks.tells(job.id, 0.5, "gone_sentence", {"n": 1}, alias="default")
    shown = view_of(member, job.id)
    assert (shown.title, shown.said) == ("Background work", "")


@pytest.mark.parametrize(("language", "title"), [("en", "Work in progress"), ("fr", "Travail en cours")])
def test_the_page_asks_for_itself_while_the_job_runs(member: Member, language: str, title: str) -> None:
    job = deferred(member, "test.leave_notice")
    waiting = site_of(member, language).get(f"/jobs/{job}").content.decode()
    assert title in waiting
    assert f'hx-get="/jobs/{job}"' in waiting
    run_jobs()
    done = site_of(member, language).get(f"/jobs/{job}").content.decode()
    assert 'data-state="done"' in done
    assert "hx-get" not in done


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [
        ("dunes", Role.CASEWORKER, 200),
        ("dunes", Role.REGISTRAR, 200),
        ("dunes", Role.ADMINISTRATOR, 404),
        ("maraude", Role.SUPERVISOR, 404),
        ("harbour", Role.CASEWORKER, 404),
        ("watch", Role.AUDITOR, 404),
    ],
)
def test_the_page_opens_for_the_organisation_that_asked(
    cast: Cast, member: Member, who: str, role: Role, status: int
) -> None:
    job = deferred(member, "test.leave_notice")
    assert site_of(cast.member(getattr(cast, who), role)).get(f"/jobs/{job}").status_code == status


def test_the_page_opens_for_nobody_who_is_not_signed_in(member: Member) -> None:
    assert Client().get(f"/jobs/{deferred(member, 'test.leave_notice')}").status_code == 302
    assert site_of(member).get(f"/jobs/{uuid4()}").status_code == 404
