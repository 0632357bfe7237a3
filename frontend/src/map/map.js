// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// Draws what the table of a figure says: a point for each place, a line for each row with two of them. The table is
// the only source: whatever is not in it is not on the map.
import { LngLatBounds, Map as Canvas, setWorkerCount, setWorkerUrl } from "maplibre-gl";
import { buttons } from "./buttons.js";
import { labels } from "./labels.js";
import { lines } from "./lines.js";
import { picking } from "./picking.js";
import { placed } from "./points.js";
import { rowsOf } from "./rows.js";
import { COLOURS, repaint, style } from "./style.js";

const SIGHT = [[-12.5, 40.5], [17.5, 61.5]]; // where the ground is drawn
const CLOSEST = 11; // nearer, the coast of 1:10 million is a guess

// The map, ready to be looked at; its `remove` gives everything back. Throws where nothing can be drawn.
export async function picture(figure, told) {
  const rows = rowsOf(figure);
  if (!rows.length) throw new Error("no row has a place");
  await styles(told.styles);
  setWorkerUrl(new URL(told.worker, location.href).href);
  setWorkerCount(1);
  const box = figure.querySelector(".map-drawn");
  box.hidden = false;
  try {
    return await drawn(figure, rows, told);
  } catch (error) {
    box.hidden = true;
    throw error;
  }
}

async function drawn(figure, rows, told) {
  const map = new Canvas({
    container: figure.querySelector(".map"),
    style: style(told.ground, lines(rows)),
    bounds: around(rows),
    fitBoundsOptions: { padding: 56, maxZoom: 8 },
    maxBounds: SIGHT,
    maxZoom: CLOSEST,
    attributionControl: false, // the credit stands below, in words of the page
    cooperativeGestures: true, // one finger moves the page
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    locale: told.words,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const forget = paints(map);
  map.once("remove", forget);
  await loaded(map);
  const points = placed(map, rows, told.roles);
  picking(figure, map, rows, points, told.words);
  labels(map, points);
  buttons(figure, map, () => map.fitBounds(around(rows), { padding: 56, maxZoom: 8 }));
  figure.dataset.drawn = String(points.length);
  return map;
}

function loaded(map) {
  return new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("error", ({ error }) => reject(error));
  });
}

function around(rows) {
  const bounds = new LngLatBounds();
  for (const { spots } of rows) for (const { at } of spots) bounds.extend(at);
  return bounds;
}

// The colours follow when a reader turns dark on, or their device does at nightfall.
function paints(map) {
  const again = () => repaint(map);
  const watcher = new MutationObserver(again);
  watcher.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  for (const query of COLOURS) query.addEventListener("change", again);
  return () => {
    watcher.disconnect();
    for (const query of COLOURS) query.removeEventListener("change", again);
  };
}

function styles(address) {
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.onload = resolve;
    link.onerror = () => reject(new Error("the styles did not come"));
    document.head.append(link);
  });
}
