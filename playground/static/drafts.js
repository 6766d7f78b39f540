// What has been typed and not sent, by person and place: it is there again when they come back, until the tab closes.

/** A draft of `person` in `place` (keys), in its thread where one is given: read(), and keep(words), "" for none. */
export function draft(person, place, thread = "") {
  const key = `draft ${person}/${place}/${thread}`;
  return {
    read: () => sessionStorage.getItem(key),
    keep: (words) => (words ? sessionStorage.setItem(key, words) : sessionStorage.removeItem(key)),
  };
}
