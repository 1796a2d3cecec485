// The login form, in the frame of another host.

import { h, mount } from "./kit.js";
import { slider } from "./nc.js";

const failure = h("div", { class: "login-error-msg", hidden: true });
const check = h("div", { id: "nocaptcha-password" });
const field = (id, type, placeholder) =>
  h("input", { id, name: id, type, placeholder, class: "fm-text", autocomplete: "off" });
const username = field("fm-login-id", "text", "账号名/邮箱/手机号");
const password = field("fm-login-password", "password", "请输入登录密码");

async function signIn(slid = "") {
  failure.hidden = true;
  const body = new URLSearchParams({ loginId: username.value, password2: password.value, slid });
  const response = await fetch("/newlogin/login.do?appName=taobao&fromSite=0",
    { method: "POST", credentials: "include", body });
  const { content } = await response.json();
  if (content.data.resultCode === "OK") return parent.postMessage("signed-in", "*");
  if (content.data.resultCode === "NEED_SLIDE") {
    return check.replaceChildren(slider(() => signIn("1")));
  }
  failure.textContent = content.data.titleMsg;
  failure.hidden = false;
}

const submit = (event) => { event.preventDefault(); signIn(); };
mount(h("div", { class: "login-content" },
  h("h2", {}, "密码登录"),
  failure,
  h("form", { id: "login-form", onsubmit: submit },
    username, password, check,
    h("div", { class: "fm-btn" },
      h("button", { type: "submit", class: "fm-button fm-submit password-login" }, "登录")))));
