// What somebody sees whose account was signed in elsewhere: a guess.

import { boot, h, mount, ui } from "./kit.js";

mount(h("div", { class: ui("message-box") },
  h("p", {}, "您的账号已在其他设备登录，请重新登录"),
  h("a", { href: `${boot.sites.entry}/login/index.action` }, "重新登录")));
