// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import htmx from "htmx.org";
import { cameras } from "./cameras.js";
import { confirmations } from "./confirm.js";
import { keys } from "./keys.js";
import { maps } from "./maps.js";
import { passkeys } from "./passkey.js";
import { sending } from "./sending.js";
import { swaps } from "./swaps.js";
import { switches } from "./switches.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  timeout: 30000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "...", swap: false, error: true },
  ],
});

confirmations();
sending();
keys();
swaps();
switches();
passkeys();
maps();
cameras();
