// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from "node:fs";
import subset from "subset-font";

// Each face holds the letters of the languages that people here write, and no more; a page loads a face only when it
// has one of its letters. Arabic script with Persian, Pashto, Sorani and Urdu; Ethiopic with Amharic and Tigrinya.
const LATIN = [[0x20, 0x7e], [0xa0, 0xff], [0x152, 0x153], [0x2010, 0x2027], [0x202f, 0x203a], [0x20ac, 0x20ac], [0x2190, 0x2194], [0x2212, 0x2212], [0x2248, 0x2248], [0x2260, 0x2260]];
const LATIN_MORE = [[0x100, 0x151], [0x154, 0x17f], [0x18f, 0x18f], [0x1dd, 0x1dd], [0x218, 0x21b], [0x259, 0x259], [0x2b9, 0x2bf], [0x1e00, 0x1e99]];
const ARABIC = [[0x600, 0x6ff], [0x200c, 0x200e]];
const ETHIOPIC = [[0x1200, 0x137f]];
// A file may serve both weights: then bold is no heavier, and a page with such names stays below 100 kB.
const FACES = [
  ["noto-sans", "latin", "400", ["400"], LATIN],
  ["noto-sans", "latin", "600", ["600"], LATIN],
  ["noto-sans", "latin-ext", "400", ["400"], LATIN_MORE],
  ["noto-sans", "latin-ext", "600", ["600"], LATIN_MORE],
  ["noto-sans-arabic", "arabic", "400", ["400", "600"], ARABIC],
  ["noto-sans-ethiopic", "ethiopic", "400", ["400", "600"], ETHIOPIC],
];

// Writes the fonts; gives the @font-face rules.
export async function fonts(output) {
  const rules = [];
  for (const [family, script, weight, serves, letters] of FACES) {
    const file = `../node_modules/@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff2`;
    const whole = readFileSync(new URL(file, import.meta.url));
    const cut = await subset(whole, text(letters), { targetFormat: "woff2" });
    const name = output.add(`${family}-${script}-${weight}.woff2`, cut);
    for (const each of serves) {
      rules.push(
        `@font-face{font-family:"Havre";font-weight:${each};font-display:swap;src:url(${name}) format("woff2");unicode-range:${ranges(letters)}}`,
      );
    }
    output.uses(`@fontsource/${family}`);
  }
  return rules.join("\n");
}

function text(letters) {
  return letters.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))).join("");
}

function ranges(letters) {
  return letters.map(([first, last]) => `U+${first.toString(16)}-${last.toString(16)}`).join(",");
}
