// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// After htmx has put something in: focus where the page asks for it, say what changed, and say when the line broke.
export function swaps() {
  const body = document.body;
  body.addEventListener("htmx:afterSettle", (event) => {
    event.detail.elt.querySelector("[data-focus]")?.focus();
    const told = event.detail.elt.querySelector("[data-spoken]")?.textContent.trim();
    const spoken = document.getElementById("spoken");
    if (told && spoken && spoken.textContent !== told) spoken.textContent = told;
    trouble(false);
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    const state = event.detail.elt.dataset?.state;
    if (state === "done" || state === "failed") location.reload();
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    body.addEventListener(name, () => trouble(true));
  }
  document.querySelector("[autofocus][data-focus]")?.focus();
}

function trouble(is) {
  const shown = document.getElementById("trouble");
  if (shown) shown.hidden = !is;
}
