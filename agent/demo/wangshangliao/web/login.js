// The client's login page: a code to scan, and why one has to. Before there is any account it starts.

import { boot, h, mount } from "./kit.js";
import { listen } from "./line.js";

const code = h("div", { class: "qrcode" }, "▦");
const kicked = h("div", { class: "dialog" },
  h("p", {}, "您的账号已在其他设备登录，您已被踢下线"), h("button", { type: "button" }, "确定"));

const starting = h("main", { class: "login" }, h("h2", {}, "旺商聊"), h("p", {}, "正在启动"));

mount(boot.known ? h("main", { class: "login" }, h("h2", {}, "旺商聊"), code,
  h("p", {}, "请使用手机扫码登录"), boot.life === "kicked" ? kicked : null) : starting);
listen({});
