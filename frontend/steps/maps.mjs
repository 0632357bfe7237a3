// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { build, transform } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pruned } from "./prune.mjs";
import { BROWSERS } from "./scripts.mjs";

const CHOSEN = { bundle: true, minify: true, target: BROWSERS, write: false, legalComments: "none", logLevel: "warning" };
// Of MapLibre's own styles: those of the canvas, of markers and of its gestures. Its controls are buttons of the page.
const CLASSES = ["map", "canvas-container", "canvas", "interactive", "touch-drag-pan", "touch-zoom-rotate", "cooperative-gestures", "track-pointer", "marker", "canary", "cooperative-gesture-screen", "desktop-message", "mobile-message", "show"];

// What a page with a map loads beside the rest: a module, a worker of the same origin, styles. None of it is in house.js.
export async function maps(output) {
  const script = await build({ ...CHOSEN, entryPoints: [here("../src/map/map.js")], format: "esm" });
  output.add("map.js", script.outputFiles[0].contents);
  output.add("map-worker.js", await small(dist("maplibre-gl-worker.mjs"), "js"));
  const ours = await build({ ...CHOSEN, entryPoints: [here("../src/map/map.css")] });
  const theirs = pruned(dist("maplibre-gl.css"), CLASSES.map((each) => `maplibregl-${each}`));
  output.add("map.css", await small(theirs + ours.outputFiles[0].text, "css"));
  credits(output);
}

// MapLibre comes with its own dependencies in it; types are not code, and one of them keeps its licence in its readme.
function credits(output) {
  output.uses("maplibre-gl");
  const { dependencies } = JSON.parse(readFileSync(here("../node_modules/maplibre-gl/package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) if (!name.startsWith("@types/")) output.uses(name, HOLDERS[name]);
}

const HOLDERS = { "murmurhash-js": ["2011 Gary Court"] };

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

function dist(name) {
  return readFileSync(here(`../node_modules/maplibre-gl/dist/${name}`), "utf8");
}

async function small(text, loader) {
  return (await transform(text, { loader, minify: true, target: BROWSERS, legalComments: "none" })).code;
}
