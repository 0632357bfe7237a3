# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes: what a shore hands out, what it keeps, and what is refused."""

import json
from hashlib import sha256

import numpy as np
import pytest

from havre.engines.linkage import ShoreList
from havre.engines.veil import BadCodes, Codes, Speaker, WeakKey, check_key, encode, new_key, speaker_of
from havre.engines.veil.codes import BITS
from havre.engines.veil.encode import group
from havre.engines.veil.skeleton import skeleton


def test_a_file_of_codes_reads_back_as_it_was(shores):
    codes = shores[0].codes
    again = Codes.from_bytes(codes.to_bytes())
    assert (again.run, again.speaker, again.ids) == (codes.run, codes.speaker, codes.ids)
    assert (again.bits == codes.bits).all()
    assert Codes.begin(codes.to_bytes())
    assert not Codes.begin(b"link_id,person_id\n")


def test_a_file_of_codes_holds_no_word_of_the_list(shores):
    for shore in shores:
        data = shore.codes.to_bytes()
        said = [
            *(person.described for person in shore.lst.people),
            *(link.described for link in shore.lst.links),
        ]
        words = {word for each in said for word in f"{each.names} {each.birthplace} {each.phone}".split()}
        ids = {link.link_id for link in shore.lst.links} | {person.person_id for person in shore.lst.people}
        assert len(words) > 100
        assert not [word for word in words | ids if len(word) > 4 and word.encode() in data]
        head = json.loads(data.partition(b"\n")[0])
        assert set(head) == {"file", "version", "run", "speaker", "bits", "links", "sha256"}


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None), slice(0, 40), slice(0, 0)])
def test_a_cut_file_is_refused(shores, cut):
    with pytest.raises(BadCodes):
        Codes.from_bytes(shores[0].codes.to_bytes()[cut])


def test_a_changed_file_is_refused(shores):
    data = bytearray(shores[0].codes.to_bytes())
    data[-1] ^= 1
    with pytest.raises(BadCodes, match="broken"):
        Codes.from_bytes(bytes(data))
    with pytest.raises(BadCodes, match="other_version"):
        Codes.from_bytes(shores[0].codes.to_bytes().replace(b'"version": 1', b'"version": 2'))


def test_each_link_has_a_code_and_no_id_or_code_stands_twice(shores):
    for shore in shores:
        links = [said.link_id for said in shore.own.values()]
        assert sorted(links) == sorted(link.link_id for link in shore.lst.links)
        assert list(shore.codes.ids) == sorted(set(shore.codes.ids))
        assert len({row.tobytes() for row in shore.codes.bits}) == len(shore.codes.ids)


def test_some_codes_stand_for_links_that_nobody_said(shores, camp, encoded):
    links = len(camp.france.links)
    assert len(shores[0].codes.ids) == links + round(0.1 * links)
    assert len(encoded(camp.france, Speaker.CHILDREN, dummies=0).codes.ids) == links


def test_how_much_was_said_cannot_be_counted(camp, encoded):
    """Half of the bits are set in the code of a link that says much, and of one that says nearly nothing."""
    shore = encoded(camp.france, Speaker.CHILDREN, dummies=0)
    said = np.array([len(shore.own[code].features) for code in shore.codes.ids])
    share = np.unpackbits(shore.codes.bits, axis=1).mean(axis=1)
    assert said.max() > 1.4 * said.min()
    assert np.abs(share - 0.5).max() < 5 * 0.5 / BITS**0.5


def test_encoding_again_gives_other_ids_and_other_codes(camp):
    key = new_key()
    (one, _), (two, _) = (encode(camp.france, key, Speaker.CHILDREN) for _ in range(2))
    assert not set(one.ids) & set(two.ids)
    assert not {row.tobytes() for row in one.bits} & {row.tobytes() for row in two.bits}


def test_with_another_key_nothing_is_alike(shores, camp, encoded):
    """The same list with two keys: its codes agree in half of their bits, as coins would."""
    other = encoded(camp.france, Speaker.CHILDREN, key=sha256(b"another").digest(), seed="two")
    of = [{said.link_id: code for code, said in shore.own.items()} for shore in (shores[0], other)]
    rows = [
        shore.codes.bits[[shore.codes.ids.index(ids[link.link_id]) for link in camp.france.links]]
        for shore, ids in zip((shores[0], other), of, strict=True)
    ]
    agree = 1 - np.unpackbits(rows[0] ^ rows[1], axis=1).mean(axis=1)
    assert np.abs(agree - 0.5).max() < 6 * 0.5 / BITS**0.5
    assert other.codes.run != shores[0].codes.run


@pytest.mark.parametrize(
    "bad", [b"", b"short", b"x" * 32, b"a passphrase of thirty-two bytes", bytes(range(33))]
)
def test_what_is_no_key_is_refused(bad, camp):
    with pytest.raises(WeakKey):
        check_key(bad)
    with pytest.raises(WeakKey):
        encode(camp.france, bad, Speaker.CHILDREN)


def test_a_new_key_is_a_key_and_never_the_same():
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    for key in keys:
        check_key(key)


def test_who_speaks_is_found_by_the_years_of_birth(camp):
    assert speaker_of(camp.france) is Speaker.CHILDREN
    assert speaker_of(camp.britain) is Speaker.RELATIVES
    assert speaker_of(ShoreList((), ())) is Speaker.CHILDREN


def test_an_empty_list_has_no_codes():
    codes, own = encode(ShoreList((), ()), new_key(), Speaker.CHILDREN)
    assert (codes.ids, own) == ((), {})
    assert Codes.from_bytes(codes.to_bytes()).ids == ()


@pytest.mark.parametrize(
    ("one", "two"),
    [("mohammad", "محمد"), ("karim", "kerim"), ("hussein", "حسين"), ("khan", "خان"), ("tesfay", "ተስፋይ")],
)
def test_a_skeleton_is_the_same_from_two_scripts(one, two):
    assert skeleton(one) == skeleton(two)


def test_names_that_share_a_key_may_have_two_skeletons():
    assert skeleton("mohammad") != skeleton("ahmad")


def test_a_false_link_lends_all_of_a_name_from_one_link():
    names = {group(f"child {what}") for what in ("key", "own key", "word", "own word", "sound")}
    assert names == {"child name"}
    assert group("relative born within 6") == group("relative born known") == "relative born"
    assert group("generation") == group("relation") == "relation"
