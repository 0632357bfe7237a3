// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Marker } from "maplibre-gl";

const SMALLEST = 10;
const LARGEST = 34; // pixels across

// A button for each place and role, the largest below: what two rows say of one place adds up.
export function placed(map, rows, roles) {
  const points = gathered(rows);
  const most = Math.max(...points.map(({ value }) => value));
  for (const point of points) {
    point.size = Math.max(SMALLEST, LARGEST * Math.sqrt(point.value / most));
    point.button = button(point, roles);
    new Marker({ element: point.button }).setLngLat(point.at).addTo(map);
  }
  return points;
}

function gathered(rows) {
  const points = new Map();
  rows.forEach(({ spots, value }, number) => {
    for (const { at, role, name } of spots) {
      const key = `${role} ${at}`;
      if (!points.has(key)) points.set(key, { at, role, name, value: 0, rows: [] });
      const point = points.get(key);
      point.value += value;
      point.rows.push(number);
    }
  });
  return [...points.values()].sort((a, b) => b.value - a.value);
}

// The name comes out of the table as it stands there: in its script and direction, whatever font has its letters.
function button({ name, role, value, size }, roles) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "map-point" });
  if (role) made.dataset.role = role;
  made.style.setProperty("--size", `${size.toFixed(1)}px`);
  made.setAttribute("aria-pressed", "false");
  const label = piece("map-label", name.cloneNode(true), " ", piece("map-value", counted(value)));
  made.append(label, piece("unseen", ` ${roles[role] ?? ""}`));
  return made;
}

function piece(className, ...content) {
  const made = Object.assign(document.createElement("span"), { className });
  made.append(...content);
  return made;
}

export function counted(value) {
  return value.toLocaleString(document.documentElement.lang);
}
