// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// What this browser remembers of a reader: how pages look, nothing else. A browser may forbid it.
export function kept(name) {
  try {
    return localStorage.getItem(`havre-${name}`);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(`havre-${name}`, value);
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}
