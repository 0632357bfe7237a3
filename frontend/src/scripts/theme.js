// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// In the head, before anything is drawn: what the reader chose goes before what the device says.
import { kept } from "./kept.js";

const chosen = kept("theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.bsTheme = chosen;
if (kept("keys") === "off") document.documentElement.dataset.keys = "off";
