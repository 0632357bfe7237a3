// SPDX-FileCopyrightText: 2026 The Havre authors
// SPDX-License-Identifier: AGPL-3.0-or-later
import postcss from "postcss";

// Rules whose classes are all in `classes`; rules without a class stay.
export function pruned(css, classes) {
  const known = new Set(classes);
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    const kept = rule.selectors.filter((selector) => (selector.match(/\.[a-z][\w-]*/gi) ?? []).every((each) => known.has(each.slice(1))));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkComments((comment) => comment.remove());
  root.walkAtRules((rule) => rule.nodes?.length === 0 && rule.remove());
  root.walkAtRules("charset", (rule) => rule.remove());
  return root.toString();
}

// Without custom properties that nothing reads, neither here nor in `others`.
export function withoutUnread(css, others = "") {
  const root = postcss.parse(css);
  for (let removed = true; removed; ) {
    removed = false;
    const read = new Set([...(root.toString() + others).matchAll(/var\(\s*(--[\w-]+)/g)].map((found) => found[1]));
    root.walkDecls(/^--/, (declared) => {
      if (read.has(declared.prop)) return;
      declared.remove();
      removed = true;
    });
  }
  root.walkRules((rule) => rule.nodes.length === 0 && rule.remove());
  return root.toString();
}
