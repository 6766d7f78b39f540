// The playground's page: who one is, where, and what is seen there.

import { Away, get, listen, post } from "./api.js";
import { Clock } from "./clock.js";
import { composer, MENTION } from "./composer.js";
import { Crowd } from "./crowd.js";
import { el } from "./dom.js";
import { draft, filledIn } from "./drafts.js";
import { Feed } from "./feed.js";
import { Home } from "./home.js";
import { Mailbox } from "./mailbox.js";
import { Memory } from "./memory.js";
import { namesOf } from "./message.js";
import { Modal } from "./modal.js";
import { Pane } from "./pane.js";
import { Side } from "./side.js";
import { hush, tell } from "./speech.js";
import { toast } from "./toasts.js";
import { Unread } from "./unread.js";

const byId = (id) => document.getElementById(id);
const stage = await get("stage").catch((trouble) => {
  toast(trouble.message, "trouble");
  throw trouble;
});
const everybody = [...stage.people, ...stage.colleagues];
const now = { person: stage.people[0], place: stage.places[0] };
const onMessage = stage.shortcuts.filter((each) => each.on_message);
const everywhere = (place) => stage.shortcuts.filter((each) => !each.on_message && each.platforms.includes(place.platform));
const feed = new Feed(byId("feed"), { say, press, choose, shortcuts: onMessage });
const home = new Home({
  open: () => post("home", here()), look: () => get("home", here()), press: (element) => press("home", element),
});
const pane = new Pane({ open: (fresh) => post("pane", { ...here(), new: fresh }), look: () => get("pane", here()), say });
const side = new Side(stage, go);
const crowd = new Crowd(here);
const unread = new Unread((person, place) => get("messages", { person, place }), (place, any, person = now.person.key) => {
  if (person === now.person.key) side.mark(place, any && place !== now.place.key);
});
const modal = new Modal({
  look: () => get("modal", here()),
  submit: (values) => post("submit", { ...here(), values }),
  press: (element) => post("modal-press", { ...here(), element }),
  close: () => post("modal-close", here()),
  kept: (json) => filledIn(now.person.key, now.place.key, json),
}, { names: namesOf(everybody), people: everybody, conversations: stage.conversations }, () => feed.refocus());
const mailbox = new Mailbox(stage.mailbox);
const clock = new Clock(() => refresh());
new Memory(stage.memory, () => go(now.person, now.place));

function here() {
  return { person: now.person.key, place: now.place.key };
}

/** Tell the person, not only the console, when `work` could not be done; then let it fail. */
async function told(work) {
  try {
    return await work;
  } catch (trouble) {
    toast(trouble.message, "trouble");
    throw trouble;
  }
}

async function say(text, thread = null) {
  await told(post("say", { ...here(), text, thread }));
  await refresh();
}

async function press(message, element) {
  try {
    const answer = await told(post("press", { ...here(), message, element }));
    if (answer.toast) toast(answer.toast);
  } catch {
    return;
  }
  await refresh();
}

/** Choose a shortcut, on the message with that id where one is given. */
async function choose(shortcut, message = "") {
  try {
    await told(post("shortcut", { ...here(), callback: shortcut.callback, message }));
  } catch {
    return;
  }
  if (!message && now.place.platform === "slack") toast(`“${shortcut.name}”: Sharewise answers in your direct messages.`);
  await refresh();
}

// One look at the messages at a time; what changes meanwhile asks for one more.
let looking = null;
let again = false;

function refresh() {
  if (looking) {
    again = true;
    return looking;
  }
  looking = look().finally(() => {
    looking = null;
  });
  return looking;
}

async function look() {
  do {
    again = false;
    const { person, place } = now;
    let seen;
    try {
      [seen] = await Promise.all([get("messages", here()), modal.look(), home.refresh(), pane.refresh()]);
    } catch (trouble) {
      // That the server is away, the live events say; they ask again when it is back.
      if (!(trouble instanceof Away)) toast(trouble.message, "trouble");
      return;
    }
    if (person !== now.person || place !== now.place) again = true;
    else draw(seen);
  } while (again);
}

