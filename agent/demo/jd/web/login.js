// The form of both login hosts: name, password, and a jigsaw that waits out of sight.

import { h, mount } from "./kit.js";

const name = h("input", { id: "loginname", type: "text", placeholder: "账号名/邮箱/手机号" });
const password = h("input", { id: "nloginpwd", type: "password", placeholder: "密码" });
const wrong = h("div", { class: "msg-error", hidden: true });

async function submit(event) {
  event.preventDefault();
  const body = JSON.stringify({ loginname: name.value, nloginpwd: password.value });
  const response = await fetch("/uc/loginService", { method: "POST", body });
  const answer = await response.json();
  if (answer.success) {
    location.replace(answer.success);
    return;
  }
  wrong.textContent = answer.pwd;
  wrong.hidden = false;
}

mount(h("form", { id: "formlogin", class: "login-wrap", onsubmit: submit },
  h("h1", {}, "京麦"), wrong, name, password,
  h("button", { type: "submit", class: "rcd-button rcd-button--primary password__submit" }, "登录"),
  h("div", { class: "JDJRV-wrap JDJRV-wrap-passwordLoginSlideValidate", hidden: true })));
