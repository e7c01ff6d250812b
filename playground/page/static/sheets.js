/** The workbooks as people see them; a double click edits a cell, and the trigger fires. */

import { get, post } from "./api.js";
import { element } from "./dom.js";
import * as widths from "./widths.js";

const tabs = document.querySelector("#tabs");
const grid = document.querySelector(".grid");
const table = document.querySelector(".grid table");
const columns = document.querySelector(".grid colgroup");
const head = document.querySelector(".grid thead");
const body = document.querySelector(".grid tbody");
let current = null;
let known = new Map();
let editing = false;

export async function start(info) {
  const all = Object.values(info.spreadsheets).flatMap((spreadsheet) =>
    info.tabs[spreadsheet].map((sheet) => ({ spreadsheet, sheet })));
  tabs.replaceChildren(...all.map((tab) => {
    tab.button = element("button", { type: "button", textContent: tab.sheet, onclick: () => choose(tab) });
    return tab.button;
  }));
  const linked = await linkedRow();
  const asked = linked && all.find((tab) => tab.spreadsheet === linked.spreadsheet && tab.sheet === linked.sheet);
  await choose(asked ?? all.find(({ spreadsheet }) => spreadsheet === info.spreadsheets.appeals) ?? all[0]);
  if (asked) show(linked.row);
}

/** What an address such as `/spreadsheets/d/<id>/edit#gid=7&range=5:5` or `…&range=C5` names; null for any other. */
async function linkedRow() {
  const spreadsheet = /^\/spreadsheets\/d\/([^/]+)\/edit$/.exec(location.pathname)?.[1];
  if (!spreadsheet) return null;
  const asked = new URLSearchParams(location.hash.slice(1));
  const titles = (await get("/page/gids"))[spreadsheet] ?? {};
  return { spreadsheet, sheet: titles[asked.get("gid") ?? "0"], row: firstRow(asked.get("range") ?? "") };
}

const firstRow = (range) => parseInt(range.replace(/^[A-Z]+/, ""), 10);

function show(number) {
  const row = [...body.rows].find(({ cells }) => cells[0].textContent === String(number));
  if (!row) return;
  for (const cell of row.querySelectorAll("td")) cell.className = "changed";
  row.scrollIntoView({ block: "center" });
}

async function choose(tab) {
  for (const button of tabs.children) button.ariaCurrent = String(button === tab.button);
  current = tab;
  known = new Map();
  editing = false;
  await refresh();
}

export async function refresh() {
  if (!current || editing) return;
  const asked = current;
  const query = new URLSearchParams({ spreadsheet: asked.spreadsheet, sheet: asked.sheet });
  const { header, rows, hidden_columns: hidden } = await get(`/google/people/view?${query}`);
  if (asked !== current || editing) return;
  const shown = [...header.keys()].filter((column) => !hidden.includes(column));
  widths.set(columns, grid.clientWidth, shown.map((column) => (
    { title: header[column], values: rows.map(({ values }) => values[column] ?? "") })));
  head.replaceChildren(element("tr", {}, element("th"), ...shown.map((column) =>
    element("th", { textContent: header[column], title: `столбец ${letters(column)}` }))));
  const next = 1 + rows.reduce((last, { row }) => Math.max(last, row), 1);
  const blank = { row: next, values: header.map(() => ""), colour: null };
  const first = known.size === 0;
  const before = known;
  known = new Map();
  body.replaceChildren(...[...rows, blank].map((row) => line(row, shown, first ? null : before)));
  table.ariaLabel = asked.sheet;
}

function line({ row, values, colour }, shown, before) {
  const made = element("tr", {}, element("th", { textContent: row }));
  if (colour) made.style.background = colour;
  for (const column of shown) {
    const address = `${letters(column)}${row}`;
    const value = values[column] ?? "";
    known.set(address, value);
    const cell = element("td", { title: address }, element("div", { textContent: value }));
    if (before && (before.get(address) ?? "") !== value) cell.className = "changed";
    cell.addEventListener("dblclick", () => edit(cell, address, value));
    made.append(cell);
  }
  return made;
}

function edit(cell, address, value) {
  editing = true;
  const field = element("textarea", { value });
  const leave = async (save) => {
    if (!editing) return;
    editing = false;
    if (save && field.value !== value) {
      const range = `'${current.sheet.replaceAll("'", "''")}'!${address}`;
      await post("/google/people/edit", { spreadsheet: current.spreadsheet, range, values: [[field.value]] })
        .catch(() => {});
    }
    await refresh();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(false);
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); leave(true); }
  });
  field.addEventListener("blur", () => leave(true));
  cell.replaceChildren(field);
  field.focus();
}

function letters(column) {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}
