/** The playground's clock. */

import { moment } from "./dom.js";

const shown = document.querySelector("#clock");
let offset = 0;

/** The playground's time in epoch seconds. */
export const now = () => Date.now() / 1000 + offset;

/** Takes over how far (in seconds) the playground's clock is ahead of this computer's. */
export function set(seconds) {
  offset = seconds;
  show();
}

function show() {
  shown.textContent = moment(now());
}

setInterval(show, 5000);
