/** The chat of whoever is chosen: a partner, the admin, or the specialists' group. */

import { get, post } from "./api.js";
import { element, time } from "./dom.js";
import { formatted } from "./entities.js";
import * as miniApp from "./mini-app.js";

const list = document.querySelector("#messages");
const typing = document.querySelector("#typing");
const menu = document.querySelector("#menu");
const sendButton = document.querySelector("#send");
const keyboard = document.querySelector("#reply-keyboard");
let person = null;
let shown = "";
let menuUrl = "";

const path = () => (person.group ? `/telegram/chats/${person.id}/messages` : `/telegram/users/${person.id}/messages`);

export async function choose(chosen) {
  person = chosen;
  shown = "";
  miniApp.close();
  await refresh();
}

export async function refresh() {
  if (!person) return;
  const asked = person;
  const [messages, user] = await Promise.all([get(path()), person.group ? {} : get(`/telegram/users/${person.id}`)]);
  if (asked !== person) return;
  typing.textContent = user.action === "typing" ? "печатает…" : "";
  menuUrl = user.menu_button?.web_app?.url ?? "/webapp/index.html";
  // until the people are known nobody can write or open anything
  sendButton.disabled = false;
  menu.disabled = Boolean(person.group);
  const now = JSON.stringify(messages);
  if (now === shown) return;
  shown = now;
  const below = list.scrollHeight - list.scrollTop - list.clientHeight;
  list.replaceChildren(...(messages.length ? messages.map(bubble) : [greeting()]));
  if (below < 80) list.scrollTop = list.scrollHeight;
  showReplyKeyboard(messages);
}

export async function send(message) {
  await post(path(), person.group ? { from: person.speaksAs, ...message } : message);
  await refresh();
  list.scrollTop = list.scrollHeight;
}

menu.addEventListener("click", () => miniApp.open(menuUrl, person));

function greeting() {
  if (person.group) return element("li", { className: "hint", textContent: "В группе пока тихо." });
  const start = element("button", { type: "button", textContent: "Старт", onclick: () => send({ text: "/start" }) });
  return element("li", { className: "keyboard" }, start);
}

function bubble(message) {
  const body = element("div", { className: "bubble" });
  if (message.media) body.append(element("div", { className: "hint", textContent: `📎 ${describe(message.media)}` }));
  body.append(...formatted(message.text ?? message.caption ?? "", message.entities ?? []));
  const reactions = (message.reactions ?? []).join("");
  const edited = message.edit_date ? "изменено " : "";
  body.append(element("span", { className: "meta", textContent: `${reactions} ${edited}${time(message.date)}` }));
  const mine = message.from !== "bot";
  const item = element("li", { className: mine ? "message user" : "message" }, body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) item.append(buttons(rows, (button) => press(message, button)));
  return item;
}

const describe = (media) => [media.type, media.name ?? media.phone_number].filter(Boolean).join(" ");

function buttons(rows, action) {
  const made = rows.map((row) => element("div", { className: "row" }, ...row.map((button) =>
    element("button", { type: "button", textContent: button.text, title: button.text, onclick: () => action(button) }))));
  return element("div", { className: "keyboard" }, ...made);
}

function press(message, button) {
  if (button.web_app) return miniApp.open(button.web_app.url, person);
  if (button.url) return window.open(button.url, "_blank", "noopener");
  const user = person.group ? person.speaksAs : person.id;
  return post(`/telegram/users/${user}/callbacks`, {
    message_id: message.message_id, data: button.callback_data, ...(person.group && { chat_id: person.id }),
  });
}

function showReplyKeyboard(messages) {
  const last = messages.findLast((message) => message.reply_markup?.keyboard || message.reply_markup?.remove_keyboard);
  const rows = last?.reply_markup.keyboard ?? [];
  keyboard.replaceChildren(buttons(rows, (button) => send(
    button.request_contact ? { contact: { phone: person.phone, own: true } } : { text: button.text })));
}
