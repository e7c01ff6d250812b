/** Cloud Scheduler's jobs on demand: what each of them did is said in a sentence, also when it did nothing. */

import { get, post, tell } from "./api.js";

const WAIT_MS = 10_000;
const BETWEEN_MS = 200;
const RESULTS = {
  sweep: {
    begun: "Обход начат, результат появится в событиях.",
    nothing: "Обход закончен: недоставленного нет, делать было нечего.",
    done: (count) => `Обход закончен. Отправлено сообщений: ${count}.`,
  },
  daily: {
    begun: "Дневное задание начато, результат появится в событиях.",
    nothing: "Дневное задание закончено: нового для администратора нет.",
    done: (count) => `Дневное задание закончено. Отправлено сообщений: ${count}, откройте чат администратора.`,
  },
};

export async function run(name) {
  const { now } = await get("/control/clock");
  const { status, body } = await post(`/scheduler/jobs/${name}/run`);
  if (status >= 400) return tell("Задание не выполнено: функция отказала. Почему, написано в событиях.", "problem");
  if (name === "promotions") return tell(promotions(body.due));
  const happened = await outcome(name, now);
  const sent = happened?.filter(({ source, what }) => source === "telegram" && /^send/.test(what)).length;
  const { begun, nothing, done } = RESULTS[name];
  return tell(!happened ? begun : sent ? done(sent) : nothing);
}

function promotions(due) {
  if (!due.length) return "Рассылать нечего: акций на сегодня нет.";
  const titles = due.map(({ title }) => `«${title}»`).join(", ");
  return `На сегодня к рассылке: ${titles}. Партнёрам задание пока ничего не отправляет.`;
}

/** The events from the job's start until its message was handled; null when that takes too long. */
async function outcome(name, since) {
  for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
    const happened = await get(`/control/events?since=${since}`);
    const published = happened.find(({ what, attributes }) => what === "published" && attributes?.kind === name);
    const handled = ({ what, message_id: id, status }) =>
      what === "pushed" && id === published?.message_id && status < 300;
    if (published && happened.some(handled)) return happened;
    await new Promise((resolve) => { setTimeout(resolve, BETWEEN_MS); });
  }
  return null;
}
