# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of accounts."""

from django.urls import path

from havre.core.accounts import views

app_name = "accounts"
urlpatterns = [
    path("choose", views.choose, name="choose"),
    path("members", views.members, name="members"),
    path("members/<uuid:pk>/end", views.end_membership, name="end"),
]
