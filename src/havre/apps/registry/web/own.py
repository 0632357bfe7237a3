# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages that change something have in common: an own registration, and what an action said of a form."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from havre.apps.registry.actions import RegistryError
from havre.apps.registry.models import Registration
from havre.apps.registry.policies import AMEND, CONSENT, ERASE, GROUP, REGISTER, SEARCH, SHARE, WITHDRAW
from havre.apps.registry.queries import registrations
from havre.apps.registry.web.forms.fields import SpokenForm
from havre.apps.registry.web.showing import called
from havre.core.access import current_actor, may

RIGHTS = {
    "search": SEARCH,
    "register": REGISTER,
    "amend": AMEND,
    "consent": CONSENT,
    "share": SHARE,
    "group": GROUP,
    "withdraw": WITHDRAW,
    "erase": ERASE,
}
GONE = "no_such_"
"""How the key of an error begins that says there is nothing here."""


def own_registration(pk: UUID) -> Registration:
    """An own registration that holds something, with what its page shows; else Http404."""
    found = registrations().own().standing().with_details().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def page_of(registration: Registration) -> str:
    """The address of the person's page at this registration."""
    address = reverse("registry:person", args=[registration.person_id])
    return f"{address}?{urlencode({'registration': str(registration.pk)})}"


def name_of(registration: Registration) -> str:
    """What to call the person; the reference where no name is known."""
    return called(list(registration.names.all()))[0] or registration.person.reference


def refused(form: SpokenForm, error: RegistryError) -> None:
    """Puts what an action refused beside its field; Http404 where there is nothing to act upon."""
    if error.key.startswith(GONE):
        raise Http404
    form.add_error(error.field if error.field in form.fields else None, error.say(form.language))


def rights(names: Iterable[str], *, own: bool = True) -> dict[str, bool]:
    """What the acting member may do, by the names of rights; nothing with what is not the own organisation's."""
    actor = current_actor()
    return {name: own and may(actor, RIGHTS[name]) for name in names}
