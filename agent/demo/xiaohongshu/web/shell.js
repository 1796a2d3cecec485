// The frame around every page: header with the shop's name, menu, content; the pager of each build.

import { N, boot, h, mount, ui } from "./kit.js";
import { call } from "./calls.js";

const MENU = [["首页", "/app-system/home"], ["订单查询", "/app-order/order/query"],
  ["售后列表", "/app-order/aftersale/list"], ["评价管理", "/app-item/comment/analysis"]];

const name = h("div", { class: N.shopName }, boot.named_late ? "" : boot.shop.name);

// One build asks whose shop it is, and that after its rows came: a guess.
export async function nameShop() {
  if (boot.named_late) name.textContent = (await call("/api/edith/seller/info")).data.sellerName;
}

export function frame(...content) {
  const items = MENU.map(([title, path]) => h("li", {}, h("a", { href: path }, title)));
  mount(h("header", { class: "top" }, h("span", { class: "logo" }, "小红书千帆"),
    h("div", { class: N.who }, name,
      h("div", { class: "hint" }, boot.username))),
  h("div", { class: "body" }, h("aside", {}, h("ul", {}, items)), h("main", {}, content)));
}

export const noPermission = (text) => h("div", { class: "no-permission" }, text);

export const nothing = (rows) => h("div", { class: "nothing" }, rows ? "暂无数据" : "加载中…");

function sizes(view, turn) {
  const menu = h("div", { class: "sizes", hidden: true }, [20, 50].map((size) =>
    h("div", { onclick: () => turn({ size, page: 1 }) }, `${size}条/页`)));
  return h("div", { class: ui("select") },
    h("div", { class: ui("select-text"), onclick: () => { menu.hidden = !menu.hidden; } },
      `${view.size} 条/页`), menu);
}

// One build has a list with titles, the other buttons with labels: both are guesses.
export function pager(view, turn) {
  const last = Math.max(1, Math.ceil(view.total / view.size));
  const go = (page) => () => turn({ page });
  const pages = Array.from({ length: last }, (_, index) => index + 1);
  const items = N.pager.startsWith("pages") ? buttons(view, last, pages, go) : titled(view, last, pages, go);
  return h("div", { class: `${N.pager} pager` },
    h("span", {}, view.rows ? `共 ${view.total} 条` : ""), items, sizes(view, turn));
}

const titled = (view, last, pages, go) => {
  const end = (title, off, page) => h("span", { title, "aria-disabled": String(off),
    onclick: off ? null : go(page) }, title[0] === "上" ? "‹" : "›");
  return [end("上一页", view.page <= 1, view.page - 1),
    ...pages.map((page) => h("span", { title: String(page), onclick: go(page) }, String(page))),
    end("下一页", view.page >= last, view.page + 1)];
};

const buttons = (view, last, pages, go) => {
  const button = (label, text, off, page) =>
    h("button", { "aria-label": label, disabled: off, onclick: go(page) }, text);
  return [button("上一页", "‹", view.page <= 1, view.page - 1),
    ...pages.map((page) => button(`第${page}页`, String(page), false, page)),
    button("下一页", "›", view.page >= last, view.page + 1)];
};
