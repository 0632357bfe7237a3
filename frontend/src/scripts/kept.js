// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// What this browser remembers of a reader: how pages look; and until the window closes, that its camera is open. Nothing
// else. A browser may forbid it.
export function kept(name, where = "localStorage") {
  try {
    return window[where].getItem(`havre-${name}`);
  } catch {
    return null;
  }
}

export function keep(name, value, where = "localStorage") {
  try {
    if (value === null) window[where].removeItem(`havre-${name}`);
    else window[where].setItem(`havre-${name}`, value);
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}
