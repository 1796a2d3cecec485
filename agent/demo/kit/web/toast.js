// A line over the page, gone after a while; an office with a library of its own has its own.

import { h } from "./kit.js";

export function toast(text) {
  const node = h("div", { class: "toast" }, text);
  document.body.append(node);
  setTimeout(() => node.remove(), 3000);
}
