// The component library's message at the top of the page, gone after a while.

import { h, ui } from "./kit.js";

export function toast(text) {
  const note = h("div", { class: ui("message") },
    h("div", { class: ui("message-notice-content") }, text));
  document.body.append(note);
  setTimeout(() => note.remove(), 3000);
}
