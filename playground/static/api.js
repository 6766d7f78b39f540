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

/** Follow live events for as long as the page is open: `changed(place)`, `connected()`, `lost()`. */
export function listen({ changed, connected, lost }) {
  const source = new EventSource("/playground/live");
  source.addEventListener("open", connected);
  source.addEventListener("changed", (event) => changed(event.data));
  source.addEventListener("error", () => {
    lost();
    // The browser tries again by itself, unless what answered was no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen({ changed, connected, lost }), AGAIN);
  });
}
