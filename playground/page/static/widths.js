/** How wide the columns of the grid are: the ones that a specialist works with are seen without scrolling. */

import { element } from "./dom.js";

const WORKED_WITH = ["Вопрос", "Статус", "Ответ специалиста", "Доставка"];
const ROW_NUMBER = 28;
const NARROWEST = 34;
const SQUEEZED = 40;
const WIDEST_WORD = 98;
const PROSE = 100;
const WIDEST_PROSE = 320;
const PROSE_FROM = 33;
const PADDING = 10;
const pen = document.createElement("canvas").getContext("2d");

/** Sets the columns of `group`, in a grid `space` pixels wide; each column is `{ title, values }`. */
export function set(group, space, columns) {
  const widths = stretched(squeezed(columns.map(natural), columns, space - ROW_NUMBER), columns, space - ROW_NUMBER);
  group.replaceChildren(...[ROW_NUMBER, ...widths].map((pixels) => {
    const column = element("col");
    column.style.width = `${pixels}px`;
    return column;
  }));
}

function natural({ title, values }) {
  if (isProse(values)) return PROSE;
  const widest = Math.max(longestWord([title], 600), longestWord(values, 400));
  return Math.min(WIDEST_WORD, Math.max(NARROWEST, Math.ceil(widest) + PADDING));
}

function longestWord(texts, weight) {
  const { fontSize, fontFamily } = getComputedStyle(document.querySelector(".grid table"));
  pen.font = `${weight} ${fontSize} ${fontFamily}`;
  const words = new Set(texts.flatMap((text) => text.split(/\s+/)));
  return Math.max(0, ...[...words].map((word) => pen.measureText(word).width));
}

/** Columns that nobody types into give way as far as that brings the others into view, and not at all otherwise. */
function squeezed(widths, columns, space) {
  const last = columns.findLastIndex(({ title }) => WORKED_WITH.includes(title));
  const spare = widths.map((width, index) =>
    index > last || WORKED_WITH.includes(columns[index].title) ? 0 : Math.max(0, width - SQUEEZED));
  const over = sum(widths.slice(0, last + 1)) - space;
  if (over <= 0 || over > sum(spare)) return widths;
  const share = over / sum(spare);
  return widths.map((width, index) => Math.floor(width - spare[index] * share));
}

/** Columns of long texts share the space that is left. */
function stretched(widths, columns, space) {
  const prose = columns.map(({ values }) => isProse(values));
  const left = Math.max(0, space - sum(widths));
  const each = Math.floor(left / Math.max(1, prose.filter(Boolean).length));
  return widths.map((width, index) => (prose[index] ? Math.min(WIDEST_PROSE, width + each) : width));
}

const isProse = (values) => values.some((text) => text.length >= PROSE_FROM);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
