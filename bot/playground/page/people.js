// The list of people, and how many messages each has not seen.

import { avatar, h, iconButton, refill } from "./dom.js";
import { store, unread } from "./store.js";
import { roleOf, t } from "./words.js";

const GROUPS = [
  ["front", ["grid_worker", "crew_member"]], ["heads", ["household_head"]], ["leads", ["supervisor"]],
  ["centre", ["dispatcher", "admin", "member"]],
];

// `open(id)` shows a phone, `beside(id)` shows it next to the first; `shown` are those on screen.
export function fillPeople(nav, shown, open, beside) {
  nav.setAttribute("aria-label", t("people"));
  refill(nav, GROUPS.map(([name, roles]) => {
    const members = store.town.members.filter((member) => roles.includes(member.role));
    return [h("h2", {}, t(name)), h("ul", {}, members.map((member) => row(member, shown, open, beside)))];
  }));
}

function row(member, shown, open, beside) {
  const person = store.people.get(member.id);
  const count = shown.includes(member.id) ? 0 : unread(person);
  const newcomer = member.invite && !person.started;
  return h("li", { class: shown.includes(member.id) ? "person shown" : "person" },
    h("button", { type: "button", class: "pick", "data-key": `p${member.id}`, "aria-current": shown.includes(member.id) ? "true" : null, on: { click: (event) => open(member.id, event.detail === 0) } },
      avatar(member),
      h("span", { class: "who" }, h("b", {}, member.name), h("span", {}, [roleOf(member), member.area].join(" · "))),
      newcomer ? h("span", { class: "tag" }, t("notJoined")) : null,
      count ? h("span", { class: "badge", "aria-label": t("unread", { count }) }, String(count)) : null,
    ),
    iconButton("beside", t("openBeside", { name: member.name }), () => beside(member.id), { class: "round beside", "data-key": `b${member.id}` }),
  );
}
