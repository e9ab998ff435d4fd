// Formatted text: Telegram's entities (UTF-16 offsets, as JavaScript counts) become elements around text nodes.

import { h } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// `doing` has `command(text)` and `startLink(payload)` for what a tap on the text does.
export function formatted(text, entities, doing, from = 0, to = text.length) {
  const nodes = [];
  let position = from;
  const inside = entities.filter((e) => e.offset >= from && e.offset < to);
  while (inside.length) {
    const entity = inside.shift();
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < position || end <= entity.offset) continue;
    const children = [];
    while (inside.length && inside[0].offset < end) children.push(inside.shift());
    if (entity.offset > position) nodes.push(text.slice(position, entity.offset));
    nodes.push(wrap(entity, formatted(text, children, doing, entity.offset, end), text.slice(entity.offset, end), doing));
    position = end;
  }
  if (position < to) nodes.push(text.slice(position, to));
  return nodes;
}

function wrap(entity, nodes, text, doing) {
  if (TAGS[entity.type]) return h(TAGS[entity.type], {}, nodes);
  switch (entity.type) {
    case "bot_command":
      return h("button", { type: "button", class: "command", on: { click: () => doing.command(text) } }, nodes);
    case "text_link":
      return link(entity.url, nodes, doing);
    case "url":
      return link(/^\w+:/.test(text) ? text : `https://${text}`, nodes, doing);
    case "spoiler":
      return h("span", { class: "spoiler", tabindex: "0" }, nodes);
    case "mention": case "hashtag": case "phone_number": case "email":
      return h("span", { class: "marked" }, nodes);
    default:
      return h("span", {}, nodes);
  }
}

// Only web addresses are followed; a link that starts the bot does so here.
export function link(address, nodes, doing) {
  const payload = startPayload(address);
  if (payload !== null) {
    return h("button", { type: "button", class: "command", on: { click: () => doing.startLink(payload) } }, nodes);
  }
  if (!/^https?:\/\//i.test(address)) return h("span", { class: "marked" }, nodes);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, nodes);
}

export function startPayload(address) {
  const match = /^https?:\/\/t\.me\/\w+\?start=([A-Za-z0-9_-]{1,64})$/.exec(address);
  return match ? match[1] : null;
}
