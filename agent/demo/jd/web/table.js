// The table of the component library: head, rows or the mark of emptiness, spinner.

import { boot, h, now, ui } from "./kit.js";

const td = (...lines) => h("td", { class: ui("table__cell") }, h("div", { class: "cell" }, lines));
export const line = (...parts) => h("div", {}, parts);

// 23小时21分, 2天3小时5分, 21分, 40秒.
function left(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (minutes === 0) return `${seconds}秒`;
  return [[days, "天"], [hours, "小时"], [minutes % 60, "分"]]
    .filter(([count]) => count).map(([count, name]) => `${count}${name}`).join("");
}

export const timerText = (due) => `还剩${left(due - now())}`;

// Status and timer share a cell; one build has them on one line, the other on two.
export function status(text, due) {
  const timer = due ? h("span", { class: "timer", "data-due": due }, timerText(due)) : null;
  if (boot.build === "b") return td(line(text), timer ? line(timer) : null);
  return td(h("span", {}, text), timer ? " " : null, timer);
}

export function actions(names, act) {
  return td(...names.map((name) => h("button", {
    class: `${ui("button")} ${ui("button--text")}`, type: "button",
    onclick: (event) => { if (event.isTrusted) act(name); },
  }, name)));
}

export const row = (...cells) =>
  h("tr", { class: ui("table__row") },
    cells.map((cell) => (cell.tagName === "TD" ? cell : td(cell))));

export function table(columns, rows) {
  const head = h("tr", {}, columns.map((name) =>
    h("th", { class: ui("table__cell") }, h("div", { class: "cell" }, name))));
  const none = h("div", { class: ui("table__empty-block") },
    h("span", { class: ui("table__empty-text") }, "暂无数据"));
  return h("div", { class: ui("table") },
    h("div", { class: ui("table__header-wrapper") },
      h("table", { class: ui("table__header") }, h("thead", {}, head))),
    h("div", { class: ui("table__body-wrapper") },
      h("table", { class: ui("table__body") }, h("tbody", {}, rows ?? [])),
      rows && !rows.length ? none : null),
    rows ? null : h("div", { class: ui("loading-mask") }, h("p", {}, "加载中")));
}
