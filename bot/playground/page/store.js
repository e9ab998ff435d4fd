// Everything the page knows, and how it hears and tells: one waiting request for all chats, acts by POST.

export const store = { town: null, people: new Map(), seq: -1, ahead: 0, connected: true };
const listeners = new Set();

// Listeners get the set of people in whose phones something is new, or null for all, and new toasts.
export function onChange(listener) {
  listeners.add(listener);
}

export function tell(ids, toasts = []) {
  for (const listener of listeners) listener(ids, toasts);
}

// The demo's own time, which can be ahead of the computer's.
export function now() {
  return Date.now() + store.ahead;
}

function setNow(moment) {
  store.ahead = new Date(moment).getTime() - Date.now();
}

async function loadTown() {
  store.town = await (await fetch("/demo/town")).json();
  for (const member of store.town.members) {
    const known = store.people.get(member.id);
    if (known) known.member = member;
    else store.people.set(member.id, {
      member, messages: new Map(), keyboard: null, menu: [], pinned: [], started: false, blocked: false,
      read: 0, offline: false, queue: [], held: [], place: 0, live: false,
      answersOwn: false,
    });
  }
}

export async function load() {
  await loadTown();
  take(await ask(0));
  for (const person of store.people.values()) markRead(person);
}

// Waits for changes for as long as the page is open.
export async function listen() {
  for (;;) {
    try {
      take(await ask(25));
      setConnected(true);
    } catch {
      setConnected(false);
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

async function ask(wait) {
  const answer = await fetch(`/control/changes?seen=${store.seq}&wait=${wait}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function setConnected(connected) {
  if (store.connected === connected) return;
  store.connected = connected;
  tell(null);
}

function take(changes) {
  store.seq = changes.seq;
  setNow(changes.now);
  const changed = new Set();
  for (const [id, chat] of Object.entries(changes.chats)) {
    const person = store.people.get(Number(id));
    if (!person) continue;
    changed.add(Number(id));
    if (person.offline) person.held.push(chat);
    else merge(person, chat);
  }
  const toasts = changes.toasts.filter((toast) => !store.people.get(toast.user)?.offline);
  if (changed.size || toasts.length) tell(changed, toasts);
}

function merge(person, chat) {
  const allRead = unread(person) === 0;
  for (const message of chat.messages) person.messages.set(message.message_id, message);
  for (const number of chat.deleted) person.messages.delete(number);
  const { keyboard, menu, pinned, started, blocked } = chat;
  Object.assign(person, { keyboard, menu, pinned, started, blocked });
  // What answers the choice of the language was read by who chose it.
  if (person.answersOwn && unread(person)) {
    person.answersOwn = false;
    if (allRead) markRead(person);
  }
}

export function ordered(person) {
  return [...person.messages.values()].sort((a, b) => a.message_id - b.message_id);
}

export function unread(person) {
  return [...person.messages.values()].filter((m) => m.from_bot && m.message_id > person.read).length;
}

export function markRead(person) {
  person.read = Math.max(person.read, ...person.messages.keys());
}

// The person does something. Without signal it waits in the phone, as a messenger's would.
export async function act(person, deed, wish = {}, label = "") {
  if (person.offline) {
    person.queue.push({ deed, wish, label });
    tell(new Set([person.member.id]));
    return;
  }
  await send(person, deed, wish);
}

function post(path, wish) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish) });
}

async function send(person, deed, wish) {
  const { id } = person.member;
  const answer = await post(`/control/users/${id}/${deed}`, wish);
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({ error: answer.statusText }));
    tell(new Set([id]), [{ user: id, text: error, failed: true }]);
  }
}

export async function setOffline(person, offline) {
  const here = new Set([person.member.id]);
  if (offline) {
    person.offline = true;
    tell(here);
    return;
  }
  // What waited goes out first, in order; only then does the phone see what came meanwhile.
  while (person.queue.length) {
    const { deed, wish } = person.queue.shift();
    await send(person, deed, wish);
  }
  person.offline = false;
  for (const chat of person.held.splice(0)) merge(person, chat);
  tell(here);
}

export async function moveClock(wish) {
  const answer = await post("/demo/clock", wish);
  if (answer.ok) setNow((await answer.json()).now);
  tell(null);
}

// Everything in this language: the page, the township, and what the bot says from now on.
export async function setLanguage(locale) {
  for (const person of store.people.values()) person.answersOwn = person.started;
  const answer = await post("/demo/language", { language: locale });
  if (answer.ok) await loadTown();
  return answer.ok;
}

export function spotOf(person) {
  return person.member.spots[person.place];
}

export function pointOf(person) {
  const { latitude, longitude, accuracy } = spotOf(person);
  return { latitude, longitude, accuracy };
}

// The place of the phone changes; a live location follows it.
export async function moveTo(person, place) {
  person.place = place;
  tell(new Set([person.member.id]));
  if (person.live) await act(person, "move", pointOf(person));
}
