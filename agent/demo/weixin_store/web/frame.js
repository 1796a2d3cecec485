// What stands around every page: header, left menu, and a micro-app whose content is in open
// shadow roots, one within the other, where `document.querySelector` does not reach.

import { N, boot, h, mount, ui } from "./kit.js";

const WIDE_ENOUGH = 1440;
const MENU = [["首页"], ["商品管理", "商品列表"], ["订单/配送", "订单管理", "售后处理"],
  ["店铺数据"], ["资金结算"]];
const LINKS = { 首页: "/shop/home", 订单管理: "/shop/order/list", 售后处理: boot.path };

// Clicks that no mouse made are ignored; so are all on a narrow page, whose blocks lie over
// each other.
export const trusted = (act) => (event) => {
  if (event.isTrusted && innerWidth >= WIDE_ENOUGH) act(event);
};

const sheets = () =>
  [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.cloneNode());

// An element with an open shadow root around `content`; its `fill` puts something else there.
export function sealed(tag, ...content) {
  const host = h(tag, { [N.scope]: true });
  const body = h("div", { class: "sealed" }, content);
  host.attachShadow({ mode: "open" }).append(...sheets(), body);
  host.fill = (...others) => body.replaceChildren(...others);
  return host;
}

function entry(title, go) {
  const path = LINKS[title] ?? "";
  const open = trusted(() => { if (path) go(path); });
  return h("li", { class: ui("menu__item") }, h("span", { class: ui("menu__name"), onclick: open }, title));
}

function group([title, ...children], go) {
  if (!children.length) return entry(title, go);
  const list = h("ul", { class: ui("sub-menu"), hidden: true },
    children.map((child) => entry(child, go)));
  const fold = trusted(() => { list.hidden = !list.hidden; });
  return h("li", { class: ui("menu__item") },
    h("span", { class: ui("menu__name"), onclick: fold }, title), list);
}

export const header = () => h("header", { class: "head" },
  h("span", { class: "logo" }, "微信小店"),
  h("div", { class: N.shopName, [N.scope]: true },
    h("div", {}, boot.shop.name), h("div", { class: "hint" }, "店铺已认证")));

const app = sealed("wujie-app");
const inner = sealed("micro-app");
app.fill(inner);

// The frame with the menu; `go` is called with the path of an entry that was clicked.
export function frame(go) {
  mount(h("div", {}, header(),
    h("div", { class: "below" },
      h("aside", { class: ui("menu") }, h("ul", {}, MENU.map((titles) => group(titles, go)))),
      h("main", {}, app))));
}

export const show = (...content) => inner.fill(...content);
