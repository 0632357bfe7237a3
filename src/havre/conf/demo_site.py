# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's site: organisations and members, each organisation's own list handed in by its caseworker, one match."""

import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from havre.apps.registry import actions as registry
from havre.apps.registry.actions import ConsentSaid
from havre.apps.registry.enums import ConsentGiver, ConsentHow
from havre.apps.tracing import actions as tracing
from havre.conf.console import language, progress, say, tell
from havre.conf.demo_camp import fill_camp
from havre.conf.demo_story import Hands, play
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Account, Member, Organisation
from havre.core.exchange import write_list
from havre.core.jobs import defer, run_jobs
from havre.engines.linkage import ShoreList
from havre.scenario import Leaving, Story, children_of, leave, make_scenario, tell_story
from havre.words import Language

DOMAIN = "havre.example"
WATCH = "Regard extérieur"
NAMES = (
    *(
        "Camille Aubert",
        "Noé Ferrand",
        "Inès Morel",
        "Jeanne Colin",
        "Grace Holloway",
        "Tom Ashby",
        "Ruth Pemberton",
    ),
    *("Owen Carey", "Louis Garnier", "Paule Roussel", "Anaïs Vidal", "Simon Lacaze", "Odile Perrin"),
)
"""Of members who do not exist."""
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody in the demo signs in."""

    role: Role
    organisation: str
    email: str


def password_of(secret_folder: Path) -> str:
    """The password of everybody in this demo: made once, readable by its owner only."""
    path = secret_folder / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(3) for _ in range(4)), "utf-8")
    return path.read_text("utf-8")


def fill(out: Path, read_lists: Callable[[], tuple[ShoreList, ShoreList]], people: int) -> None:
    """Fills the site, once, with both lists of a camp of ``people`` and what became of its children.

    What a run that was interrupted left undone is done now.
    """
    done = out / "filled"
    if done.exists():
        return
    with progress("filling") as told:
        france, britain = read_lists()
        lists = {Shore.FRANCE: france, Shore.BRITAIN: britain}
        leaving = leave(make_scenario(people).camp, children_of(people))
        load(lists, tell_story(children_of(people)), leaving, password_of(out), told)
    done.touch()


def tell_sign_ins(out: Path) -> None:
    """One sign-in for each role."""
    tell(say("sign_ins", password=password_of(out)))
    for each in sign_ins():
        tell(f"  {each.email:40} {each.role.label(language())}, {each.organisation}")


def load(lists: dict[Shore, ShoreList], story: Story, leaving: Leaving, password: str, told: Told) -> None:
    """Members, every organisation's list, the pairs, cases, the camp on its way; all of it can be run again."""
    makers = [
        _member(_organisation(name, shore), Role.CASEWORKER, password)
        for shore, lst in lists.items()
        for name in sorted({person.organisation for person in lst.people})
    ]
    home = next(maker for maker in makers if maker.organisation.shore == Shore.FRANCE)
    _others(home.organisation, password)
    told(0.05)
    for n, member in enumerate(makers):
        _hand_in(member, _part(lists[Shore(member.organisation.shore)], member.organisation.name))
        told(0.05 + 0.25 * (n + 1) / len(makers))
    with acting_as(home.pk, Purpose.TRACING):
        tracing.ask_for_run()
    run_jobs()
    told(0.35)
    for member in makers:
        with acting_as(member.pk, Purpose.CARE):
            defer("registry.propose_groupings")
    run_jobs()
    _guardian(home, password)
    told(0.4)
    seconds = [_member(each.organisation, Role.SUPERVISOR, password) for each in makers]
    hands = {each.organisation_id: Hands(each, second) for each, second in zip(makers, seconds, strict=True)}
    play(story, hands, lambda share: told(0.4 + 0.2 * share))
    fill_camp(leaving, hands[home.organisation_id], lambda share: told(0.6 + 0.4 * share))


def sign_ins() -> list[SignIn]:
    """One sign-in a role, those of both shores for the caseworkers."""
    members = (
        Member.objects.filter(account__email__endswith=f"@{DOMAIN}", active=True)
        .select_related("account", "organisation")
        .order_by("recorded_at")
    )
    found: dict[tuple[str, str], SignIn] = {}
    for member in members:
        key = (member.role, member.organisation.shore if member.role == Role.CASEWORKER else "")
        found.setdefault(key, SignIn(Role(member.role), member.organisation.name, member.account.email))
    return sorted(found.values(), key=lambda each: list(Role).index(each.role))


def _organisation(
    name: str, shore: Shore, kind: OrganisationKind = OrganisationKind.PROTECTION
) -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults={"shore": shore, "kind": kind})[0]


def _member(organisation: Organisation, role: Role, password: str, ward: UUID | None = None) -> Member:
    word = organisation.name.split()[0]
    email = f"{role.value}.{''.join(filter(str.isascii, word.lower()))}@{DOMAIN}"
    account = Account.objects.filter(email=email).first()
    if account is None:
        spoken = Language.FRENCH if organisation.shore == Shore.FRANCE else Language.ENGLISH
        name = NAMES[Account.objects.filter(email__endswith=f"@{DOMAIN}").count() % len(NAMES)]
        account = Account.objects.create_user(email, password, full_name=name, language=spoken)
    return Member.objects.get_or_create(account=account, organisation=organisation, role=role, ward=ward)[0]


def _others(home: Organisation, password: str) -> None:
    for role in (Role.REGISTRAR, Role.SUPERVISOR, Role.ADMINISTRATOR):
        _member(home, role, password)
    _member(_organisation(WATCH, Shore.FRANCE, OrganisationKind.OVERSIGHT), Role.AUDITOR, password)


def _guardian(member: Member, password: str) -> None:
    """A guardian for the child of the surest pair."""
    from havre.apps.tracing.queries import pairs

    with acting_as(member.pk, Purpose.TRACING):
        pair = pairs().filter(organisation_a=member.organisation_id).order_by("-probability").first()
        ward = pair.registration_a.person_id if pair else None
    if ward is not None:
        _member(member.organisation, Role.GUARDIAN, password, ward)


def _part(lst: ShoreList, organisation: str) -> ShoreList:
    people = tuple(person for person in lst.people if person.organisation == organisation)
    known = {person.person_id for person in people}
    return ShoreList(people, tuple(link for link in lst.links if link.person_id in known))


def _hand_in(member: Member, lst: ShoreList) -> None:
    """The organisation's list, as its caseworker would hand it in: uploaded, looked at, accepted."""
    child = member.organisation.shore == Shore.FRANCE
    consents = tuple(
        ConsentSaid(
            for_what=for_what,
            given_by=ConsentGiver.CHILD if child else ConsentGiver.SELF,
            how=ConsentHow.INTERPRETER,
        )
        for for_what in registry.FOR_EVERYBODY
    )
    with tempfile.TemporaryDirectory() as folder:
        write_list(lst, Path(folder))
        people, links = ((Path(folder) / f"{name}.csv").read_bytes() for name in ("people", "links"))
    with acting_as(member.pk, Purpose.CARE):
        handed_in = registry.start_import(
            content=people,
            name="people.csv",
            links_content=links,
            links_name="links.csv",
            source=say("demo_source"),
            language=Language(member.account.language),
        )
    run_jobs()
    with acting_as(member.pk, Purpose.CARE):
        registry.accept_import(handed_in.pk, consents=consents)
    run_jobs()
