# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route of the site. Each carries a right or is marked public: the middleware opens no other."""

from typing import Any

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from allauth.usersessions import urls as session_urls
from django.conf.urls.i18n import urlpatterns as language_urls
from django.urls import URLPattern, URLResolver, include, path

from havre.conf import health, home
from havre.core.access import public

CLOSED = {"account_signup", "account_signup_by_passkey", "account_email", "account_confirm_email"}
"""Routes of allauth that nobody needs here."""


def opened(patterns: list[Any]) -> list[URLPattern | URLResolver]:
    """Routes of libraries, which ask for a sign-in themselves where they need one."""
    kept: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            pattern.url_patterns[:] = opened(pattern.url_patterns)
            kept.append(pattern)
        elif pattern.name not in CLOSED:
            public(pattern.callback)
            kept.append(pattern)
    return kept


urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/", include(opened(account_urls.urlpatterns))),
    path("account/2fa/", include(opened(mfa_urls.urlpatterns))),
    path("account/sessions/", include(opened(session_urls.urlpatterns))),
    path("language/", include(opened(list(language_urls)))),
    path("members/", include("havre.core.accounts.urls")),
    path("oversight/", include("havre.core.audit.urls")),
    path("jobs/", include("havre.core.jobs.urls")),
    path("files/", include("havre.core.files.urls")),
    path("notices/", include("havre.core.notices.urls")),
    path("", home.home, name="home"),
    path("about", home.about, name="about"),
    path("api/", include("havre.conf.api")),
    path("", include("havre.apps.registry.urls")),
    path("tracing/", include("havre.apps.tracing.urls")),
    path("cases/", include("havre.apps.cases.urls")),
    path("accommodation/", include("havre.apps.accommodation.urls")),
]

handler400 = "havre.core.ui.errors.bad_request"
handler403 = "havre.core.ui.errors.forbidden"
handler404 = "havre.core.ui.errors.not_found"
handler500 = "havre.core.ui.errors.server_error"
