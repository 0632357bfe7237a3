# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom I act for; and the members of an administrator's organisation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from havre.core.access import current_actor, needs, public
from havre.core.access.middleware import MEMBER
from havre.core.accounts.actions import MemberRefused, dismiss, invite
from havre.core.accounts.enums import WORDS
from havre.core.accounts.forms import InviteForm
from havre.core.accounts.models import Account, Member, Organisation
from havre.core.accounts.policies import MANAGE_MEMBERS
from havre.core.ui import language_of, page


@public  # for whoever has signed in, with a membership or without
@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The memberships of an account; the chosen one acts from now on."""
    assert isinstance(request.user, Account)  # noqa: S101 - login_required
    mine = (
        Member.objects.filter(account=request.user, active=True).select_related("organisation").order_by("id")
    )
    if request.method == "POST":
        chosen = request.POST.get("member", "")
        member = next((each for each in mine if str(each.pk) == chosen), None)
        if member is None:
            raise Http404
        request.session[MEMBER] = str(member.pk)
        return redirect("home")
    return page(request, "accounts/choose.html.jinja", WORDS, members=list(mine))


@needs(MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """The members of the administrator's organisation, and a form for a new one."""
    language = language_of(request)
    organisation = Organisation.objects.get(pk=current_actor().organisation_id)
    form = InviteForm(request.POST or None, language=language)
    invited = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            invited = invite(
                organisation,
                said["email"],
                said["full_name"],
                form.role_of(),
                language=language,
                ward=form.ward_of(),
            )
        except MemberRefused as refused:
            form.add_error("role", refused.say(language))
        else:
            form = InviteForm(language=language)
    listed = organisation.members.select_related("account").order_by("-active", "account__full_name")
    return page(
        request,
        "accounts/members.html.jinja",
        WORDS,
        status=422 if form.errors else 200,
        form=form,
        members=list(listed),
        organisation=organisation,
        link=request.build_absolute_uri(invited.path) if invited and invited.path else "",
        invited=invited.member.account.full_name if invited else "",
    )


@needs(MANAGE_MEMBERS)
@require_POST
def end_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a membership of the administrator's organisation; not their own."""
    actor = current_actor()
    member = get_object_or_404(Member, pk=pk, organisation_id=actor.organisation_id)
    if member.pk == actor.member_id:
        messages.error(request, WORDS.say(language_of(request), "not_yourself"))
    else:
        dismiss(member)
        messages.success(request, WORDS.say(language_of(request), "dismissed", name=member.account.full_name))
    return redirect("accounts:members")
