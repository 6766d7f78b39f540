// The messages of one place: drawn once each, redrawn when they change, grouped in threads.

import { el } from "./dom.js";
import { composer, MENTION } from "./composer.js";
import { dayOf, divider } from "./days.js";
import { draft } from "./drafts.js";
import { focusIn } from "./focus.js";
import { message } from "./message.js";
import { linesOf } from "./speech.js";

/** A feed inside `holder`. `act` has say(text, thread), press(message, element) and choose(shortcut, message)
 * with the `shortcuts` of messages. */
export class Feed {
  constructor(holder, act) {
    this.holder = holder;
    this.act = act;
  }

  /** Begin anew in `place`, as `person` (both as the stage describes them); `welcome` is shown while it is empty. */
  enter(place, person, welcome) {
    this.place = place;
    this.person = person;
    this.welcome = welcome;
    this.drawn = new Map();
    this.threads = new Map();
    this.days = new Map();
    this.holder.replaceChildren();
    Object.assign(this.holder.dataset, { person: person.key, place: place.key });
    this.holder.setAttribute("aria-busy", "true");
    this.started = false;
  }

  /**
   * Show `messages` as seen at `now`, a Date. Returns what is `fresh` since the last time, and what is to be `told`
   * of it and of what was drawn anew: a message each, with its `lines`.
   */
  show(messages, earlier, people, now) {
    const focused = focusIn(this.holder);
    this.anew = [];
    const atEnd = this.holder.scrollHeight - this.holder.scrollTop - this.holder.clientHeight < 80;
    const fresh = messages.filter((one) => !this.drawn.has(one.id));
    const nodes = new Map(messages.map((one) => [one.id, this.node(one, people, now)]));
    for (const id of this.drawn.keys()) if (!nodes.has(id)) this.drawn.delete(id);

    const replies = Map.groupBy(messages.filter((one) => nodes.has(one.thread)), (one) => one.thread);
    const roots = messages.filter((one) => !nodes.has(one.thread));
    arrange(this.holder, messages.length === 0 ? [this.welcome] : [
      ...(earlier ? [this.before(earlier)] : []),
      ...this.inDays(roots, now, (root) => this.group(root, nodes, replies.get(root.id) || [])),
    ]);

    this.holder.setAttribute("aria-busy", "false");
    const newest = fresh.at(-1);
    if (!this.started) this.holder.scrollTop = this.holder.scrollHeight;
    else if (newest && (atEnd || newest.author === "bot" || newest.author === this.person.key)) {
      const node = nodes.get(newest.id);
      node.scrollIntoView({ block: node.offsetHeight > this.holder.clientHeight ? "start" : "nearest" });
    }
    // What had focus may be gone: the next key must not be heard by nothing at all.
    if (focused && document.activeElement === document.body) this.holder.focus({ preventScroll: true });
    if (!this.started) {
      this.started = true;
      return { fresh: [], told: [] };
    }
    const told = fresh.map((one) => ({ one, lines: spoken(nodes.get(one.id)) }));
    return { fresh, told: [...told, ...this.anew] };
  }

  /** The node of a message: the one drawn before where nothing about it changed. */
  node(one, people, now) {
    const json = JSON.stringify([one, dayOf(now)]);
    const before = this.drawn.get(one.id);
    if (before?.json === json) return before.node;
    const open = before?.node.querySelector(":scope .payload")?.open;
    const press = (element) => {
      this.pressed = { id: one.id, focus: focusIn(this.drawn.get(one.id).node) };
      return this.act.press(one.id, element);
    };
    const shortcuts = this.act.shortcuts.filter((each) => each.platforms.includes(this.place.platform));
    const choose = (shortcut) => this.act.choose(shortcut, one.id);
    const node = message(one, { place: this.place, person: this.person, people, now, press, open, shortcuts, choose });
    if (before) {
      const focus = focusIn(before.node);
      before.node.replaceWith(node);
      focus?.(node);
      const known = spoken(before.node);
      const lines = spoken(node).filter((line) => !known.includes(line));
      if (lines.length) this.anew.push({ one, lines });
    }
    this.drawn.set(one.id, { json, node });
    return node;
  }

