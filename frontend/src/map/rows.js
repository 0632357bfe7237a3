// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// What a table says of places: a row has one or two cells with coordinates, and the value of a <data>, else 1.
export function rowsOf(figure) {
  return [...figure.querySelectorAll("tbody tr")].map(row).filter((each) => each.spots.length);
}

function row(element) {
  const spots = [...element.querySelectorAll("[data-latitude][data-longitude]")].map(spot);
  const value = Number(element.querySelector("data")?.value ?? 1);
  return { element, spots, value };
}

function spot(element) {
  const { latitude, longitude, role } = element.dataset;
  return { at: [Number(longitude), Number(latitude)], role: role ?? "", name: element.querySelector("bdi") ?? element };
}
