// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// A field with a camera beside it. What reads a code is fetched when a reader asks for it. On a page that takes one
// code after another the camera opens again by itself until it is closed.
import { keep, kept } from "./kept.js";

const WINDOW = "sessionStorage";

export function cameras() {
  if (!navigator.mediaDevices?.getUserMedia) return;
  for (const box of document.querySelectorAll("[data-camera]")) {
    const told = JSON.parse(box.dataset.camera);
    box.querySelector("[data-camera-ask]").hidden = false;
    box.querySelector("[data-camera-ask] button").addEventListener("click", () => open(box, told, ""));
    // The code that was read on the page before may still be in sight.
    if (told.again && kept("camera", WINDOW)) open(box, told, told.last || field(told).value);
  }
}

async function open(box, told, before) {
  const closed = new AbortController();
  const close = () => {
    keep("camera", null, WINDOW);
    closed.abort();
  };
  box.querySelector("[data-camera-close]").addEventListener("click", close, { signal: closed.signal });
  document.addEventListener("visibilitychange", () => closed.abort(), { signal: closed.signal });
  const trouble = box.querySelector("[data-camera-trouble]");
  trouble.hidden = true;
  show(box, true);
  try {
    const { read } = await import(told.script);
    const text = await read(box.querySelector("video"), before, closed.signal);
    if (text) take(box, told, text);
  } catch (error) {
    close();
    console.info(`No camera: ${error.message}`);
    trouble.hidden = false;
  }
  closed.abort();
  show(box, false);
}

function show(box, is) {
  box.querySelector("[data-camera-ask]").hidden = is;
  box.querySelector("[data-camera-seen]").hidden = !is;
}

function take(box, told, text) {
  field(told).value = text;
  if (told.again) keep("camera", "open", WINDOW);
  if (told.sends) field(told).form.requestSubmit();
  else field(told).focus();
}

function field(told) {
  return document.getElementById(told.field);
}
