// Starts the page. The address after # says whose phones are open: one, or two side by side.

import { clockButtons, dateNow, timeNow } from "./clock.js";
import { arrange, button, h, refill } from "./dom.js";
import { readyFonts } from "./fonts.js";
import { fillPeople } from "./people.js";
import { Phone } from "./phone.js";
import { rove } from "./roving.js";
import { listen, load, onChange, setLanguage, store } from "./store.js";
import { otherLanguage, speak, t } from "./words.js";

const WIDE = matchMedia("(min-width: 760px) and (min-height: 500px)");
const VERY_WIDE = matchMedia("(min-width: 1180px) and (min-height: 500px)");
const [top, people, area, trouble, skip] = ["top", "people", "phones", "trouble", "skip"].map((id) => document.getElementById(id));
let phones = [];

function chosen() {
  const ids = location.hash.slice(1).split(",").map(Number).filter((id) => store.people.has(id));
  if (ids.length || !WIDE.matches) return VERY_WIDE.matches ? ids.slice(0, 2) : ids.slice(0, 1);
  const first = store.town.members[0].id;
  const lead = store.town.members.find((member) => member.role === "supervisor").id;
  return VERY_WIDE.matches ? [first, lead] : [first];
}

function go(ids) {
  location.hash = ids.join(",");
  showPhones();
}

// Who chose with the keyboard goes on with it, in the phone; a finger would only bring up the screen's own.
function open(id, byKeyboard) {
  const [, second] = chosen();
  go(second && second !== id && WIDE.matches ? [id, second] : [id]);
  if (byKeyboard) phones[0].enter();
}

function beside(id) {
  const [first] = chosen();
  go(first === id ? [id] : [first, id]);
}

function showPhones() {
  const ids = chosen();
  phones = ids.map((id, number) => {
    const same = phones[number];
    if (same?.person.member.id === id && same.words === document.documentElement.lang) return same;
    const phone = new Phone(store.people.get(id), () => go(number ? ids.slice(0, 1) : []), number > 0);
    phone.words = document.documentElement.lang;
    return phone;
  });
  document.body.dataset.view = ids.length ? "chat" : "list";
  const fresh = phones.filter((phone) => phone.node.parentNode !== area);
  arrange(area, phones.map((phone) => phone.node));
  for (const phone of fresh) {
    phone.update();
    phone.toEnd();
  }
  showPeople();
  showSkip();
}

function showPeople() {
  fillPeople(people, phones.map((phone) => phone.person.member.id), open, beside);
}

function showTop() {
  const language = button(t("otherLanguage"), changeLanguage, { class: "chip", "data-key": "language", lang: document.documentElement.lang === "en" ? "zh-CN" : "en" });
  refill(
    top,
    h("h1", {}, h("img", { src: "icon.svg", alt: "", width: "28", height: "28" }), t("title"), h("small", {}, t("demo"))),
    h("div", { class: "clock", role: "group", "aria-label": t("clock"), title: t("clockHint") },
      h("p", {}, h("b", { class: "time-now" }, timeNow()), h("span", {}, dateNow())), clockButtons(() => {}, "chip")),
    language,
  );
}

async function changeLanguage() {
  const locale = otherLanguage();
  if (await setLanguage(locale)) speak(locale);
  showAll();
}

function showSkip() {
  skip.textContent = t("skip");
  skip.hidden = !phones.length;
}

function showTrouble() {
  trouble.hidden = store.connected;
  trouble.textContent = t("disconnected");
}

function showAll() {
  showTop();
  showPhones();
  showTrouble();
}

function changed(ids, toasts) {
  for (const phone of phones) {
    const { id } = phone.person.member;
    if (ids === null || ids.has(id)) phone.update();
    toasts.filter((toast) => toast.user === id).forEach((toast) => phone.toast(toast));
  }
  if (ids === null) showAll();
  else showPeople();
}

// The time is shown to the minute: a look each second is enough and changes nothing else.
function tick() {
  const time = timeNow();
  for (const node of document.querySelectorAll(".time-now, .chip.time")) if (node.textContent !== time) node.textContent = time;
}

await Promise.all([load(), readyFonts()]);
speak(store.town.language);
onChange(changed);
addEventListener("hashchange", showPhones);
WIDE.addEventListener("change", showPhones);
VERY_WIDE.addEventListener("change", showPhones);
showAll();
skip.addEventListener("click", (event) => {
  event.preventDefault();
  phones[0].enter();
});
rove(top);
rove(people, (choices) => choices.find((choice) => choice.ariaCurrent));
setInterval(tick, 1000);
listen();
