/** Puts the page together: who speaks, what is shown, and when it is read anew. */

import { get, post, put, tell } from "./api.js";
import * as chat from "./chat.js";
import * as clock from "./clock.js";
import { element, throttled } from "./dom.js";
import { serve } from "./entities.js";
import * as events from "./events.js";
import * as jobs from "./jobs.js";
import * as sheets from "./sheets.js";

const who = document.querySelector("#who");
const text = document.querySelector("#text");
let people = [];

const showChat = throttled(() => chat.refresh().catch(() => {}), 200);
const showSheet = throttled(() => sheets.refresh().catch(() => {}), 500);

async function start() {
  const [info, partners] = await Promise.all([get("/control/info"), get("/page/partners")]);
  serve(Object.values(info.spreadsheets));
  people = [
    ...partners,
    { id: info.admin_id, name: "Администратор" },
    { id: info.specialists_chat_id, name: "Группа «Специалисты»", group: true, speaksAs: info.admin_id },
  ];
  who.replaceChildren(...people.map((person, index) => element("option", { value: index, textContent: person.name })));
  who.addEventListener("change", choose);
  await Promise.all([choose(), sheets.start(info), readClock()]);
  listen();
}

async function choose() {
  const person = people[Number(who.value)];
  const credentials = person.code ? `код ${person.code}, телефон ${person.phone}` : "";
  document.querySelector("#credentials").textContent = credentials;
  await chat.choose(person);
}

function listen() {
  const stream = new EventSource("/control/events/stream");
  stream.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    events.add(event);
    showChat();
    showSheet();
  });
}

async function readClock() {
  clock.set((await get("/control/clock")).offset_s);
}

document.querySelector("#composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const written = text.value;
  if (!written.trim()) return;
  text.value = "";
  await chat.send({ text: written }).catch(() => { text.value = written; });
});

for (const button of document.querySelectorAll("[data-job]")) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    await jobs.run(button.dataset.job).catch(() => {}).finally(() => { button.disabled = false; });
  });
}
document.querySelector("[data-advance]").addEventListener("click", async ({ target }) => {
  await put("/control/clock", { advance_s: Number(target.dataset.advance) });
  await readClock();
  tell("Часы песочницы переведены на час вперёд.");
});
const reset = document.querySelector("#reset");
const sure = document.querySelector("#reset-sure");
reset.addEventListener("click", () => {
  sure.returnValue = "";
  sure.showModal();
});
sure.addEventListener("close", async () => {
  if (sure.returnValue !== "reset") return;
  reset.disabled = true;
  tell("Возвращаем всё к началу, это несколько секунд…");
  const done = await post("/control/reset").catch(() => null);
  reset.disabled = false;
  if (done) location.reload();
});
window.addEventListener("resize", showSheet);
document.querySelector("#help-open").addEventListener("click", () => document.querySelector("#help").showModal());
start();
