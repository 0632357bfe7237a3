// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// One key for one button: data-key="c". A reader can turn them off (WCAG 2.1.4), and they never act while one types.
const TYPING = "input:not([type=radio],[type=checkbox],[type=button],[type=submit]),textarea,select,[contenteditable]";

export function keys() {
  document.addEventListener("keydown", (event) => {
    const root = document.documentElement;
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (root.dataset.keys === "off" || event.target.closest?.(TYPING)) return;
    const wanted = named(event.key);
    const found = [...open().querySelectorAll("[data-key]")].find((each) => named(each.dataset.key) === wanted && seen(each));
    if (!found) return;
    event.preventDefault();
    found.focus({ preventScroll: true });
    found.click();
  });
}

// A letter is the same with and without shift.
function named(key) {
  return key.length === 1 ? key.toLowerCase() : key;
}

// While something lies over the page, its keys hold and those below do not.
function open() {
  return [...document.querySelectorAll("dialog[open], .dialog[popover]")].find(seen) ?? document;
}

function seen(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}
