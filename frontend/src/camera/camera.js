// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a QR code with the camera of the device. Pictures stay in this page: none is kept, none is sent.
import { decodeQR } from "qr/decode.js";

const EVERY = 120; // milliseconds between two looks
const WIDEST = 640; // pixels of what is looked at
const GONE = 1000; // milliseconds without a code until the same one may be read again

// Shows what the camera sees until a code other than `before` is in sight; gives its text, or nothing if it was closed.
// Throws what the browser throws where there is no camera or none is allowed.
export async function read(video, before, closed) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  try {
    video.srcObject = stream;
    await video.play();
    return await look(video, before, closed);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

async function look(video, before, closed) {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  let seen = performance.now();
  while (!closed.aborted) {
    const text = found(video, canvas, brush);
    if (text && (text !== before || performance.now() - seen > GONE)) return text;
    if (text) seen = performance.now();
    await new Promise((wake) => setTimeout(wake, EVERY));
  }
  return "";
}

function found(video, canvas, brush) {
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  brush.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(brush.getImageData(0, 0, canvas.width, canvas.height)).trim();
  } catch {
    return ""; // No code in this picture, or one that is not whole: the next picture may have it.
  }
}
