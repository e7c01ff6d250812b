/** Elements made of text, never of markup. */

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const moscow = { timeZone: "Europe/Moscow" };

/** `14:03:07`, Moscow, of epoch seconds. */
export const time = (seconds) => new Date(seconds * 1000).toLocaleTimeString("ru-RU", moscow);

/** `22.11.2026, 14:03`, Moscow, of epoch seconds. */
export const moment = (seconds) =>
  new Date(seconds * 1000).toLocaleString("ru-RU", { ...moscow, dateStyle: "short", timeStyle: "short" });

/** Runs `action` soon, at most once in `milliseconds`, however often it is asked to. */
export function throttled(action, milliseconds) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; action(); }, milliseconds);
  };
}
