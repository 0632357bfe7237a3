// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// allauth's own scripts speak with the device; here its buttons appear, and its errors are said in the page.
export function passkeys() {
  if (window.PublicKeyCredential) {
    for (const each of document.querySelectorAll("[data-passkey]")) each.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    const shown = document.getElementById("passkey-trouble");
    if (!shown) return;
    event.preventDefault();
    shown.hidden = false;
    shown.focus();
  });
}
