// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from "node:fs";

// What needs no building.
export function copied(output) {
  for (const name of ["mark.svg"]) output.add(name, readFileSync(new URL(`../src/${name}`, import.meta.url)));
}
