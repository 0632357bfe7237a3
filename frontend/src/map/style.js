// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// The ground and the lines, in the colours of the page: palette.css holds them, by day and by night.
export const COLOURS = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));

const PAINT = [
  ["sea", "background", {}, { "background-color": "--sea" }],
  ["neighbour", "fill", {}, { "fill-color": "--abroad" }],
  ["shore", "fill", {}, { "fill-color": "--shore" }],
  ["border", "line", { "line-width": 1, "line-dasharray": [3, 3] }, { "line-color": "--border" }],
  ["coast", "line", { "line-width": 0.9 }, { "line-color": "--coast" }],
];
const LINES = { "line-color": "--journey" };
const FADED = ["case", ["boolean", ["feature-state", "faded"], false], 0.12, 0.7];

export function style(ground, journeys) {
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: { ground: { type: "geojson", data: ground }, lines: { type: "geojson", data: journeys } },
    layers: [...PAINT.map(layer), { id: "lines", type: "line", source: "lines", layout: { "line-cap": "round" }, paint: { ...inks(LINES), "line-width": ["get", "width"], "line-opacity": FADED } }],
  };
}

function layer([id, type, fixed, coloured]) {
  const paint = { ...fixed, ...inks(coloured) };
  return type === "background" ? { id, type, paint } : { id, type, source: "ground", filter: ["==", ["get", "kind"], id], paint };
}

export function repaint(map) {
  for (const [id, , , coloured] of [...PAINT, ["lines", "", {}, LINES]]) {
    for (const [property, value] of Object.entries(inks(coloured))) map.setPaintProperty(id, property, value);
  }
}

// A custom property holds what its author wrote, a variable perhaps; a colour property holds the colour.
function inks(coloured) {
  const probe = document.createElement("i");
  probe.className = "map-ink";
  document.body.append(probe);
  const read = Object.entries(coloured).map(([property, name]) => {
    probe.style.color = `var(${name})`;
    return [property, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(read);
}
