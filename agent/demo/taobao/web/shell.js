// The frame around the seller centre's pages: a bar and a menu, and nowhere the shop's name.

import { h, mount } from "./kit.js";

const REFUNDS = "/home.htm/trade-platform/refund-list";
const MENU = [["首页", "/home.htm/QnworkbenchHome/"], ["商品"], ["交易"], ["退款管理", REFUNDS],
  ["店铺"], ["营销"], ["数据"], ["客服"]];

const entry = ([title, address]) =>
  h("li", {}, address ? h("a", { href: address }, title) : title);

export function frame(...content) {
  mount(h("div", { class: "layout" },
    h("header", {}, h("span", { class: "logo" }, "千牛商家工作台")),
    h("div", { class: "columns" },
      h("nav", {}, h("ul", {}, MENU.map(entry))),
      h("main", { id: "content" }, content))));
}

export const replaceContent = (...content) =>
  document.getElementById("content").replaceChildren(...content);
