# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of notices."""

from django.urls import path

from havre.core.notices import told_views, views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read", views.all_read, name="all_read"),
    path("told", told_views.told, name="told"),
    path("told/link", told_views.feed_made, name="feed_made"),
    path("told/link/end", told_views.feed_ended, name="feed_ended"),
    path("told/mail", told_views.digest_chosen, name="digest"),
    path("calendar/<slug:token>.ics", told_views.feed, name="feed"),
    path("<uuid:pk>/open", views.open_notice, name="open"),
]
