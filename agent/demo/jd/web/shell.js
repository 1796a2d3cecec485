// The frame around every page: header with the shop's name, menu, content.

import { N, h, mount, ui } from "./kit.js";
import { sff } from "./calls.js";

const MENU = {
  首页: "/jdm/home",
  自主售后: "/jdm/trade/after-sale/independent-after-sale/list",
  交易纠纷: "/jdm/trade/after-sale/trade-dispute/list",
};
const content = h("main", { class: ui("main") });

export function show(...nodes) {
  const name = h("span", { class: N.shopName });
  mount(
    h("header", { class: ui("header") }, h("span", { class: "logo" }, "京麦"), name),
    h("div", { class: ui("container") },
      h("nav", { class: N.nav }, Object.entries(MENU).map(([title, there]) =>
        h("a", { href: there, class: ui("menu-item") }, title))),
      content));
  content.replaceChildren(...nodes);
  nameShop(name);
}

export const replace = (...nodes) => content.replaceChildren(...nodes);

async function nameShop(node) {
  try {
    node.textContent = (await sff("shop")).shopName;
  } catch {
    // Without an answer the header stays empty.
  }
}

export const noRight = () =>
  h("div", { class: ui("empty") }, h("p", {}, "您没有该页面的访问权限，请联系主账号开通"));

export function toast(text) {
  const box = h("div", { class: `${ui("message")} ${ui("message--error")}` }, text);
  document.body.append(box);
  setTimeout(() => box.remove(), 3000);
}
