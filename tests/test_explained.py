# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the pages that explain are those of the code: the life of a pair, and which role may do what."""

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

from havre.apps.tracing.actions.life import LIFE, By, Effect, Need, Step
from havre.apps.tracing.enums import WORDS as TRACING
from havre.apps.tracing.queries.rules import RULES
from havre.apps.tracing.web.words import WORDS as SCREENS
from havre.core.access import Right
from havre.core.access.rights import PUBLIC
from havre.core.accounts.enums import Role
from havre.core.audit import LIMITS
from havre.words import Language

EXPLANATION = Path(__file__).parents[1] / "docs" / "explanation"
EN, FR = Language.ENGLISH, Language.FRENCH
BLOCK = re.compile(r"<!-- table: (\w+) -->\n\n(.*?)\n\n<!-- end of table -->", re.DOTALL)


def page_of(name: str, language: Language) -> str:
    return (EXPLANATION / (f"{name}.md" if language is EN else f"{name}.fr.md")).read_text("utf-8")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads), *(list(row) for row in rows)]
    shown = ["|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|" for line in lines]
    return "\n".join([shown[0], "|---" * len(lines[0]) + "|", *shown[1:]])


# --- the life of a pair ------------------------------------------------------------------------------------------

LIFE_HEADS = {
    EN: ("is", "what is done", "by whom", "asks for", "becomes", "what follows"),
    FR: ("est", "ce qui est fait", "par qui", "demande", "devient", "ce qui suit"),
}
BY: dict[By, dict[Language, str]] = {
    By.MATCH: {EN: "a match run", FR: "une comparaison"},
    By.HOUSE: {EN: "Havre itself", FR: "Havre lui-même"},
}
NEEDS: dict[Need, dict[Language, str]] = {
    Need.REASON: {EN: "a reason", FR: "une raison"},
    Need.DAY: {EN: "the day", FR: "le jour"},
    Need.OTHER_SHORE: {
        EN: "somebody else than who confirmed, of the other shore",
        FR: "une autre personne que celle qui a confirmé, de l’autre rive",
    },
    Need.SAME_MEMBER: {EN: "whoever confirmed", FR: "qui a confirmé"},
}
EFFECTS: dict[Effect, dict[Language, str]] = {
    Effect.SHARE: {
        EN: "each registration opens to the other organisation",
        FR: "chaque enregistrement s’ouvre à l’autre organisme",
    },
    Effect.END_SHARE: {EN: "both close again", FR: "tous deux se referment"},
    Effect.CLOSE_RIVALS: {EN: "its rivals are closed", FR: "ses rivaux sont clos"},
    Effect.RESTORE_RIVALS: {
        EN: "its rivals become what they were",
        FR: "ses rivaux redeviennent ce qu’ils étaient",
    },
}


def step_in_words(step: Step, language: Language) -> list[str]:
    act = f"do_{step.act}" if step.by is By.MEMBER else f"act_{step.act}"
    words = SCREENS if step.by is By.MEMBER else TRACING
    roles = sorted(step.right.roles, key=list(Role).index) if step.right else []
    return [
        SCREENS.say(language, f"state_{step.was}"),
        words.say(language, act),
        ", ".join(role.label(language) for role in roles) or BY[step.by][language],
        ", ".join(NEEDS[need][language] for need in Need if need in step.needs),
        "" if step.becomes is step.was else SCREENS.say(language, f"state_{step.becomes}"),
        ", ".join(EFFECTS[effect][language] for effect in step.effects),
    ]


def life_table(language: Language) -> str:
    return table(LIFE_HEADS[language], [step_in_words(step, language) for step in LIFE])


# --- who may do what ---------------------------------------------------------------------------------------------

