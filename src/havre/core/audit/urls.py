# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of the audit."""

from django.urls import path

from havre.core.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.record, name="record"),
    path("verify", views.verify, name="verify"),
]
