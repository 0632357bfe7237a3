# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of files."""

from django.urls import path

from havre.core.files import views

app_name = "files"
urlpatterns = [path("<uuid:pk>", views.download, name="download")]