RIGHTS: dict[str, dict[Language, str]] = {
    "registry.read": {EN: "read registrations", FR: "lire des enregistrements"},
    "registry.search": {EN: "search before registering", FR: "chercher avant d’enregistrer"},
    "registry.register": {EN: "register somebody", FR: "enregistrer une personne"},
    "registry.amend": {EN: "complete and put right", FR: "compléter et corriger"},
    "registry.consent": {EN: "record an answer on consent", FR: "noter une réponse sur le consentement"},
    "registry.share": {EN: "end a sharing", FR: "mettre fin à une communication"},
    "registry.group": {
        EN: "say whether two registrations are one person",
        FR: "dire si deux enregistrements sont une seule personne",
    },
    "registry.import": {EN: "import a list", FR: "importer une liste"},
    "registry.withdraw": {EN: "withdraw a registration", FR: "retirer un enregistrement"},
    "registry.erase": {EN: "erase a registration", FR: "effacer un enregistrement"},
    "registry.lift": {
        EN: "let a list bring back whom it was told to forget",
        FR: "laisser une liste ramener qui elle devait oublier",
    },
    "tracing.read_pairs": {EN: "read pairs", FR: "lire des rapprochements"},
    "tracing.decide": {
        EN: "confirm, reject, ask, skip, look again",
        FR: "confirmer, écarter, demander, passer, rouvrir",
    },
    "tracing.verify": {
        EN: "verify for one's own shore, or refuse; say that it was wrong",
        FR: "vérifier pour sa rive, ou refuser ; dire que c’était faux",
    },
    "tracing.reunite": {
        EN: "record a reunion, or undo it",
        FR: "enregistrer des retrouvailles, ou les annuler",
    },
    "tracing.run_match": {EN: "run the match", FR: "lancer la comparaison"},
    "tracing.read_runs": {EN: "read the figures of match runs", FR: "lire les chiffres des comparaisons"},
    "tracing.export": {EN: "take out the reunification list", FR: "sortir la liste de réunification"},
    "cases.read": {EN: "read cases", FR: "lire des dossiers"},
    "cases.open": {EN: "open a case", FR: "ouvrir un dossier"},
    "cases.record": {
        EN: "record what happened to a case, and what is known",
        FR: "noter ce qui arrive à un dossier, et ce que l’on sait",
    },
    "cases.decide": {
        EN: "draft a decision, agree to a colleague's",
        FR: "rédiger une décision, approuver celle d’un collègue",
    },
    "cases.tell": {EN: "record that the child was told", FR: "noter que l’enfant a été informé"},
    "cases.refer": {
        EN: "refer a child, and answer a referral",
        FR: "orienter un enfant, et répondre à une orientation",
    },
    "accommodation.read": {
        EN: "read centres, and parties that stay there",
        FR: "lire les centres, et les groupes qui y séjournent",
    },
    "accommodation.centres": {
        EN: "run centres: places, blocks, inspections, lists",
        FR: "tenir des centres : places, blocages, visites, listes",
    },
    "accommodation.parties": {EN: "make a party, and change it", FR: "former un groupe, et le modifier"},
    "accommodation.stays": {
        EN: "check in and out, note an absence, transfer",
        FR: "noter une arrivée, un départ, une absence, un transfert",
    },
    "accommodation.read_plans": {EN: "read plans", FR: "lire des plans"},
    "accommodation.plan": {
        EN: "ask for a plan, lay down places by hand",
        FR: "demander un plan, fixer des places à la main",
    },
    "accommodation.accept_plan": {EN: "accept what a plan proposes", FR: "accepter ce qu’un plan propose"},
    "accommodation.desk": {
        EN: "offer two regions at the desk, record the choice",
        FR: "proposer deux régions au guichet, noter le choix",
    },
    "accommodation.dispatch": {
        EN: "fill coaches, make and change them",
        FR: "remplir des cars, en créer et les modifier",
    },
    "accommodation.departures": {EN: "read coaches and their papers", FR: "lire les cars et leurs documents"},
    "accommodation.board": {
        EN: "board people, send a coach off",
        FR: "faire monter les personnes, noter un départ de car",
    },
    "accommodation.arrivals": {
        EN: "confirm arrivals, say what became of who is missing",
        FR: "confirmer des arrivées, dire ce qu’il en est de qui manque",
    },
    "accommodation.export": {
        EN: "take centres and parties out of the house",
        FR: "exporter des centres et des groupes",
    },
    "accounts.manage_members": {
        EN: "invite members, end memberships",
        FR: "inviter des membres, mettre fin à leur adhésion",
    },
    "audit.oversee": {EN: "read the record, and check it", FR: "lire le registre, et le vérifier"},
}
OF_EVERYBODY = {"conf.my_work", "conf.use_api", "jobs.see_progress", "notices.read"}
"""One's own work, notices and jobs: every role sees them, and in them only what it may read."""
TOLD_IN_WORDS = {"files.open", "tracing.match"}
"""Files, which the row policies keep to the own organisation; and the job of a match run, which shows nobody a row."""
PLACES = (
    "havre.apps.accommodation.policies",
    "havre.apps.cases.policies",
    "havre.apps.registry.policies",
    "havre.apps.tracing.policies",
    "havre.conf.api",
    "havre.conf.home",
    "havre.core.accounts.policies",
    "havre.core.audit.policies",
    "havre.core.files.views",
    "havre.core.jobs.views",
    "havre.core.notices.views",
)


def rights() -> dict[str, Right]:
    found = (value for place in PLACES for value in vars(import_module(place)).values())
    named = {right.name: right for right in found if isinstance(right, Right)}
    return {name: right for name, right in named.items() if name != PUBLIC.name}


def rights_table(language: Language) -> str:
    known = rights()
    heads = ("", *(role.label(language) for role in Role))
    rows = [
        (said[language], *("●" if role in known[name].roles else "" for role in Role))
        for name, said in RIGHTS.items()
    ]
    return table(heads, rows)


# --- the pages ---------------------------------------------------------------------------------------------------

TABLES = {("life-of-a-pair", "life"): life_table, ("who-sees-what", "rights"): rights_table}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("page", "name"), list(TABLES))
def test_a_table_says_what_the_code_says(page: str, name: str, language: Language) -> None:
    made = TABLES[page, name](language)
    shown = dict(BLOCK.findall(page_of(page, language)))
    assert shown[name] == made, f"docs/explanation/{page}: the table is now\n\n{made}"


def test_every_right_is_told() -> None:
    known = rights()
    assert set(known) == set(RIGHTS) | OF_EVERYBODY | TOLD_IN_WORDS
    assert all(known[name].roles == frozenset(Role) for name in OF_EVERYBODY)


@pytest.mark.parametrize("language", list(Language))
def test_the_thresholds_that_a_page_tells_are_those_in_force(language: Language) -> None:
    life, sees = page_of("life-of-a-pair", language), page_of("who-sees-what", language)
    assert f"{RULES.come_back_bits:g} bits" in life
    assert f"**{LIMITS.reading.most}**" in sees
    assert f"**{LIMITS.searching.most}**" in sees
    assert (LIMITS.reading.seconds, LIMITS.searching.seconds) == (3600, 60), "the page says an hour, a minute"
