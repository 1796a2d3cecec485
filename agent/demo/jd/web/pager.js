// Tabs above the list and the pager below it; only a real mouse moves them.

import { boot, h, ui } from "./kit.js";

const byMouse = (act) => (event) => { if (event.isTrusted) act(); };

export const tabs = (entries, current, choose) =>
  h("div", { class: ui("tabs") }, entries.map(([code, title, count]) =>
    h("div", { role: "tab", onclick: byMouse(() => choose(code)),
      class: `${ui("tabs__item")}${code === current ? " is-active" : ""}` },
    count === undefined ? title : `${title}(${count})`)));

function sizes(view, turn) {
  const menu = h("ul", { class: ui("select-dropdown"), hidden: true }, view.sizes.map((size) =>
    h("li", { class: ui("select-dropdown__item"),
      onclick: byMouse(() => turn({ size, page: 1 })) }, `${size}条/页`)));
  return h("span", { class: ui("pagination__sizes") },
    h("span", { class: ui("select"), onclick: byMouse(() => { menu.hidden = !menu.hidden; }) },
      `${view.size}条/页`), menu);
}

function step(way, isOff, go) {
  const old = way > 0 ? "btn-next" : "btn-prev";
  const other = ui(way > 0 ? "pagination__button-next" : "pagination__button-prev");
  return h("button", { type: "button", disabled: isOff, onclick: byMouse(go),
    class: boot.build === "b" ? other : old }, way > 0 ? "›" : "‹");
}

// The first, the last and those around the current one, as the library shows them.
function numbers(page, last) {
  const near = [page - 1, page, page + 1].filter((number) => number > 1 && number < last);
  return [...new Set([1, ...near, last])];
}

export function pager(view, turn) {
  const last = Math.max(1, Math.ceil(view.total / view.size));
  const items = numbers(view.page, last).map((number) =>
    h("li", { class: `number${number === view.page ? " is-active" : ""}`,
      onclick: byMouse(() => turn({ page: number })) }, String(number)));
  return h("div", { class: ui("pagination") },
    h("span", { class: ui("pagination__total") }, view.known ? `共 ${view.total} 条` : ""),
    view.sizes.length > 1 ? sizes(view, turn) : null,
    step(-1, view.page <= 1, () => turn({ page: view.page - 1 })),
    h("ul", { class: ui("pager") }, items),
    step(1, view.page >= last, () => turn({ page: view.page + 1 })));
}
