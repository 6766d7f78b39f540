// Focus that stays where it was when something is drawn anew.

/** All of `holder` that can be pressed or moved to. */
function controls(holder) {
  return [...holder.querySelectorAll("button, a, summary, [tabindex]")];
}

/** What makes a control the same one in another drawing: what it does (`data-does`), or else its name. */
function identity(control) {
  return `${control.localName} ${control.dataset.does ?? control.getAttribute("aria-label") ?? control.textContent}`;
}

/**
 * Where focus is in `holder`: a function that, given what stands in its place, gives focus to the same control
 * there, or to the whole where there is none such. By their place alone no two controls are the same one: a press
 * that is repeated must not do something else. Null where focus is elsewhere.
 */
export function focusIn(holder) {
  const control = document.activeElement;
  if (control !== holder && !controls(holder).includes(control)) return null;
  const wanted = control === holder ? null : identity(control);
  return (next) => {
    const same = wanted && controls(next).find((each) => identity(each) === wanted);
    (same || next).focus({ preventScroll: true });
  };
}
