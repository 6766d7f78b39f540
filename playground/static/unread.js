// Which places hold something new for a person.

/** `ask(person, place)` gives the messages there; `mark(place, whether)` shows the outcome (all by key). */
export class Unread {
  constructor(ask, mark) {
    this.ask = ask;
    this.mark = mark;
    this.seen = new Map();
    this.asking = new Map();
  }

  /** `person` has seen `messages`, which are all there are in `place`. */
  saw(person, place, messages) {
    this.seen.set(`${person}/${place}`, messages.at(-1)?.id);
    this.mark(place, false);
  }

  /** Something changed in `place`: is it new, and for `person`? One look at a time, since much changes at once. */
  async news(person, place) {
    const key = `${person}/${place}`;
    if (this.asking.has(key)) {
      this.asking.set(key, true);
      return;
    }
    do {
      this.asking.set(key, false);
      const answer = await this.ask(person, place).catch(() => null); // that the server is away, the page says
      const newest = answer?.messages.at(-1);
      if (answer) this.mark(place, newest !== undefined && newest.author !== person && newest.id !== this.seen.get(key), person);
    } while (this.asking.get(key));
    this.asking.delete(key);
  }
}
