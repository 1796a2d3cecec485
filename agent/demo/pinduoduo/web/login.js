// The front door: a code to scan by default, name and password behind a tab.

import { N, h, mount } from "./kit.js";
import { call } from "./calls.js";
import { Blocked } from "./quiet.js";

const username = h("input", { id: "usernameId", placeholder: "请输入账号名/手机号", autocomplete: "off" });
const password = h("input", { id: "passwordId", type: "password", placeholder: "请输入密码" });
const failure = h("div", { class: "failure", hidden: true });
const code = h("div", { class: "qr-code" },
  h("div", { class: "qr" }), h("p", {}, "请使用拼多多商家版APP扫码登录"));
const form = h("div", { hidden: true }, username, password, failure,
  h("button", { type: "button", onclick: signIn }, "登录"));

async function signIn() {
  failure.hidden = true;
  try {
    await call("/janus/api/auth", { username: username.value, password: password.value });
    location.assign("/home");
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    failure.textContent = error.message;
    failure.hidden = false;
  }
}

function choose(byName) {
  code.hidden = byName;
  form.hidden = !byName;
}

const tab = (title, byName) =>
  h("div", { class: N.login, onclick: () => choose(byName) }, title);
mount(h("div", { class: "login-info-section" },
  h("h1", {}, "拼多多 商家后台"),
  h("div", { class: "tabs" }, tab("扫码登录", false), tab("账号登录", true)), code, form));
