// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { transform, build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import postcss from "postcss";
import rtlcss from "rtlcss";
import { compile } from "sass";
import { pruned, withoutUnread } from "./prune.mjs";
import { BROWSERS } from "./scripts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PALETTE = here("../../src/havre/core/ui/templates/ui/palette.css");

// Tabler's parts in a layer of their own, below ours, so that our rules win without being stronger.
export async function styles(output, faces) {
  const tabler = compile(here("../src/styles/tabler.scss"), { loadPaths: [here("../node_modules")], quietDeps: true });
  const kept = pruned(tabler.css, JSON.parse(readFileSync(here("../src/styles/tabler.json"), "utf8")));
  const ours = await build({ entryPoints: [here("../src/styles/house.css")], bundle: true, write: false, target: BROWSERS });
  const whole = [`@layer tabler{${kept}}`, palette(), ours.outputFiles[0].text].join("\n");
  const lean = withoutUnread(whole, readFileSync(here("../src/map/map.css"), "utf8"));
  output.add("house.css", await small(faces + lean));
  output.add("house.rtl.css", await small(faces + rtlcss.process(lean)));
  output.uses("@tabler/core", ["2018-2026 The Tabler Authors", "2018-2026 codecalm.net Paweł Kuna", "2011-2026 The Bootstrap Authors"]);
}

// The palette serves the reports as it is; pages also let a reader choose, against what the device says.
function palette() {
  const root = postcss.parse(readFileSync(PALETTE, "utf8"));
  root.walkAtRules("media", (media) => {
    if (!media.params.includes("dark")) return;
    const chosen = media.first.clone({ selector: ":root:where([data-bs-theme=dark])" });
    chosen.prepend({ prop: "color-scheme", value: "dark" });
    media.first.selector = ":root:where(:not([data-bs-theme=light]))";
    media.after([chosen, postcss.parse(":root:where([data-bs-theme=light]){color-scheme:light}")]);
  });
  return root.toString();
}

async function small(css) {
  return (await transform(css, { loader: "css", minify: true, target: BROWSERS, legalComments: "none" })).code;
}
