// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds what a browser needs into src/havre/core/ui/static/havre/: styles for both directions, scripts, fonts, icons,
// what maps need, and a manifest that tells Python the names, and readers what they were made from.

import { camera } from "./steps/camera.mjs";
import { copied } from "./steps/copied.mjs";
import { fonts } from "./steps/fonts.mjs";
import { gazetteer } from "./steps/gazetteer.mjs";
import { ground } from "./steps/ground.mjs";
import { icons } from "./steps/icons.mjs";
import { maps } from "./steps/maps.mjs";
import { Output } from "./steps/output.mjs";
import { scripts } from "./steps/scripts.mjs";
import { styles } from "./steps/styles.mjs";

const output = new Output(new URL("../src/havre/core/ui/static/havre/", import.meta.url));
const faces = await fonts(output);
await styles(output, faces);
await scripts(output);
await maps(output);
await camera(output);
ground(output);
gazetteer(output);
icons(output);
copied(output);
output.close();
