// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// A point that is pressed shows its own lines and its own rows of the table; pressed again, or Escape, all of them.
import { counted } from "./points.js";

export function picking(figure, map, rows, points, words) {
  const told = figure.querySelector("[data-map-told]");
  const show = (picked) => {
    for (const point of points) point.button.setAttribute("aria-pressed", String(point === picked));
    rows.forEach(({ element }, number) => {
      const is = !picked || picked.rows.includes(number);
      element.toggleAttribute("data-picked", Boolean(picked) && is);
      map.setFeatureState({ source: "lines", id: number }, { faded: !is });
    });
    told.textContent = picked ? sentence(picked, rows) : words.pick;
  };
  for (const point of points) {
    point.button.addEventListener("click", (event) => {
      event.stopPropagation();
      show(point.button.getAttribute("aria-pressed") === "true" ? null : point);
    });
  }
  figure.addEventListener("keydown", (event) => event.key === "Escape" && show(null));
  map.on("click", () => show(null));
  show(null);
}

// "Calais → Birmingham 5 · Calais → London 3"
function sentence({ rows: numbers }, rows) {
  const said = numbers.map((number) => {
    const { spots, value } = rows[number];
    return `${spots.map(({ name }) => isolated(name.textContent)).join(" → ")} ${counted(value)}`;
  });
  return said.join(" · ");
}

// Unicode's marks around a name of unknown direction.
function isolated(name) {
  return `\u2068${name}\u2069`;
}
