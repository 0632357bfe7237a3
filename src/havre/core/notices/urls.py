# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of notices."""

from django.urls import path

from havre.core.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read", views.all_read, name="all_read"),
    path("<uuid:pk>/open", views.open_notice, name="open"),
]
