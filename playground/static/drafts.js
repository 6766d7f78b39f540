// What has been typed and not sent, by person and place: it is there again when they come back, until the tab closes.

/** What is filled in in the form `json` of `person` in `place` (keys), by its fields' ids. */
export function filledIn(person, place, json) {
  const kept = draft(person, place, "form");
  const [form, values] = JSON.parse(kept.read() || "[]");
  return {
    read: () => (form === json ? values : {}),
    keep: (values) => kept.keep(values && JSON.stringify([json, values])),
  };
}

/** A draft of `person` in `place` (keys), in its thread where one is given: read(), and keep(words), "" for none. */
export function draft(person, place, thread = "") {
  const key = `draft ${person}/${place}/${thread}`;
  return {
    read: () => sessionStorage.getItem(key),
    keep: (words) => (words ? sessionStorage.setItem(key, words) : sessionStorage.removeItem(key)),
  };
}
