// The login page: all that counts is in the frame.

import { boot, h, mount } from "./kit.js";

addEventListener("message", (event) => {
  if (event.origin === boot.sites.havana && event.data === "signed-in") location.assign(boot.home);
});

mount(h("div", { class: "login-page" },
  h("div", { class: "brand" }, h("div", { class: "logo" }, "千牛"), h("p", {}, "卖家工作平台")),
  h("iframe", { id: "alibaba-login-box", title: "登录",
    src: `${boot.sites.havana}/mini_login.htm?lang=zh_cn&appName=taobao&appEntrance=qianniupc` })));
