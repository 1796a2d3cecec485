// The back office's home page: greets, and asks for the unread chats a while after loading.

import { boot, h } from "./kit.js";
import { fxg, listen } from "./calls.js";
import { quietly } from "./quiet.js";
import { frame } from "./shell.js";

const unread = h("b", {}, "-");
frame(
  h("div", { class: "panel" }, h("h2", {}, "今日待办"),
    h("p", {}, "飞鸽未读消息：", unread),
    h("p", {}, h("a", { href: "/ffa/merchant-aftersale-workbench/aftersale/list" }, "进入售后工作台"))));

async function askUnread() {
  const { data } = await fxg("/api/scale_shop/doudian_im/shop/user/unread_count");
  unread.textContent = String(data.unread_count);
}

setTimeout(() => quietly(askUnread), boot.unread_delay_s * 1000);
listen(boot.sites.fxg, () => undefined);
