// Files: in Slack beside a message's blocks, in Teams as cards that ask first and then lead to the file.

import { el, icon, link } from "./dom.js";

const SHEET = "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6";

/** A row with a file's name and size, and `ways`: what can be done with it. */
function row(name, about, ...ways) {
  return el("div", { class: "file" }, icon(SHEET),
    el("div", { class: "grow" }, el("strong", {}, name), about && el("span", { class: "about" }, about)),
    el("div", { class: "buttons" }, ways));
}

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024).toLocaleString("en-GB")} KB`;
}

/** The files of a Slack message. */
export function slackFiles(files = []) {
  return files.map((file) => {
    const address = `/playground/slack/files/${encodeURIComponent(file.id)}`;
    const name = file.title || file.name || "File";
    return row(name, size(file.size),
      el("a", { class: "button", href: address, download: file.name || name, "aria-label": `Download ${name}` }, "Download"));
  });
}

export const CONSENT = "application/vnd.microsoft.teams.card.file.consent";
export const INFO = "application/vnd.microsoft.teams.card.file.info";

/** Teams asks whether the file may be put into the person's own storage. */
export function consentCard(card, world) {
  const { description, sizeInBytes } = card.content || {};
  const answer = (action, words, style) => el("button", {
    type: "button", class: `button ${style}`, "aria-label": `${words} ${card.name}`,
    onclick: () => world.press({ fileConsent: action }),
  }, words);
  return el("div", { class: "card" },
    description && el("p", {}, description),
    row(card.name, size(sizeInBytes), answer("decline", "Decline", ""), answer("accept", "Accept", "positive")));
}

/** Where the file is, once it has been taken. */
export function infoCard(card) {
  const words = "Download";
  const local = card.contentUrl?.startsWith(`${location.origin}/`);
  const way = local
    ? el("a", { class: "button", href: card.contentUrl, download: card.name, "aria-label": `${words} ${card.name}` }, words)
    : link(card.contentUrl, words, "button");
  return el("div", { class: "card" }, row(card.name, card.content?.fileType?.toUpperCase(), way));
}
