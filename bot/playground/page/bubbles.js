// One message as it looks in the chat.

import { button, h, icon, iconButton } from "./dom.js";
import { formatted, startPayload } from "./entities.js";
import { store } from "./store.js";
import { locale, t } from "./words.js";

const WIDEST = 1000; // the photo size that is shown, in pixels

export function clockTime(seconds) {
  const look = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: store.town.zone };
  return new Date(seconds * 1000).toLocaleTimeString(locale(), look);
}

export function dayOf(seconds) {
  const look = { month: "long", day: "numeric", weekday: "short", timeZone: store.town.zone };
  return new Date(seconds * 1000).toLocaleDateString(locale(), look);
}

// In a few words: for quotes, pins and those who cannot see the picture.
export function summary(message) {
  const words = message.text || message.caption || "";
  if (words) return words.split("\n")[0].slice(0, 80);
  for (const [kind, key] of [["photo", "photo"], ["voice", "voiceNote"], ["location", "location"], ["contact", "contact"], ["document", "file"]]) {
    if (message[kind]) return t(key);
  }
  return "…";
}

// `doing`: command(text), startLink(payload), click(message, data), menu(message).
export function bubble(message, doing) {
  const mine = !message.from_bot;
  const name = mine ? message.from.first_name : store.town.bot.name;
  const body = h("div", { class: "bubble" }, origin(message), quote(message), media(message), words(message, doing), foot(message));
  const actions = iconButton("more", t("messageActions"), () => doing.menu(message), { class: "round small more" });
  return h(
    "div",
    { role: "group", class: mine ? "message mine" : "message", "data-id": message.message_id, "aria-label": name },
    h("div", { class: "line" }, body, actions),
    buttons(message, doing),
  );
}

// What the phone has not sent yet: the words with a small clock under them.
export function waiting(label) {
  const mark = h("p", { class: "foot" }, icon("clock"), h("span", { class: "aloud" }, t("waiting")));
  return h("div", { role: "group", class: "message mine queued" },
    h("div", { class: "line" }, h("div", { class: "bubble" }, h("div", { class: "words" }, label), mark)));
}

function origin(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const name = from.sender_user?.first_name || from.sender_user_name || t("someone");
  return h("p", { class: "origin" }, icon("forward"), t("forwarded", { name }));
}

function quote(message) {
  const to = message.reply_to_message;
  return to ? h("blockquote", { class: "quote" }, h("b", {}, to.from.first_name), h("span", {}, summary(to))) : null;
}

function words(message, doing) {
  let text = message.text || message.caption;
  if (!text) return null;
  // Messengers show a start link's message without what the link carried.
  if (!message.from_bot && /^\/start \S+$/.test(text)) text = "/start";
  const entities = message.entities || message.caption_entities || [];
  return h("div", { class: "words" }, formatted(text, entities, doing));
}

function foot(message) {
  const reactions = message.reactions.map((reaction) => h("span", { class: "reaction" }, reaction.emoji || "★"));
  const marks = [message.edit_date ? t("edited") : "", message.silent ? t("silent") : "", clockTime(message.date)];
  return h("p", { class: "foot" }, reactions, h("span", {}, marks.filter(Boolean).join(" · ")));
}

function media(message) {
  if (message.photo) return photo(message.photo);
  if (message.location) return place(message);
  if (message.contact) return contact(message.contact);
  if (message.voice) return voice(message.voice);
  if (message.document) return file(message.document);
  return message.sticker ? h("p", { class: "sticker" }, message.sticker.emoji) : null;
}

function photo(sizes) {
  const shown = sizes.filter((size) => size.width <= WIDEST).at(-1) || sizes[0];
  const address = `/control/files/${encodeURIComponent(shown.file_id)}`;
  const picture = h("img", { src: address, alt: t("photo"), width: shown.width, height: shown.height });
  return h("a", { href: `/control/files/${encodeURIComponent(sizes.at(-1).file_id)}`, target: "_blank", rel: "noopener", class: "photo" }, picture);
}

function place(message) {
  const { latitude, longitude, horizontal_accuracy: accuracy, live_period: live } = message.location;
  const kind = live ? t("live") : message.edit_date ? t("liveEnded") : message.venue?.title || t("location");
  const exact = accuracy === undefined ? "" : t("accuracy", { metres: Math.round(accuracy) });
  return h(
    "div", { class: live ? "place live" : "place" },
    h("div", { class: "map", "aria-hidden": "true" }, h("span", { class: "dot" }, icon("pin"))),
    h("p", {}, h("b", {}, kind), h("span", {}, `${latitude.toFixed(4)}, ${longitude.toFixed(4)} ${exact}`)),
  );
}

function contact(card) {
  return h("div", { class: "card" }, icon("contact"), h("p", {}, h("b", {}, card.first_name), h("span", {}, card.phone_number)));
}

function voice(note) {
  const bars = Array.from({ length: 22 }, (_, number) => h("i", { class: `bar-${(number * 7) % 5}` }));
  return h("div", { class: "card voice", role: "img", "aria-label": t("voiceNote") }, icon("play"), h("div", { class: "bars" }, bars), h("span", {}, t("seconds", { count: note.duration })));
}

function file(document) {
  const name = document.file_name || t("file");
  const address = `/control/files/${encodeURIComponent(document.file_id)}`;
  const size = document.file_size > 1024 ? `${Math.round(document.file_size / 1024)} KB` : `${document.file_size} B`;
  return h("a", { class: "card", href: address, download: name, "aria-label": t("download", { name }) }, icon("file"), h("p", {}, h("b", {}, name), h("span", {}, size)));
}

function buttons(message, doing) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "inline" }, rows.map((row) => h("div", { class: "row" }, row.map((key) => inline(message, key, doing)))));
}

function inline(message, key, doing) {
  if (!key.url) {
    const focus = { "data-key": `${message.message_id}/${key.callback_data}` };
    return button(key.text, () => doing.click(message, key), focus);
  }
  const payload = startPayload(key.url);
  if (payload !== null) return button(key.text, () => doing.startLink(payload));
  if (!/^https?:\/\//i.test(key.url)) return button(key.text, () => {}, { disabled: true });
  return h("a", { class: "key", href: key.url, target: "_blank", rel: "noopener noreferrer" }, key.text);
}
