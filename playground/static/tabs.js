// Moving with the arrow keys among things that belong together, with one tab stop for all of them.

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Let the arrow keys, Home and End move focus among `buttons`, inside `holder`. */
export function rove(holder, buttons) {
  holder.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    let to;
    if (event.key in STEPS) to = (at + STEPS[event.key] + all.length) % all.length;
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = all.length - 1;
    else return;
    event.preventDefault();
    all[to].focus();
  });
}

/** Make `chosen` the one of `buttons` that the Tab key reaches. */
export function stop(buttons, chosen) {
  for (const one of buttons) one.tabIndex = one === chosen ? 0 : -1;
}
