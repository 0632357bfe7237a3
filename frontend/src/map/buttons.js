// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// The page brings the buttons, in its own words and icons.
export function buttons(figure, map, whole) {
  const acts = { nearer: () => map.zoomIn(), further: () => map.zoomOut(), whole };
  for (const [name, act] of Object.entries(acts)) figure.querySelector(`[data-map-${name}]`).addEventListener("click", act);
}
