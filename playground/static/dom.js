// Building page elements. Text always becomes text nodes: nothing that a message holds is parsed as HTML.

/** An element with `attributes` (class, listeners as on…, booleans) and `children` (nodes, strings, lists). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

/** Put `child` into `node`: a node, a string, a list of them, or nothing. */
export function append(node, child) {
  if (Array.isArray(child)) for (const one of child) append(node, one);
  else if (child !== null && child !== undefined && child !== false) node.append(child);
}

/** `text` with its line breaks kept. */
export function lines(text) {
  return String(text).split("\n").flatMap((line, at) => (at ? [el("br"), line] : [line]));
}

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** A link that opens beside the page; where the address is no web or mail address, only its words. */
export function link(address, words, className = "") {
  let url;
  try {
    url = new URL(address);
  } catch {
    return el("span", {}, words);
  }
  if (!SAFE.has(url.protocol)) return el("span", {}, words);
  const attributes = { href: url.href, target: "_blank", rel: "noopener noreferrer", class: className || null };
  return el("a", attributes, words);
}

/** A picture, or its description where the page's policy keeps it from loading. */
export function picture(address, description, className) {
  const image = el("img", { src: address, alt: description || "", class: className, loading: "lazy" });
  const words = `Picture: ${description || address}`;
  image.addEventListener("error", () => image.replaceWith(el("span", { class: "missing" }, words)));
  return image;
}

/** What stands where something can't be drawn. */
export function undrawable(type) {
  const words = `The playground can't draw ${type || "a thing without a type"}.`;
  return el("p", { class: "undrawable", role: "note" }, words);
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 × 24 units from the path `d`, hidden from assistive technology. */
export function icon(d) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

export const THUMB_UP =
  "M7 10v11H4V10h3Zm0 0 4-7c1.7 0 2.6 1.2 2.3 2.8L12.6 9H19c1.3 0 2.2 1.2 1.9 2.4l-1.8 7A2 2 0 0 1 17.2 20H7";
export const THUMB_DOWN =
  "M17 14V3h3v11h-3Zm0 0-4 7c-1.7 0-2.6-1.2-2.3-2.8l.7-3.2H5c-1.3 0-2.2-1.2-1.9-2.4l1.8-7A2 2 0 0 1 6.8 4H17";
