/** The event log, newest first. */

import * as clock from "./clock.js";
import { element, time } from "./dom.js";

const KEPT = 300;
const list = document.querySelector("#events");

/** What the page itself has to tell: `details` open by a click. */
export const note = (source, what, details = {}) => add({ at: clock.now(), source, what, ...details });

export function add({ seq, at, source, what, ...details }) {
  const label = element("span", { className: `source ${source}`, textContent: source });
  const summary = [element("time", { textContent: time(at) }), label, what, gist(details)];
  const item = element("li");
  if (Object.keys(details).length) {
    const more = element("pre", { textContent: JSON.stringify(details, null, 1) });
    item.append(element("details", {}, element("summary", {}, ...summary), more));
  } else {
    item.append(...summary);
  }
  list.prepend(item);
  while (list.childElementCount > KEPT) list.lastElementChild.remove();
}

/** Which of the details say most at a glance. */
function gist({ spreadsheet, text, message, function: name, status, ms }) {
  const telling = [spreadsheet?.replace("-demo", ""), text ?? message, name && !status ? name : "", status >= 400 ? status : ""];
  const took = ms === undefined ? "" : `${ms} мс`;
  const words = [...telling, took].filter(Boolean).map((word) => String(word).slice(0, 80));
  return element("span", { className: "gist", textContent: words.length ? ` ${words.join(" · ")}` : "" });
}
