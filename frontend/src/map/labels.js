// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// Names of places, the largest first, on the first side of their point where they lie over nothing else; one that has
// room nowhere waits until the map is nearer, or until its point is pointed at.
const GAP = 2;
const SIDES = {
  below: ({ x, y, r, w, h }) => box(x - w / 2, y + r + GAP, w, h),
  above: ({ x, y, r, w, h }) => box(x - w / 2, y - r - GAP - h, w, h),
  east: ({ x, y, r, w, h }) => box(x + r + GAP, y - h / 2, w, h),
  west: ({ x, y, r, w, h }) => box(x - r - GAP - w, y - h / 2, w, h),
};

export function labels(map, points) {
  const again = () => settle(map, points);
  map.on("moveend", again);
  map.on("resize", again);
  document.fonts?.ready.then(again);
  again();
}

function settle(map, points) {
  const measured = points.map((point) => measure(map, point));
  const taken = measured.map(({ x, y, r }) => box(x - r, y - r, 2 * r, 2 * r));
  const named = new Set();
  for (const [number, { at, button }] of points.entries()) {
    const free = (side) => !taken.some((each) => meet(each, SIDES[side](measured[number])));
    // A place with two points is named once.
    const side = named.has(String(at)) ? undefined : Object.keys(SIDES).find(free);
    button.dataset.side = side ?? "below";
    button.toggleAttribute("data-quiet", !side);
    if (!side) continue;
    named.add(String(at));
    taken.push(SIDES[side](measured[number]));
  }
}

function measure(map, { at, button, size }) {
  const { offsetWidth: w, offsetHeight: h } = button.querySelector(".map-label");
  return { ...map.project(at), r: size / 2, w, h };
}

function box(x, y, w, h) {
  return { x, y, w, h };
}

function meet(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
