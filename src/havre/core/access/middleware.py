# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One transaction for each request, one acting member in it, and no route without a right.

Django's ATOMIC_REQUESTS ends before a lazy template has rendered, and a plain atomic block would keep half the work
of a failed request: here the transaction holds the whole answer, and is rolled back when that is an error of ours.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from havre.core.access.acting import NobodyActs, actor_of, begin, forget, stop
from havre.core.access.rights import PUBLIC, Right, may
from havre.core.accounts.models import Account, Member
from havre.core.ui import by_script

MEMBER = "member"
"""The key of the session that holds the acting member's id."""
SECOND_FACTOR = "second_factor"
"""The key of the session that says that the account has a second step."""


class ActingMiddleware:
    """Opens the transaction, lets the member act whom the session names, and refuses what no right opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, whole: nothing of it is sent before its transaction has been committed."""
        with transaction.atomic():
            try:
                response = self._answer(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                elif (
                    transaction.get_connection().savepoint_ids
                ):  # within an outer transaction nobody else may act
                    forget()
            finally:
                stop()
        if getattr(request, "actor", None) is not None:  # pages of libraries do not think of it
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None where the route may go on."""
        right = getattr(view, "right", None)
        if right is not None and right.name == PUBLIC.name:
            let_act(request, PUBLIC)
            return None
        if not request.user.is_authenticated:
            return _sign_in(request)
        if right is None or not isinstance(right, Right):
            raise PermissionDenied
        if not let_act(request, right):
            return HttpResponseRedirect(reverse("accounts:choose"))
        if lacks_second_factor(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        if not may(request.actor, right):  # type: ignore[attr-defined]
            raise PermissionDenied
        return None


def let_act(request: HttpRequest, right: Right) -> bool:
    """Lets the session's member act for the purpose of ``right``; False where the account has no membership."""
    request.actor = None  # type: ignore[attr-defined]
    if not isinstance(request.user, Account):
        return False
    member_id = request.session.get(MEMBER) or _first_member(request.user)
    if member_id is None:
        return False
    try:
        actor = actor_of(UUID(str(member_id)), right.purpose)
    except NobodyActs:
        request.session.pop(MEMBER, None)
        return False
    if actor.account_id != request.user.pk:
        request.session.pop(MEMBER, None)
        return False
    begin(actor)
    request.actor = actor  # type: ignore[attr-defined]
    return True


def _first_member(account: Account) -> UUID | None:
    return (
        Member.objects.filter(account=account, active=True)
        .order_by("id")
        .values_list("id", flat=True)
        .first()
    )


def _sign_in(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return HttpResponse('{"detail": "sign in"}', status=401, content_type="application/json")
    if by_script(request):
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this instance asks for a second factor that the account does not have."""
    if not settings.HAVRE_SECOND_FACTOR_REQUIRED or request.session.get(SECOND_FACTOR):
        return False
    from allauth.mfa.utils import is_mfa_enabled

    request.session[SECOND_FACTOR] = is_mfa_enabled(request.user)
    return not request.session[SECOND_FACTOR]


def forget_second_factor(request: HttpRequest, **_: Any) -> None:
    """Upon the signal that one was taken away: there may be none left."""
    request.session.pop(SECOND_FACTOR, None)
