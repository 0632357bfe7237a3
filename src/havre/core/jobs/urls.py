# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of jobs."""

from django.urls import path

from havre.core.jobs import views

app_name = "jobs"
urlpatterns = [path("<uuid:pk>", views.progress, name="progress")]
