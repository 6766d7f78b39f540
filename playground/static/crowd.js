// The button that lets colleagues answer what is asked in a place.

import { post } from "./api.js";
import { toast } from "./toasts.js";

export class Crowd {
  /** `here()` says who and where one is. */
  constructor(here) {
    this.here = here;
    this.button = document.getElementById("crowd");
    this.button.addEventListener("click", () => this.answer());
  }

  /** `waiting`: how many have yet to answer, null where nothing is asked; `answering`: whether they are at it. */
  show({ waiting = null, answering = false }) {
    this.button.hidden = waiting === null;
    this.button.setAttribute("aria-disabled", String(answering || waiting === 0));
    if (answering) this.button.textContent = "Colleagues are answering…";
    else if (waiting === 0) this.button.textContent = "All colleagues have answered";
    else this.button.textContent = waiting === 1 ? "1 colleague answers" : `${waiting} colleagues answer`;
  }

  async answer() {
    try {
      toast((await post("crowd", this.here())).toast);
    } catch (trouble) {
      toast(trouble.message, "trouble");
    }
  }
}
