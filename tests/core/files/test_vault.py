# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys and encryption of attachments."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.files.errors import FileLost
from havre.core.files.vault import FILE, Sealed, Vault, add_key

KEYS = {"first": bytes(32), "second": b"2" * 32}


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_is_opened_again_and_is_never_sealed_alike(content: bytes, bound: bytes) -> None:
    vault = Vault(KEYS)
    one, two = vault.seal(content, bound), vault.seal(content, bound)
    assert vault.open(one, bound) == vault.open(two, bound) == content
    assert one.nonce != two.nonce
    assert one.key_id == "second"


def test_what_was_changed_or_belongs_elsewhere_is_not_opened() -> None:
    vault = Vault(KEYS)
    sealed = vault.seal(b"a birth certificate", b"row 1")
    changed = [
        replace(sealed, content=sealed.content[:-1] + bytes([sealed.content[-1] ^ 1])),
        replace(sealed, nonce=bytes(12)),
        replace(sealed, key_id="first"),
    ]
    for each in changed:
        with pytest.raises(FileLost):
            vault.open(each, b"row 1")
    with pytest.raises(FileLost):
        vault.open(sealed, b"row 2")


def test_the_first_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    with ThreadPoolExecutor(8) as several:
        vaults = list(several.map(lambda _: Vault.of(folder), range(16)))
    assert len({vault.current for vault in vaults}) == 1
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    add_key(tmp_path)
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(PermissionError, match="chmod 600"):
        Vault.of(tmp_path)


def test_after_a_new_key_what_was_sealed_before_is_still_opened(tmp_path: Path) -> None:
    old = Vault.of(tmp_path)
    before = old.seal(b"before", b"row")
    new_id = add_key(tmp_path)
    new = Vault.of(tmp_path)
    assert new.current == new_id != old.current
    assert new.open(before, b"row") == b"before"
    assert new.seal(b"after", b"row").key_id == new_id
    with pytest.raises(FileLost, match=new_id):
        old.open(Sealed(new_id, bytes(12), b""), b"row")