function draw({ messages, earlier, waiting, answering, now: time }) {
  const { fresh, told } = feed.show(messages, earlier, everybody, time ? new Date(time) : new Date());
  unread.saw(now.person.key, now.place.key, messages);
  crowd.show({ waiting, answering });
  for (const { one, lines } of told) {
    if (one.author !== now.person.key) tell(`${one.author === "bot" ? "Sharewise" : nameOf(one.author)}: ${lines.join(" ")}`);
  }
  home.news(fresh.some((one) => one.author !== now.person.key));
}

function nameOf(key) {
  return everybody.find((one) => one.key === key)?.name || key;
}

/** What a newcomer finds in a place where nothing has been said. */
function welcome() {
  const lead = now.place.kind === "direct" ? "" : MENTION;
  const starters = stage.starters.map((words) =>
    el("button", { type: "button", onclick: () => say(lead + words).catch(() => {}) }, words));
  return el("div", { class: "welcome" },
    el("img", { src: "/playground/static/icon.svg", alt: "", width: "48", height: "48" }),
    el("h2", {}, "Ask Sharewise something"),
    el("p", {}, `Type below${lead && ", mentioning @Sharewise"}, or begin with one of these:`),
    el("div", { class: "starters" }, starters));
}

const HINTS = {
  "slack direct": "Enter sends, Shift+Enter begins a new line. “/sharewise help” works too.",
  "slack channel": "Mention @Sharewise to be heard here, or use “/sharewise …” for an answer that only you see.",
  "teams direct": "Enter sends, Shift+Enter begins a new line.",
  "teams channel": "Mention @Sharewise to be heard here.",
  "teams group": "Mention @Sharewise to be heard here.",
};
const PLATFORM = { slack: "Slack", teams: "Teams" };

/** Be `person` in `place`. */
function go(person, place) {
  const other = person !== now.person;
  Object.assign(now, { person, place });
  const shared = place.kind !== "direct";
  history.replaceState(null, "", `#${person.key}/${place.key}`);
  document.documentElement.dataset.platform = place.platform;
  document.documentElement.dataset.kind = place.kind;
  document.title = `${place.name} in ${PLATFORM[place.platform]}, Sharewise playground`;
  byId("title").textContent = shared ? place.name : "Sharewise";
  const kind = { channel: "channel", group: "group chat" }[place.kind] || place.name.toLowerCase();
  byId("subtitle").textContent = `${PLATFORM[place.platform]} · ${kind} · as ${person.name}`;
  side.show(person, place);
  feed.enter(place, person, welcome());
  home.enter(place);
  pane.enter(place);
  modal.show(null);
  crowd.show({});
  hush();
  byId("composer").replaceChildren(composer({
    id: "words",
    label: shared ? `Message ${place.name}` : "Message Sharewise",
    hint: HINTS[`${place.platform} ${place.kind}`],
    mentions: shared,
    shortcuts: everywhere(place),
    choose,
    send: (text) => say(text),
    kept: draft(person.key, place.key),
  }));
  // In Teams, opening a chat with the bot installs it there; that it couldn't be is seen from the messages.
  if (place.platform === "teams" && !shared) post("home", here()).catch(() => {});
  refresh();
  if (other) stage.places.filter((one) => one !== place).forEach((one) => unread.news(person.key, one.key));
}

function fromAddress() {
  const [person, place] = location.hash.slice(1).split("/");
  go(
    stage.people.find((one) => one.key === person) || now.person,
    stage.places.find((one) => one.key === place) || now.place,
  );
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says who and where, so it can't lead to the box
  byId("words").focus();
});
addEventListener("hashchange", fromAddress);
fromAddress();
if (matchMedia("(pointer: fine)").matches) byId("words").focus();
listen({
  changed: (what) => {
    if (what === "mailbox") mailbox.refresh();
    else if (what === "clock") clock.look();
    else if (what === now.place.key) refresh();
    else unread.news(now.person.key, what);
  },
  connected: () => {
    byId("connection").textContent = "";
    refresh();
  },
  lost: () => {
    byId("connection").textContent = "Sharewise is away. Trying to reach it again…";
  },
});
