// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
const STEPS = 32;
const BEND = 0.16; // of the distance: there and back are two lines

// A curve for each row that goes from one place to another, with its value and its number among the rows.
export function lines(rows) {
  const going = rows.map((row, number) => ({ ...row, number })).filter(({ spots }) => spots.length === 2);
  const most = Math.max(1, ...going.map(({ value }) => value));
  const features = going.map(({ spots: [from, to], value, number }) => ({
    type: "Feature",
    id: number,
    properties: { width: 1.25 + 4.75 * Math.sqrt(value / most) },
    geometry: { type: "LineString", coordinates: curve(from.at, to.at) },
  }));
  return { type: "FeatureCollection", features };
}

function curve([ax, ay], [bx, by]) {
  const middle = [(ax + bx) / 2 - (by - ay) * BEND, (ay + by) / 2 + (bx - ax) * BEND];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    const along = (a, m, b) => (1 - t) ** 2 * a + 2 * t * (1 - t) * m + t ** 2 * b;
    return [along(ax, middle[0], bx), along(ay, middle[1], by)];
  });
}
