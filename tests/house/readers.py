# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page that somebody may open, and who may."""

from house.routes import Route, routes
from house.world import Viewer, World

from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member

FILES = {
    "accommodation:labels",
    "accommodation:manifest",
    "accommodation:slip",
    "accommodation:centres_map",
    "accommodation:centres_paper",
    "accommodation:centres_refused",
    "accommodation:centres_sheet",
    "accommodation:centres_template",
    "accommodation:parties_refused",
    "accommodation:parties_sheet",
    "accommodation:parties_template",
    "cases:bundle",
    "cases:dossier",
    "cases:letter",
    "cases:overdue_json",
    "cases:overdue_sheet",
    "cases:reasoned",
    "files:download",
    "registry:template",
    "registry:refused",
    "tracing:workbook",
    "tracing:document",
}
"""Routes that answer with something to save."""
PAGES = [route for route in routes() if not route.is_public and not route.is_api]
OF_ACCOUNT = [
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/members/choose",
    "/about",
]
FOR_NOBODY = [
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-set-password/",
    "/account/password/reset/key/done/",
    "/account/inactive/",
    "/about",
]
BY_RANK = [Role.SUPERVISOR, Role.CASEWORKER, Role.ADMINISTRATOR, Role.AUDITOR, Role.REGISTRAR, Role.GUARDIAN]


def rightful(world: World, route: Route) -> Member:
    """Somebody of Dunes who may open a page: whoever may do the most."""
    assert route.right is not None
    role = min(route.right.roles, key=BY_RANK.index)
    return world.member(Viewer(role, "oversight" if role is Role.AUDITOR else "own"))
