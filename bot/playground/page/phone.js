// One phone: its owner's chat with the bot.

import { openAttachments, openCommands, openMessageMenu, openPlaces } from "./attachments.js";
import { bubble, dayOf, summary, waiting } from "./bubbles.js";
import { openClock, timeNow } from "./clock.js";
import { arrange, avatar, button, h, icon, iconButton, refill } from "./dom.js";
import { act, markRead, ordered, pointOf, setOffline } from "./store.js";
import { openSheet } from "./sheet.js";
import { rove } from "./roving.js";
import { placeName } from "./places.js";
import { roleOf, t } from "./words.js";

const TOAST_SECONDS = 4;
const NEAR = 80; // pixels from the end within which one reads the end, and new messages scroll into view

function newest(messages) {
  return messages.at(-1)?.message_id || 0;
}

export class Phone {
  // `back` puts the phone away; `second`: it stands beside another one.
  constructor(person, back, second) {
    this.person = person;
    this.back = back;
    this.second = second;
    this.drawn = new Map();
    this.replyTo = null;
    this.keyboardShown = true;
    this.following = true; // whether the end is what is read
    this.seen = 0; // the newest message that was at the end while it was read
    this.build();
    this.update();
  }

  build() {
    const { member } = this.person;
    this.head = h("div", { class: "phone-head", role: "toolbar", "aria-label": member.name });
    this.pin = h("div", { class: "pinned", hidden: true });
    this.list = h("div", { class: "messages", role: "log", "aria-label": t("messages"), on: { scroll: () => this.scrolled() } });
    this.newer = button("", () => this.toEnd(), { class: "newer", hidden: true });
    this.toasts = h("div", { class: "toasts", role: "status" });
    this.notice = h("div", { class: "notice" });
    this.quoted = h("div", { class: "replying", hidden: true });
    this.input = h("textarea", {
      rows: "1", placeholder: t("write"), "aria-label": t("write"), maxlength: "4096", enterkeyhint: "send",
      on: { keydown: (event) => this.typed(event), input: () => this.grow() },
    });
    this.side = h("div", { class: "side" });
    this.composer = h(
      "form", { class: "composer", on: { submit: (event) => this.send(event) } },
      this.input, this.side,
    );
    this.keys = h("div", { class: "keys", role: "toolbar", "aria-label": t("keys") });
    this.node = h(
      "article", { class: "phone", "aria-label": t("phoneOf", { name: member.name }), "data-person": member.id },
      this.pin, h("div", { class: "screen" }, this.list, this.newer, this.toasts), this.notice, this.quoted,
      this.composer, this.keys, this.head,
    );
    for (const group of [this.side, this.keys, this.head]) rove(group);
    rove(this.list, (choices) => choices.find((choice) => choice.closest(".messages > :last-child")));
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.list);
  }

  get doing() {
    return {
      command: (text) => this.say(text),
      startLink: (payload) => this.do("start", { payload }, "/start"),
      click: (message, key) => this.do("click", { message_id: message.message_id, data: key.callback_data }, key.text),
      menu: (message) => openMessageMenu(this, message),
    };
  }

  do(deed, wish = {}, label = "") {
    return act(this.person, deed, wish, label);
  }

  say(text) {
    return this.do("text", { text, ...this.takeReply() }, text);
  }

  // What the next message answers; null takes it back.
  reply(message) {
    this.replyTo = message;
    this.quoted.hidden = !message;
    if (!message) return;
    refill(
      this.quoted, icon("reply"), h("span", {}, `${t("replyingTo")}：${summary(message)}`),
      iconButton("close", t("cancelReply"), () => this.reply(null), { class: "round small" }),
    );
    this.input.focus();
  }

  // Somebody passes a message of this phone on to the bot.
  forwardAs(person, wish) {
    return act(person, "forward", wish, t("forward"));
  }

  takeReply() {
    const reply = this.replyTo ? { reply_to: this.replyTo.message_id } : {};
    this.reply(null);
    return reply;
  }

  update() {
    this.updateHead();
    this.updateMessages();
    this.updateFoot();
    markRead(this.person);
  }

  updateHead() {
    const { member, offline } = this.person;
    const signal = h(
      "button", {
        type: "button", role: "switch", "aria-checked": !offline, "aria-label": t("signal"), "data-key": "signal",
        title: offline ? t("offline") : t("online"), class: offline ? "round off" : "round",
        on: { click: () => setOffline(this.person, !offline) },
      }, icon("signal"),
    );
    refill(
      this.head,
      this.second
        ? iconButton("close", t("closePhone", { name: member.name }), this.back, { "data-key": "back" })
        : iconButton("back", t("back"), this.back, { class: "round to-list", "data-key": "back" }),
      avatar(member),
      h("div", { class: "who" }, h("b", {}, member.name), h("span", { class: "duty" }, h("span", {}, roleOf(member)), " ", h("span", {}, member.area))),
      h("button", { type: "button", class: "chip time", "aria-label": t("clock"), "data-key": "clock", on: { click: openClock } }, timeNow()),
      signal,
      iconButton("more", t("more"), () => this.openMenu(), { "data-key": "more" }),
    );
  }

  openMenu() {
    const { blocked } = this.person;
    openSheet(this.person.member.name, (close) => {
      const entry = (label, deed) => button(label, () => { close(); this.do(deed, deed === "start" ? {} : undefined, label); }, { class: "entry" });
      return [entry(`/start`, "start"), blocked ? entry(t("unblock"), "unblock") : entry(t("block"), "block")];
    });
  }

  // Who reads further up stays there, unless it was they who wrote.
  updateMessages() {
    const { queue } = this.person;
    const own = newest(ordered(this.person).filter((message) => !message.from_bot));
    const wrote = own > this.own || queue.length > this.queued;
    [this.own, this.queued] = [own, queue.length];
    arrange(this.list, this.rows());
    if (this.following || wrote) this.toEnd();
    else this.updateNewer();
    this.updatePin();
  }

  scrolled() {
    this.following = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
    this.updateNewer();
  }

  toEnd() {
    this.following = true;
    this.updateNewer();
    requestAnimationFrame(() => { this.list.scrollTop = this.list.scrollHeight; });
  }

  updateNewer() {
    const received = ordered(this.person).filter((message) => message.from_bot);
    if (this.following) this.seen = newest(received);
    const count = received.filter((message) => message.message_id > this.seen).length;
    this.newer.hidden = count === 0;
    this.newer.textContent = t("newer", { count });
  }

  rows() {
    const rows = [];
    let day = "";
    for (const message of ordered(this.person)) {
      const itsDay = dayOf(message.date);
      if (itsDay !== day) rows.push(this.kept(`d${message.message_id}`, itsDay, () => h("p", { class: "day" }, itsDay)));
      day = itsDay;
      rows.push(this.row(message));
    }
    for (const { label } of this.person.queue) {
      rows.push(waiting(label));
    }
    if (!rows.length) rows.push(h("p", { class: "day" }, t("empty")));
    return rows;
  }

  row(message) {
    return this.kept(`m${message.message_id}`, message.seq, () => {
      const node = bubble(message, this.doing);
      node.querySelector("img")?.addEventListener("load", () => this.following && this.toEnd(), { once: true });
      return node;
    });
  }

  // What has not changed keeps its node, with the focus and the picture in it.
  kept(key, version, make) {
    const kept = this.drawn.get(key);
    if (kept && kept.version === version) return kept.node;
    const node = make();
    node.dataset.key = key;
    this.drawn.set(key, { version, node });
    return node;
  }

  updatePin() {
    const pinned = this.person.messages.get(this.person.pinned.at(-1));
    this.pin.hidden = !pinned;
    if (pinned) {
      const show = () => this.list.querySelector(`[data-id="${pinned.message_id}"]`)?.scrollIntoView({ block: "center" });
      refill(this.pin, button([h("b", {}, t("pinned")), " ", summary(pinned)].flat(), show));
    }
  }

  updateFoot() {
    const { blocked, started, offline, queue, member, messages, live } = this.person;
    const first = !started && messages.size === 0;
    refill(this.notice, this.notices({ blocked, first, offline, queue, member, live }));
    this.composer.hidden = blocked || first;
    this.updateSide();
    this.updateKeys();
    this.keys.hidden = blocked || first || !this.keyboardShown || !this.person.keyboard;
  }

  notices({ blocked, first, offline, queue, member, live }) {
    if (blocked) {
      return [h("p", {}, t("blockedHint")), button(t("unblock"), () => this.do("unblock"), { class: "wide", "data-key": "unblock" })];
    }
    const shown = [];
    if (first && member.invite) shown.push(h("p", {}, t("inviteHint")));
    if (first) shown.push(this.startButton());
    if (offline) shown.push(h("p", { class: "warning" }, icon("signal"), t("queued", { count: queue.length })));
    if (live) shown.push(h("p", {}, t("liveHint")));
    return shown;
  }

  // As Telegram has it where a bot is opened for the first time, by a link or without one.
  startButton() {
    const { invite } = this.person.member;
    return button(t("start"), () => this.do("start", invite ? { payload: invite } : {}, "/start"), { class: "wide", "data-key": "start" });
  }

  updateSide() {
    const has = this.input.value.trim() !== "";
    refill(
      this.side,
      iconButton("attach", t("attach"), () => openAttachments(this), { "data-key": "attach" }),
      this.person.menu.length && !has ? iconButton("menu", t("commands"), () => openCommands(this), { "data-key": "commands" }) : null,
      this.person.keyboard && !has ? iconButton("keyboard", t("keyboard"), () => this.toggleKeys(), { "aria-pressed": String(this.keyboardShown), "data-key": "keyboard" }) : null,
      h("button", { type: "submit", class: "round primary", "aria-label": t("send"), title: t("send"), hidden: !has, "data-key": "send" }, icon("send")),
    );
  }

  toggleKeys() {
    this.keyboardShown = !this.keyboardShown;
    this.updateFoot();
  }

  updateKeys() {
    const rows = this.person.keyboard?.keyboard || [];
    const place = button([icon("pin"), placeName(this.person)], () => openPlaces(this), { class: "chip place-now", "data-key": "place", title: t("iAm") });
    const placed = rows.some((row) => row.some((key) => key.request_location));
    refill(this.keys, placed ? place : null, rows.map((row) => h("div", { class: "row" }, row.map((key) => this.key(key)))));
  }

  key(key) {
    const where = () => (key.request_location ? pointOf(this.person) : {});
    return button(key.text, () => this.do("press", { label: key.text, ...where() }, key.text), { class: "key", "data-key": `k${key.text}` });
  }

  typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
  }

  send(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    this.say(text);
  }

  grow() {
    this.input.style.height = "auto";
    const borders = this.input.offsetHeight - this.input.clientHeight;
    this.input.style.height = `${Math.min(this.input.scrollHeight + borders, 140)}px`;
    this.updateSide();
  }

  // Go on in this phone with the keyboard.
  enter() {
    (this.composer.hidden ? this.notice.querySelector("button") : this.input)?.focus();
  }

  toast({ text, alert, failed }) {
    const words = failed ? t("refused") : text;
    if (alert) {
      openSheet(words, (close) => button(t("ok"), close, { class: "entry" }));
      return;
    }
    const node = h("p", { class: failed ? "toast failed" : "toast" }, words);
    this.toasts.append(node);
    setTimeout(() => node.remove(), TOAST_SECONDS * 1000);
  }
}
