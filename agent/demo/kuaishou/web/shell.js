// The frame around every page: header with the shop's name, menu, content; the pager.

import { N, boot, h, mount } from "./kit.js";

const MENU = () => [["退款管理", `${boot.sites.s}/zone/refund/list`],
  ["客服工作台", `${boot.sites.im}/workbench`], ["工单", `${boot.sites.im}/issue/list`],
  ["订单查询", `${boot.sites.s}/zone/order/list`]];

const entry = ([title, address]) => h("li", {}, h("a", { href: address }, title));

export function frame(...content) {
  mount(h("header", { class: "top" }, h("span", { class: "logo" }, "快手小店"),
    h("div", { class: N.shopName }, boot.shop.name)),
  h("div", { class: "body" }, h("aside", {}, h("ul", {}, MENU().map(entry))),
    h("main", { id: "main_root" }, content)));
}

export const noPermission = (text) => h("div", { class: "no-permission" }, text);

function item(number, view, turn) {
  const active = number === view.page ? ` ${N.pager}-item-active` : "";
  return h("li", { title: String(number), class: `${N.pager}-item${active}`,
    onclick: () => turn(number) }, h("a", {}, String(number)));
}

function step(name, title, isOff, go) {
  return h("li", { title, "aria-disabled": String(isOff),
    class: `${N.pager}-${name}${isOff ? ` ${N.pager}-disabled` : ""}` },
  h("button", { type: "button", disabled: isOff, onclick: go }, name === "next" ? "›" : "‹"));
}

export function pager(view, turn) {
  const last = Math.max(1, Math.ceil(view.total / view.size));
  return h("ul", { class: `${N.pager} pager` },
    h("li", { class: `${N.pager}-total-text` }, view.rows ? `共 ${view.total} 条` : ""),
    step("prev", "上一页", view.page <= 1, () => turn(view.page - 1)),
    Array.from({ length: last }, (_, index) => item(index + 1, view, turn)),
    step("next", "下一页", view.page >= last, () => turn(view.page + 1)));
}

export const nothing = (rows) =>
  h("div", { class: "nothing" }, rows ? "暂无数据" : "加载中…");
