// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from "node:fs";
import { merge, mesh } from "topojson-client";

// What lies under every map: the lands of both shores and their neighbours, from Natural Earth at 1:10 million. The
// Channel keeps every bend that is there; further away a few hundred metres are given up for a lighter line.
const FRAME = { west: -13, south: 40, east: 18, north: 62 };
const CHANNEL = { west: -3, south: 48.5, east: 5, north: 52.5 };
const NEAR = 0.001;
const FAR = 0.012;
const SHORES = ["250", "826"]; // ISO 3166-1: France, United Kingdom

export function ground(output) {
  const atlas = JSON.parse(readFileSync(new URL("../node_modules/world-atlas/countries-10m.json", import.meta.url), "utf8"));
  const lands = atlas.objects.countries;
  const topology = { ...atlas, transform: undefined, arcs: atlas.arcs.map((arc) => simpler(degrees(arc, atlas.transform))) };
  const are = (wanted) => lands.geometries.filter((each) => SHORES.includes(each.id) === wanted);
  const features = [
    feature("neighbour", area(merge(topology, are(false)))),
    feature("shore", area(merge(topology, are(true)))),
    feature("border", line(mesh(topology, lands, (a, b) => a !== b))),
    feature("coast", line(mesh(topology, lands, (a, b) => a === b))),
  ];
  output.add("ground.json", JSON.stringify({ type: "FeatureCollection", features }));
  output.uses("world-atlas");
  output.credits({
    name: "Natural Earth",
    version: "4.1",
    licence: "public domain",
    address: "https://www.naturalearthdata.com",
    text: "Made with Natural Earth: free vector and raster map data, naturalearthdata.com.",
  });
}

function feature(kind, geometry) {
  return { type: "Feature", properties: { kind }, geometry };
}

// The points of an arc as longitude and latitude: TopoJSON keeps differences of whole numbers.
function degrees(arc, { scale, translate }) {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
}

// Douglas and Peucker (1973), on arcs that neighbours share, so that no gap opens between two lands.
function simpler(arc) {
  if (arc.length < 3) return arc;
  const kept = new Set([0, arc.length - 1]);
  const spans = [[0, arc.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const far = farthest(arc, ...span);
    if (far < 0) continue;
    kept.add(far);
    spans.push([span[0], far], [far, span[1]]);
  }
  return arc.filter((_, at) => kept.has(at));
}

// The point that lies farthest from the straight line, or -1 where each lies within what its region gives up.
function farthest(arc, first, last) {
  let found = -1;
  let most = 1;
  for (let at = first + 1; at < last; at++) {
    const share = distance(arc[at], arc[first], arc[last]) / (inside(arc[at], CHANNEL) ? NEAR : FAR);
    if (share > most) [found, most] = [at, share];
  }
  return found;
}

function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function inside([x, y], frame) {
  return x >= frame.west && x <= frame.east && y >= frame.south && y <= frame.north;
}

function area({ coordinates }) {
  const cut = coordinates.map((rings) => rings.map(cutRing).filter((ring) => ring.length > 3)).filter((rings) => rings.length);
  return { type: "MultiPolygon", coordinates: cut };
}

// Sutherland and Hodgman (1974): one side of the frame after the other.
function cutRing(ring) {
  const sides = [
    [0, FRAME.west, 1],
    [0, FRAME.east, -1],
    [1, FRAME.south, 1],
    [1, FRAME.north, -1],
  ];
  const cut = sides.reduce((points, [axis, limit, sign]) => cutSide(points, axis, limit, sign), ring.slice(0, -1));
  return cut.length ? short([...cut, cut[0]]) : [];
}

function cutSide(points, axis, limit, sign) {
  return points.flatMap((point, at) => {
    const before = points.at(at - 1);
    const [was, is] = [before, point].map((each) => (each[axis] - limit) * sign >= 0);
    const t = (limit - before[axis]) / (point[axis] - before[axis]);
    const crossing = [0, 1].map((each) => before[each] + t * (point[each] - before[each]));
    return [...(was === is ? [] : [crossing]), ...(is ? [point] : [])];
  });
}

function line({ coordinates }) {
  const pieces = coordinates.flatMap(piecesInside).map(short);
  return { type: "MultiLineString", coordinates: pieces.filter((piece) => piece.length > 1) };
}

function piecesInside(points) {
  const pieces = [[]];
  for (const point of points) {
    if (inside(point, FRAME)) pieces.at(-1).push(point);
    else if (pieces.at(-1).length) pieces.push([]);
  }
  return pieces;
}

// Three decimals are a hundred metres; a point that is where the last one was says nothing.
function short(points) {
  const rounded = points.map((point) => point.map((each) => Math.round(each * 1000) / 1000));
  return rounded.filter((point, at) => !at || point[0] !== rounded[at - 1][0] || point[1] !== rounded[at - 1][1]);
}
