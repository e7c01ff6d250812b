/** Telegram's text with entities as DOM nodes; offsets count UTF-16 units, as JavaScript's do. */

import { element } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const workbooks = new Set();

/** Spreadsheet ids whose addresses at Google the playground serves itself. */
export const serve = (ids) => ids.forEach((id) => workbooks.add(id));

/** The address as it opens here: the invented site of the synthetic answers, and the playground's own workbooks. */
export function reachable(url) {
  const [, path, id] = /^https:\/\/docs\.google\.com(\/spreadsheets\/d\/([^/]+)\/.*)$/.exec(url) ?? [];
  return workbooks.has(id) ? path : url.replace(/^https:\/\/partners\.example\.com\//, "/partners/");
}

export function formatted(text, entities = []) {
  const edges = new Set([0, text.length]);
  for (const { offset, length } of entities) edges.add(offset).add(offset + length);
  const points = [...edges].sort((a, b) => a - b);
  return points.slice(1).map((end, index) => piece(text, points[index], end, entities));
}

function piece(text, start, end, entities) {
  let node = document.createTextNode(text.slice(start, end));
  for (const entity of entities) {
    if (entity.offset > start || entity.offset + entity.length < end) continue;
    if (TAGS[entity.type]) node = element(TAGS[entity.type], {}, node);
    const url = entity.type === "text_link" ? entity.url : entity.type === "url" ? text.slice(start, end) : "";
    if (/^https?:\/\//.test(url)) node = element("a", { href: reachable(url), target: "_blank", rel: "noopener" }, node);
  }
  return node;
}
