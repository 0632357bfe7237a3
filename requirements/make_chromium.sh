#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Sees to it that there is a Chromium for the browser tests: installs Debian's where it may, else says in one line,
# in the user's language, what to install. Without one those tests are left out, and the others run.
set -eu

french() {
    case "${HAVRE_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
        [Ff][Rr]*) return 0 ;;
        *) return 1 ;;
    esac
}

say() {
    if french; then echo "Havre : $2" >&2; else echo "Havre: $1" >&2; fi
}

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing Chromium for the browser tests ..." "installation de Chromium pour les tests de navigateur ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq --no-install-recommends -y chromium >/dev/null
    exit 0
fi

say "no Chromium was found, so the browser tests are left out. Install one (Debian, Ubuntu: sudo apt install chromium; macOS: brew install --cask chromium)." \
    "aucun Chromium n'a été trouvé, les tests de navigateur sont donc laissés de côté. Installez-en un (Debian, Ubuntu : sudo apt install chromium ; macOS : brew install --cask chromium)."
