# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One set of words for whom a party is made of, on every page, paper and line of a plan."""

import re
import tomllib
from importlib.resources import files

import pytest

from havre.apps.accommodation.enums import WORDS, PartyKind
from havre.apps.accommodation.web.departing.words import WORDS as OF_COACHES
from havre.apps.accommodation.web.plans.words import WORDS as OF_PLANS
from havre.apps.accommodation.web.words import WORDS as OF_CENTRES
from havre.words import Language, Words

ROOMS = ("web", "web.plans", "web.desk", "web.departing")
ON_PAPER, OF_ENGINE = Words("havre.apps.accommodation.actions"), Words("havre.engines.placement")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [each.value for each in PartyKind])
def test_a_kind_of_party_is_called_alike_wherever_it_is_named(kind, language):
    one, all_of_them = (WORDS.say(language, f"party_{kind}", n=n) for n in (1, 2))
    for room in (OF_CENTRES, OF_PLANS, OF_COACHES):
        assert room.say(language, f"party_{kind}") == one
    assert ON_PAPER.say(language, f"paper_{kind}") == one
    assert OF_ENGINE.say(language, f"group_{kind}") == all_of_them


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_has_words_of_its_own_for_a_kind_of_party(room):
    own = tomllib.loads((files(f"havre.apps.accommodation.{room}") / "words.toml").read_text("utf-8"))
    kinds = "|".join(each.value for each in PartyKind)
    assert not [key for key in own if re.fullmatch(f"(party|kind)_({kinds})", key)]


@pytest.mark.parametrize("room", ROOMS)
def test_the_desk_is_called_in_french_as_its_page_is(room):
    own = tomllib.loads((files(f"havre.apps.accommodation.{room}") / "words.toml").read_text("utf-8"))
    assert not [key for key, said in own.items() if "bureau" in str(said["fr"]).lower()]
