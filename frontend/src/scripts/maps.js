// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// Half a megabyte draws a map: it is fetched when one comes near the window, and never where a reader saves data
// without asking them first. Where it cannot be drawn, nothing is shown and nothing is missing: the table says it all.
const drawn = new WeakMap();
const near = new IntersectionObserver(come, { rootMargin: "200px" });

export function maps() {
  seek(document);
  document.body.addEventListener("htmx:afterSettle", (event) => seek(event.detail.elt));
  document.body.addEventListener("htmx:beforeCleanupElement", (event) => drawn.get(event.detail.elt)?.remove());
}

function seek(root) {
  for (const figure of root.querySelectorAll("[data-map]")) {
    if (navigator.connection?.saveData) ask(figure);
    else near.observe(figure);
  }
}

function ask(figure) {
  const button = figure.querySelector("[data-map-ask]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.hidden = true;
    draw(figure);
  });
}

function come(entries) {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}

async function draw(figure) {
  const told = JSON.parse(figure.dataset.map);
  try {
    const { picture } = await import(told.script);
    drawn.set(figure, await picture(figure, told));
  } catch (error) {
    // No WebGL here, or the line broke.
    console.info(`No map: ${error.message}`);
  }
}
