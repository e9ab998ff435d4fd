// The demo's clock: what the bot takes for now, and how to move it on.

import { button, h } from "./dom.js";
import { openSheet } from "./sheet.js";
import { moveClock, now, store } from "./store.js";
import { locale, t } from "./words.js";

const TIMES = ["06:00", "08:00", "20:00"];

export function timeNow() {
  const look = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: store.town.zone };
  return new Date(now()).toLocaleTimeString(locale(), look);
}

export function dateNow() {
  const look = { month: "long", day: "numeric", weekday: "short", timeZone: store.town.zone };
  return new Date(now()).toLocaleDateString(locale(), look);
}

export function clockButtons(after = () => {}, look = "") {
  const move = (label, wish) => button(label, async () => { after(); await moveClock(wish); }, { class: look, "data-key": `c${label}` });
  return [
    move(t("plus10"), { minutes: 10 }), move(t("plus60"), { minutes: 60 }), move(t("shiftEnd"), { until: "shift_end" }),
    TIMES.map((time) => move(t("until", { time }), { until: time })),
  ];
}

export function openClock() {
  openSheet(`${t("clock")} ${timeNow()}`, (close) => [h("p", {}, `${dateNow()} · ${t("clockHint")}`), clockButtons(close, "entry")]);
}
