/** Calls to the playground; a refusal is said in one sentence, its details go to the event log, and it is thrown. */

import * as events from "./events.js";

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);

const UNREACHABLE = "Песочница не отвечает: она остановлена или перезапускается.";
const NOT_DONE = "Это не получилось. Что именно, написано в событиях.";
const SENTENCES = [
  [/^POST \/google\/people\/edit/, "Ячейка не изменена: таблица отказала. Почему, написано в событиях."],
  [/^GET \/google\/people\/view/, "Вкладка не открылась. Почему, написано в событиях."],
  [/^POST .*\/messages/, "Сообщение не отправлено. Почему, написано в событиях."],
  [/^POST .*\/callbacks/, "Кнопка не сработала. Почему, написано в событиях."],
  [/^POST \/scheduler/, "Задание не запустилось. Почему, написано в событиях."],
  [/^POST \/control\/reset/, "Сбросить не получилось. Почему, написано в событиях."],
];

async function call(method, path, body) {
  const request = { method, headers: {} };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers["Content-Type"] = "application/json";
  }
  const what = `${method} ${path}`;
  let response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    throw problem(UNREACHABLE, what, { error: String(error) });
  }
  const text = await response.text();
  if (!response.ok) {
    const [, sentence] = SENTENCES.find(([pattern]) => pattern.test(what)) ?? [null, NOT_DONE];
    throw problem(sentence, what, { status: response.status, answer: text.slice(0, 1000) });
  }
  return text ? JSON.parse(text) : null;
}

function problem(sentence, what, details) {
  events.note("page", what, details);
  tell(sentence, "problem");
  return new Error(`${sentence} (${what})`);
}

let hiding;

/** Shows a sentence at the foot of the page for some seconds; `kind`: "news" or "problem". */
export function tell(sentence, kind = "news") {
  for (const place of document.querySelectorAll(".told")) place.hidden = true;
  const place = document.querySelector(`#${kind}`);
  place.textContent = sentence;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { place.hidden = true; }, 8000);
}
