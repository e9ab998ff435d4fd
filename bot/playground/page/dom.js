// Builds the page's nodes. Text only ever becomes text nodes: nothing that people or the bot write is read as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  attach: "M20 11.500l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.800-7.800",
  back: "M15 5l-7 7 7 7",
  beside: "M4 5h16v14H4zM12 5v14",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20a7.500 7.500 0 0 1 15 0",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  forward: "M13 6l6 5.500-6 5.500v-3.500C8 13.500 5.500 15.500 4.500 18c0-5 3-8.500 8.500-8.500z",
  keyboard: "M3 6h18v12H3zM7 10h.010M11 10h.010M15 10h.010M8 14h8",
  link: "M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1.200 1.200M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1.200-1.200",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5.500h.010M12 12h.010M12 18.500h.010",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.010",
  pin: "M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21zM12 7.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  play: "M8 5.500v13l10.500-6.500z",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2",
  reply: "M10 6l-6 5.500L10 17v-3.500c5 0 7.500 2 8.500 4.500 0-5-3-8.500-8.500-8.500z",
  send: "M4 12l16-8-6 16-3-6.500z",
  signal: "M5 18v-3M10 18v-6M15 18V9M20 18V5",
  voice: "M12 3.500a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0V6A2.500 2.500 0 0 0 12 3.500zM6.500 11a5.500 5.500 0 0 0 11 0M12 16.500V20",
};

// An element. `on` holds listeners by event name; other properties become attributes, null and false leave out.
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// A button with an icon and a spoken name.
export function iconButton(name, label, click, extra = {}) {
  return h("button", { type: "button", class: "round", "aria-label": label, title: label, on: { click }, ...extra }, icon(name));
}

export function button(label, click, extra = {}) {
  return h("button", { type: "button", on: { click }, ...extra }, label);
}

export function avatar(member) {
  return h("span", { class: `avatar hue-${Math.floor(member.id / 2) % 8}`, "aria-hidden": "true" }, initials(member.name));
}

function initials(name) {
  return name.includes(" ") ? name.split(" ").map((word) => word[0]).join("").slice(0, 2) : [...name].slice(-2).join("");
}

// Keep what has the focus focused while the children of a node are made anew.
export function refill(node, ...children) {
  const key = node.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (key !== undefined) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

// Make these the children of a node, touching only what differs: a kept child keeps its place on screen.
export function arrange(node, children) {
  const key = node.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const wanted = new Set(children);
  for (const child of [...node.children]) if (!wanted.has(child)) child.remove();
  let next = node.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else node.insertBefore(child, next);
  }
  const lost = key !== undefined && !node.contains(document.activeElement);
  if (lost) node.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
