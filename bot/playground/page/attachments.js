// What can be sent besides words: places, pictures, voice notes, contacts, codes, forwards.

import { button, h, icon } from "./dom.js";
import { spotName } from "./places.js";
import { openSheet } from "./sheet.js";
import { moveTo, pointOf, store } from "./store.js";
import { t } from "./words.js";

const LIVE_SECONDS = 8 * 3600;

export function openAttachments(phone) {
  const { invite } = phone.person.member;
  openSheet(t("attach"), (close) => {
    const entry = (name, open) => button([icon(name), t(name === "pin" ? "location" : name === "link" ? "invite" : name)], () => { close(); open(phone); }, { class: "tile" });
    return h("div", { class: "tiles" },
      entry("pin", openPlaces), entry("picture", openPictures), entry("voice", openVoice), entry("contact", openContacts), entry("qr", openCodes),
      invite ? entry("link", () => phone.do("start", { payload: invite }, t("invite"))) : null,
    );
  });
}

export function openPlaces(phone) {
  const { person } = phone;
  openSheet(t("location"), (close, show) => {
    const spot = (one, number) => h("label", { class: "entry" },
      h("input", { type: "radio", name: "spot", checked: number === person.place, on: { change: () => moveTo(person, number) } }),
      h("span", {}, spotName(one)));
    const send = (live) => {
      close();
      person.live = person.live || Boolean(live);
      phone.do("location", { ...pointOf(person), ...(live ? { live } : {}) }, t(live ? "live" : "location"));
    };
    const stop = () => {
      person.live = false;
      close();
      phone.do("move", { ...pointOf(person), stop: true }, t("liveEnded"));
    };
    return [
      h("fieldset", {}, h("legend", {}, t("iAm")), person.member.spots.map(spot)),
      button(t("sendPlace"), () => send(0), { class: "entry primary" }),
      person.live ? button(t("stopLive"), stop, { class: "entry" }) : button(t("shareLive"), () => send(LIVE_SECONDS), { class: "entry" }),
    ];
  });
}

function openPictures(phone) {
  const chosen = new Set();
  const caption = h("input", { type: "text", maxlength: "1024", placeholder: t("caption"), "aria-label": t("caption") });
  const go = button("", () => {}, { class: "entry primary", disabled: true });
  openSheet(t("picture"), (close) => {
    const thumb = (name) => {
      const toggle = () => {
        if (!chosen.delete(name)) chosen.add(name);
        node.setAttribute("aria-pressed", String(chosen.has(name)));
        update();
      };
      const node = button([h("img", { src: `/demo/pictures/${name}.jpg`, alt: "", width: "240", height: "180" }), t(name)], toggle, { class: "thumb", "aria-pressed": "false" });
      return node;
    };
    const update = () => {
      go.disabled = chosen.size === 0;
      go.textContent = t("chosen", { count: chosen.size });
    };
    go.onclick = async () => {
      close();
      await sendPictures(phone, await Promise.all([...chosen].map(drawn)), caption.value);
    };
    update();
    return [h("div", { class: "thumbs" }, store.town.pictures.map(thumb)), caption, go, ownFile(phone, caption, close)];
  });
}

function ownFile(phone, caption, close) {
  const input = h("input", { type: "file", accept: "image/*", multiple: true, class: "hidden-file" });
  input.addEventListener("change", async () => {
    const files = [...input.files].slice(0, 10);
    close();
    await sendPictures(phone, await Promise.all(files.map(base64)), caption.value);
  });
  return h("label", { class: "entry" }, icon("file"), t("ownFile"), input);
}

function sendPictures(phone, pictures, caption) {
  if (!pictures.length) return null;
  if (pictures.length === 1) return phone.do("photo", { data: pictures[0], caption, ...phone.takeReply() }, caption || t("photo"));
  return phone.do("album", { pictures, caption }, caption || t("chosen", { count: pictures.length }));
}

async function drawn(name) {
  return base64(await (await fetch(`/demo/pictures/${name}.jpg`)).blob());
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function openVoice(phone) {
  openSheet(t("voice"), (close) => [
    h("p", {}, t("voiceHint")),
    button(t("sendVoice"), () => { close(); phone.do("voice", { seconds: 3, ...phone.takeReply() }, t("voiceNote")); }, { class: "entry primary" }),
  ]);
}

function openContacts(phone) {
  const own = phone.person.member;
  openSheet(t("contact"), (close) => {
    const entry = (label, wish) => button([icon("contact"), label], () => { close(); phone.do("contact", wish, label); }, { class: "entry" });
    const others = store.town.members.filter((member) => member.id !== own.id);
    return [entry(t("ownContact"), {}), others.map((member) => entry(t("otherContact", { name: member.name }), { user_id: member.id }))];
  });
}

function openCodes(phone) {
  openSheet(t("qr"), (close) => Object.entries(store.town.posts).map(([name, payload]) => h(
    "div", { class: "code" },
    h("img", { src: `/demo/qr/${payload}.svg`, alt: name, width: "150", height: "150" }),
    button(t("scan", { name }), () => { close(); phone.do("start", { payload }, t("scan", { name })); }, { class: "entry primary" }),
  )));
}

export function openCommands(phone) {
  openSheet(t("commands"), (close) => phone.person.menu.map(({ command, description }) => button(
    [h("b", {}, `/${command}`), h("span", {}, description)], () => { close(); phone.say(`/${command}`); }, { class: "entry two" },
  )));
}

export function openMessageMenu(phone, message) {
  openSheet(t("messageActions"), (close) => [
    button([icon("reply"), t("reply")], () => { close(); phone.reply(message); }, { class: "entry" }),
    button([icon("forward"), t("forward")], () => { close(); openForward(phone, message); }, { class: "entry" }),
  ]);
}

function openForward(phone, message) {
  const owner = phone.person.member.id;
  const others = [...store.people.values()].filter((person) => person !== phone.person);
  openSheet(t("forwardWho"), (close) => [phone.person, ...others].map((person) => {
    const label = person === phone.person ? t("myself") : person.member.name;
    const wish = { message_id: message.message_id, of: owner };
    return button(label, () => { close(); phone.forwardAs(person, wish); }, { class: "entry" });
  }));
}
