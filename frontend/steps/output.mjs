// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

// A folder of files whose names hold a hash of their content, so that a browser may keep them for ever.
export class Output {
  constructor(folder) {
    this.folder = folder;
    this.files = {};
    this.packages = new Map();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  // Writes a file, and its compressed twins where a browser asks for it and they save something; gives its name with
  // the hash.
  add(name, content, { sent = true } = {}) {
    const bytes = Buffer.from(content);
    const named = name.replace(/(\.\w+)$/, `-${hash(bytes)}$1`);
    writeFileSync(new URL(named, this.folder), bytes);
    if (sent && !name.endsWith(".woff2")) this.compress(named, bytes);
    this.files[name] = named;
    return named;
  }

  compress(name, bytes) {
    const size = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    writeFileSync(new URL(`${name}.gz`, this.folder), gzipSync(bytes, { level: 9 }));
    writeFileSync(new URL(`${name}.br`, this.folder), brotliCompressSync(bytes, size));
  }

  // Notes that something of this npm package is in the files. Tabler's core comes without a licence file: it is the
  // text of Tabler's icons, with the names that stand in its style sheets and in those of Bootstrap, which it holds.
  uses(name, holders = []) {
    const folder = new URL(`../node_modules/${name}/`, import.meta.url);
    const said = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
    const text = ["LICENSE", "LICENSE.md", "LICENSE.txt"].map((file) => read(new URL(file, folder))).find(Boolean) ?? mit(holders);
    this.packages.set(name, { name, version: said.version, licence: said.license, address: said.homepage ?? "", text });
  }

  // Notes what no npm package stands for: data that one of them carries.
  credits(entry) {
    this.packages.set(entry.name, entry);
  }

  close() {
    const packages = [...this.packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const missing = packages.filter((each) => !each.text && each.licence !== "0BSD");
    if (missing.length) throw new Error(`no licence text in ${missing.map((each) => each.name).join(", ")}`);
    const texts = packages.map((each) => `${each.name} ${each.version} (${each.licence})\n\n${each.text.trim()}\n`);
    this.add("licences.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
    const shown = packages.map(({ text, ...rest }) => rest);
    writeFileSync(new URL("manifest.json", this.folder), JSON.stringify({ files: this.files, packages: shown }, null, 1));
  }
}

function read(address) {
  try {
    return readFileSync(address, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

function mit(holders) {
  if (!holders.length) return "";
  const text = read(new URL("../node_modules/@tabler/icons/LICENSE", import.meta.url));
  return text.replace(/^Copyright.*$/m, holders.map((each) => `Copyright (c) ${each}`).join("\n"));
}

function hash(bytes) {
  return [...createHash("sha256").update(bytes).digest().subarray(0, 8)].map((byte) => LETTERS[byte % 32]).join("");
}
