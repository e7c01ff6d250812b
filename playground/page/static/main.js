/** Puts the page together: who speaks, what is shown, and when it is read anew. */

import { get, post, put } from "./api.js";
import * as chat from "./chat.js";
import { element, moment, throttled } from "./dom.js";
import * as events from "./events.js";
import * as sheets from "./sheets.js";

const who = document.querySelector("#who");
const text = document.querySelector("#text");
let people = [];
let offset = 0;

const showChat = throttled(() => chat.refresh().catch(() => {}), 200);
const showSheet = throttled(() => sheets.refresh().catch(() => {}), 500);

async function start() {
  const [info, partners] = await Promise.all([get("/control/info"), get("/page/partners")]);
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
  offset = (await get("/control/clock")).offset_s;
  showClock();
}

function showClock() {
  document.querySelector("#clock").textContent = moment(Date.now() / 1000 + offset);
}

document.querySelector("#composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const written = text.value;
  if (!written.trim()) return;
  text.value = "";
  await chat.send({ text: written }).catch(() => { text.value = written; });
});

for (const button of document.querySelectorAll("[data-job]")) {
  button.addEventListener("click", () => post(`/scheduler/jobs/${button.dataset.job}/run`));
}
document.querySelector("[data-advance]").addEventListener("click", async ({ target }) => {
  await put("/control/clock", { advance_s: Number(target.dataset.advance) });
  await readClock();
});
document.querySelector("#reset").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  await post("/control/reset").finally(() => { target.disabled = false; });
  location.reload();
});
document.querySelector("#help-open").addEventListener("click", () => document.querySelector("#help").showModal());
setInterval(showClock, 5000);
start();
