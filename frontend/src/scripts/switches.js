// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// Choices that this browser remembers: dark or light, and whether single keys act.
import { keep } from "./kept.js";

const DARK = matchMedia("(prefers-color-scheme: dark)");

export function switches() {
  const root = document.documentElement;
  const isDark = () => (root.dataset.bsTheme ?? (DARK.matches ? "dark" : "light")) === "dark";
  pressed("[data-theme-switch]", isDark, () => {
    root.dataset.bsTheme = isDark() ? "light" : "dark";
    keep("theme", root.dataset.bsTheme);
  });
  pressed("[data-keys-switch]", () => root.dataset.keys !== "off", () => {
    root.dataset.keys = root.dataset.keys === "off" ? "on" : "off";
    keep("keys", root.dataset.keys);
  });
  document.querySelector("[data-keys-item]")?.removeAttribute("hidden");
}

function pressed(selector, is, change) {
  for (const button of document.querySelectorAll(selector)) {
    const show = () => button.setAttribute("aria-pressed", String(is()));
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      change();
      show();
    });
  }
}
