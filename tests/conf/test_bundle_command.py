# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre bundle check``: nothing more than the file is needed, and every fault is a line."""

import subprocess
import sys
from hashlib import sha256

from core.exchange.bundles import ATTACHED, bundle, spoiled


def test_a_sound_bundle_is_said_to_be_sound_with_the_hash_that_the_record_holds(havre, tmp_path):
    path = tmp_path / "case.zip"
    path.write_bytes(bundle())
    done = havre("bundle", "check", path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "sound" in done.stderr
    assert sha256(path.read_bytes()).hexdigest() in done.stderr


def test_every_fault_is_a_line_and_the_exit_code_says_so(asked, tmp_path):
    changed, none = tmp_path / "changed.zip", tmp_path / "none.zip"
    changed.write_bytes(spoiled(lambda files: files.update({ATTACHED: b"?", "dossier.pdf": b"?"})))
    (refused, lost) = asked([["bundle", "check", str(changed)], ["bundle", "check", str(none)]], "fr")
    assert refused[0] == lost[0] == 1
    assert "2 défauts" in refused[1]
    assert str(none) in lost[1]


def test_whoever_checks_a_bundle_does_not_wait_for_what_matches_lists_and_draws() -> None:
    """Each of these takes up to two seconds to load; a process of its own, since this one has loaded them."""
    asked = "import sys, havre.conf.command, havre.conf.bundles; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert not {"numba", "numpy", "scipy", "xlsxwriter", "django"} & set(loaded.stdout.split())
