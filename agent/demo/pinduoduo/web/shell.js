// The frame around every page of the back office: header with the shop's name, left menu.

import { N, h, mount } from "./kit.js";
import { call } from "./calls.js";
import { quietly } from "./quiet.js";

const LINKS = [["首页", "/home"], ["售后工作台", "/aftersales/aftersale_list"],
  ["工单管理", "/aftersales/work_order/list"], ["商家客服", "/chat-merchant/index.html"]];

const name = h("div", { class: N.shop });

export function frame(...content) {
  mount(
    h("header", { class: "top" }, h("span", { class: "logo" }, "拼多多 商家后台"), name),
    h("div", { class: "below" },
      h("nav", {}, LINKS.map(([title, href]) => h("a", { href }, title))),
      h("main", {}, content)));
  quietly(async () => {
    const { mallInfo } = await call("/earth/api/mallInfo/commonMallInfo");
    name.textContent = mallInfo.mallName;
  });
}
