// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from "node:fs";

// One picture with every icon in it, so that a page names them and a browser loads them once.
export function icons(output) {
  const names = JSON.parse(readFileSync(new URL("../icons.json", import.meta.url), "utf8"));
  const symbols = names.map((name) => symbol(name, drawing(name)));
  symbols.push(symbol("havre", own("mark.svg")));
  output.add(
    "icons.svg",
    `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${symbols.join("")}</svg>`,
  );
  output.uses("@tabler/icons");
}

function symbol(name, drawn) {
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
}

function drawing(name) {
  const file = new URL(`../node_modules/@tabler/icons/icons/outline/${name}.svg`, import.meta.url);
  return inside(readFileSync(file, "utf8")).replace(/<path stroke="none"[^>]*>\s*/, "");
}

function own(name) {
  return inside(readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8")).replace(/<!--.*?-->\s*/gs, "");
}

function inside(svg) {
  return svg.replace(/^.*?<svg[^>]*>/s, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
}
