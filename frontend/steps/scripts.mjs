// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

export const BROWSERS = ["chrome100", "firefox100", "safari15.4"];

// Two scripts: theme.js stands in the head and is tiny, so that a dark page never flashes; house.js is the rest.
export async function scripts(output) {
  for (const name of ["theme", "house"]) {
    const source = fileURLToPath(new URL(`../src/scripts/${name}.js`, import.meta.url));
    const built = await build({ entryPoints: [source], bundle: true, minify: true, format: "iife", target: BROWSERS, write: false, legalComments: "none", logLevel: "warning" });
    output.add(`${name}.js`, built.outputFiles[0].contents);
  }
  output.uses("htmx.org");
}
