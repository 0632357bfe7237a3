// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// A button with data-confirm asks first, in the page's own dialog. Without scripts it simply sends.
export function confirmations() {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return;
  let asked = null;
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-confirm]");
      if (!button || button.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      asked = button;
      dialog.querySelector("p").textContent = button.dataset.confirm;
      const yes = dialog.querySelector("[data-confirm-yes]");
      yes.textContent = (button.querySelector("span") ?? button).textContent;
      yes.classList.toggle("danger", button.classList.contains("danger"));
      dialog.returnValue = "no";
      dialog.showModal();
    },
    true,
  );
  dialog.addEventListener("close", () => {
    const button = asked;
    asked = null;
    if (!button) return;
    button.focus();
    if (dialog.returnValue !== "yes") return;
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  });
}
