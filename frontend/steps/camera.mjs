// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { BROWSERS } from "./scripts.mjs";

// What reads a code with the camera: a module that a page loads when a reader asks for it, and never before.
export async function camera(output) {
  const source = fileURLToPath(new URL("../src/camera/camera.js", import.meta.url));
  const script = await build({ entryPoints: [source], bundle: true, minify: true, format: "esm", target: BROWSERS, write: false, legalComments: "none", logLevel: "warning" });
  output.add("camera.js", script.outputFiles[0].contents);
  output.uses("qr");
}