  /** What `draw` makes of `roots`, with a line above each day; none where all is of today. */
  inDays(roots, now, draw) {
    const today = dayOf(now);
    let day = roots.every((root) => dayOf(new Date(root.at * 1000)) === today) ? today : null;
    return roots.flatMap((root) => {
      const at = new Date(root.at * 1000);
      if (dayOf(at) === day) return [draw(root)];
      day = dayOf(at);
      const key = `${day} from ${today}`;
      if (!this.days.has(key)) this.days.set(key, divider(at, now));
      return [this.days.get(key), draw(root)];
    });
  }

  /** Give focus back to what was pressed last, which may have been drawn anew since. */
  refocus() {
    if (document.activeElement !== document.body) return;
    const node = this.drawn.get(this.pressed?.id)?.node;
    if (node && this.pressed.focus) this.pressed.focus(node);
    else this.holder.focus();
  }

  /** A message with the thread below it. */
  group(root, nodes, replies) {
    const channel = this.place.kind === "channel";
    let thread = this.threads.get(root.id);
    if (!thread) {
      const list = el("ol", { class: "replies", "aria-label": "Replies" });
      const count = el("p", { class: "count" });
      const node = el("section", { class: "group" }, count, list, channel && !root.only_for && this.reply(root));
      thread = { node, list, count };
      this.threads.set(root.id, thread);
    }
    if (thread.node.firstChild !== nodes.get(root.id)) thread.node.prepend(nodes.get(root.id));
    arrange(thread.list, replies.map((one) => nodes.get(one.id)), "li");
    thread.list.hidden = thread.count.hidden = replies.length === 0;
    thread.count.textContent = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
    return thread.node;
  }

  /** A button that opens a reply box for the thread of `root`. */
  reply(root) {
    const holder = el("div", { class: "reply" });
    const kept = draft(this.person.key, this.place.key, root.id);
    const open = () => {
      const teams = this.place.platform === "teams";
      const box = composer({
        id: `reply-${root.id}`.replace(/[^\w-]/g, "_"),
        label: "Reply in thread",
        starts: teams ? MENTION : "",
        hint: teams ? "In Teams, Sharewise hears replies that mention it." : "Sharewise follows threads that it is in.",
        send: (text) => this.act.say(text, root.id),
        kept,
      });
      holder.replaceChildren(box);
      return box;
    };
    const begin = () => {
      const box = open();
      box.querySelector("textarea").focus();
      box.scrollIntoView({ block: "nearest" });
    };
    if (kept.read() !== null) open();
    else holder.append(el("button", { type: "button", class: "quiet", onclick: begin }, "Reply in thread"));
    return holder;
  }

  before(earlier) {
    this.note ||= el("p", { class: "earlier" });
    this.note.textContent = `${earlier} earlier ${earlier === 1 ? "message is" : "messages are"} not shown.`;
    return this.note;
  }
}

/** Make `nodes` the children of `holder`, moving as few as need be, so that focus and scrolling stay. */
function arrange(holder, nodes, wrap = null) {
  const wrapped = (node) => (node.parentNode?.localName === wrap ? node.parentNode : el(wrap, {}, node));
  const wanted = wrap ? nodes.map(wrapped) : nodes;
  const keep = new Set(wanted);
  for (const old of [...holder.children]) if (!keep.has(old)) old.remove();
  wanted.forEach((node, at) => {
    if (holder.children[at] !== node) holder.insertBefore(node, holder.children[at] || null);
  });
}

/** What a message's node says, line by line. */
function spoken(node) {
  return linesOf(node.querySelector(".body"));
}
