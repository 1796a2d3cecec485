// The component library's parts that the lists share: cards that filter, and the pager.

import { N, h } from "./kit.js";

const SIZES = [10, 20, 50, 100];

// A filter card: its label, and its number glued to it.
export function card(label, choose) {
  const number = h("span", {});
  const node = h("div", { class: N.card, "data-testid": "beast-core-card", onclick: choose },
    h("span", {}, label), number);
  return { node, number };
}

// Around any part of a page: such cards stand in cards.
export const box = (...content) =>
  h("div", { class: N.box, "data-testid": "beast-core-card" }, content);

export function check(cards, chosen) {
  cards.forEach(({ node }, key) => node.classList.toggle(N.card_checked, key === chosen));
}

function sizeChanger(view, turn) {
  const options = h("ul", { class: N.select_dropdown, hidden: true },
    SIZES.map((size) => h("li", { role: "option", onclick: () => turn({ size, page: 1 }) }, size)));
  const select = h("div", { "data-testid": "beast-core-select",
    onclick: () => { options.hidden = !options.hidden; } },
  h("input", { "data-testid": "beast-core-select-htmlInput", value: view.size, readonly: true }));
  return h("li", { class: N.page_sizes }, "每页", select, "条", options);
}

function step(name, text, off, go) {
  return h("li", { class: `${N[`page_${name}`]}${off ? ` ${N.page_disabled}` : ""}`,
    "data-testid": `beast-core-pagination-${name}`, onclick: () => { if (!off) go(); } }, text);
}

// `view` has total, page and size; nothing is shown for an empty list.
export function pager(view, turn, sizes) {
  if (!view.total) return h("div", {});
  const last = Math.max(1, Math.ceil(view.total / view.size));
  const items = Array.from({ length: last }, (_, index) => index + 1).map((number) =>
    h("li", { class: `${N.page_item}${number === view.page ? ` ${N.page_active}` : ""}`,
      onclick: () => turn({ page: number }) }, number));
  return h("ul", { class: N.pages, "data-testid": "beast-core-pagination" },
    h("li", { class: N.pages_total }, `共有 ${view.total} 条`),
    step("prev", "‹", view.page <= 1, () => turn({ page: view.page - 1 })),
    items,
    step("next", "›", view.page >= last, () => turn({ page: view.page + 1 })),
    sizes ? sizeChanger(view, turn) : null);
}
