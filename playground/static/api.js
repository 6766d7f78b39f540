// What the page asks of the server, and the live events that come back.

/** The server, or the way to it, said no; the message is a sentence for people. */
export class Trouble extends Error {}

/** The server can't be reached at all. */
export class Away extends Trouble {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/playground/${path}`, options);
  } catch {
    throw new Away("Sharewise can't be reached. Is it still running?");
  }
  const words = await response.text();
  if (response.ok) return JSON.parse(words);
  let said;
  try {
    said = JSON.parse(words).error;
  } catch {
    said = words.trim();
  }
  throw new Trouble(said || `The playground answered ${response.status}.`);
}

export function get(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return ask(search ? `${path}?${search}` : path);
}

export function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const AGAIN = 2000;

/**
 * Follow live events for as long as the page is open: `changed(place)`, `connected()`, `lost()`.
 *
 * A browser has six connections to a server, for all its tabs: one tab holds the stream and passes on what it hears,
 * and when that tab goes, another takes over.
 */
export function listen(act) {
  const others = new BroadcastChannel("sharewise live");
  const hear = ([what, detail]) => act[what](detail);
  others.addEventListener("message", (event) => hear(event.data));
  const pass = (...event) => {
    hear(event);
    others.postMessage(event);
  };
  navigator.locks.request("sharewise live", () => new Promise(() => follow(pass)));
}

/** Hold the stream until the page goes; `pass(what, detail)` is told of each event. */
function follow(pass) {
  const source = new EventSource("/playground/live");
  source.addEventListener("open", () => pass("connected"));
  source.addEventListener("changed", (event) => pass("changed", event.data));
  source.addEventListener("error", () => {
    pass("lost");
    // The browser tries again by itself, unless what answered was no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(pass), AGAIN);
  });
}
