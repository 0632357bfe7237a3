#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Makes the virtual environment $1 with the first Python that is new enough and has venv and pip;
# PYTHON=/path/to/python chooses one. Says in one line what is missing, in the user's language.
set -eu

french() {
    case "${HAVRE_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
        [Ff][Rr]*) return 0 ;;
        *) return 1 ;;
    esac
}

stop() {
    if french; then echo "Havre : $2" >&2; else echo "Havre: $1" >&2; fi
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

has_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

old_or_none=yes
for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    is_new_enough "$python" || continue
    old_or_none=no
    has_venv "$python" || continue
    "$python" -m venv --clear "$1" && exit 0
    stop "$python could not make $1; see the lines above." \
        "$python n'a pas pu créer $1 ; voir les lignes ci-dessus."
done

if [ "$old_or_none" = yes ]; then
    stop "no Python 3.11 or newer was found. Install one (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python) or name it: make PYTHON=/path/to/python demo" \
        "aucun Python 3.11 ou plus récent n'a été trouvé. Installez-le (Debian, Ubuntu : sudo apt install python3 python3-venv ; macOS : brew install python) ou indiquez-le : make PYTHON=/chemin/vers/python demo"
fi
stop "this Python has no venv module. Install it (Debian, Ubuntu: sudo apt install python3-venv) or name another Python: make PYTHON=/path/to/python demo" \
    "ce Python n'a pas le module venv. Installez-le (Debian, Ubuntu : sudo apt install python3-venv) ou indiquez un autre Python : make PYTHON=/chemin/vers/python demo"
