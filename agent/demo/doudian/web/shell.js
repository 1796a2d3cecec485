// The frame around every page of the back office: header, left menu, the micro-app's containers.

import { N, boot, h, mount, ui } from "./kit.js";
import { hideCaptcha, prepareCaptcha, retryAll, watchSession } from "./calls.js";
import { toast } from "./toast.js";

const LINKS = {
  首页: "/ffa/mshop/homepage/index",
  售后工作台: "/ffa/merchant-aftersale-workbench/aftersale/list",
  服务工单: "/ffa/task-order/service",
};
const MENU = [["首页"], ["商品", "商品管理"], ["订单", "订单管理"],
  ["售后", "售后工作台", "服务工单"], ["客服"], ["资金"], ["店铺"]];

function menuItem(title) {
  const there = LINKS[title];
  const here = there === location.pathname ? ` ${ui("menu-item-selected")}` : "";
  const link = there ? h("a", { href: there }, title) : title;
  return h("li", { class: `${ui("menu-item")}${here}` }, link);
}

function submenu([title, ...children]) {
  if (title === "客服") {
    const chat = `${boot.sites.im}/pc_seller_v2/main/workspace`;
    return h("li", { class: ui("menu-item") }, h("a", { href: chat, target: "_blank" }, "飞鸽客服"));
  }
  if (!children.length) return menuItem(title);
  return h("li", { class: ui("menu-submenu") },
    h("div", { class: ui("menu-submenu-title") }, title),
    h("ul", { class: ui("menu-sub") }, children.map(menuItem)));
}

async function openPicker() {
  const response = await fetch("/ecomauth/loginv1/get_login_subject");
  const { data } = await response.json();
  const choose = async (event) => {
    if (!event.isTrusted) return;
    const body = JSON.stringify({ shop_name: event.currentTarget.dataset.shop });
    await fetch("/ecomauth/loginv1/login", { method: "POST", body });
    location.reload();
  };
  const entry = (role) =>
    h("div", { class: N.roleItem, "data-shop": role.shop_name, onclick: choose }, role.shop_name);
  document.body.append(
    h("div", { class: ui("modal-root") }, h("div", { class: ui("modal-mask") }),
      h("div", { class: ui("modal-wrap") },
        h("div", { class: ui("modal") },
          h("p", { class: ui("modal-confirm-title") }, "请选择店铺"), (data ?? []).map(entry)))));
}

// The real switch ignores clicks that no mouse made.
function shopName() {
  const switcher = h("div", { class: ui("dropdown"), hidden: true },
    h("div", { class: ui("dropdown-menu-item"),
      onclick: (event) => { if (event.isTrusted) openPicker(); } }, "切换组织/店铺"));
  const toggle = (event) => { if (event.isTrusted) switcher.hidden = !switcher.hidden; };
  const lines = [boot.shop.name, "企业店铺", "正常营业"];
  return h("div", { class: ui("dropdown-trigger") },
    h("div", { class: N.headerShopName, onclick: toggle },
      lines.map((line) => h("div", { class: N.headerLine }, line))),
    switcher);
}

export function frame(...content) {
  const app = h("div", { id: "app_subContainer" },
    h("div", { id: "gar-sub-app-provider" },
      h("div", { __garfishmockbody__: true },
        h("div", { id: "orderAppContainer" }, content))));
  mount(h("div", { class: ui("layout") },
    h("header", { class: ui("layout-header") }, h("span", { class: "logo" }, "抖店"), shopName()),
    h("div", { class: ui("layout-body") },
      h("aside", { class: ui("layout-sider") }, h("ul", { class: ui("menu") }, MENU.map(submenu))),
      h("main", { class: ui("layout-content") }, app))));
  prepareCaptcha(() => { hideCaptcha(); retryAll(); });
  watchSession();
}

export function replaceContent(...content) {
  document.getElementById("orderAppContainer").replaceChildren(...content);
}

export const noPermission = () =>
  h("div", { class: "no-permission" }, "当前账号暂无权限，请主账号调整您的权限");

export const notInTheDemo = () => toast("演示后台里没有这一项");
