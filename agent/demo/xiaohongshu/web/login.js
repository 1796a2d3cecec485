// The login host's page: a code by text message first, account and password behind a tab.

import { N, boot, h, mount, ui } from "./kit.js";

const input = (type, placeholder) => h("input", { type, placeholder, autocomplete: "off" });
const phone = input("tel", "手机号");
const code = input("tel", "验证码");
const email = input("text", "邮箱");
const password = input("password", "密码");
const agreed = h("input", { type: "checkbox" });
const failure = h("div", { class: "failure", hidden: true });

function fail(text) {
  failure.hidden = !text;
  failure.textContent = text;
}

// Only to where an office of ours is: an address that came with the link is not to be trusted.
function enter(ticket) {
  const known = boot.service.startsWith(`${boot.sites.ark}/`);
  const service = new URL(known ? boot.service : `${boot.sites.ark}/app-system/home`);
  service.searchParams.set("ticket", ticket);
  location.assign(service.href);
}

async function signIn(shop) {
  if (!agreed.checked) return fail("请先阅读并同意协议");
  if (byPhone.hidden === false) return fail("演示后台里没有短信登录");
  const body = JSON.stringify({ account: email.value, password: password.value, shop });
  const headers = { "content-type": "application/json" };
  const response = await fetch("/api/cas/customer/web/login", { method: "POST", headers, body });
  const answer = await response.json();
  if (!answer.success) return fail(answer.msg);
  if (answer.data.ticket) return enter(answer.data.ticket);
  box.replaceChildren(h("h3", {}, "选择店铺"), ...answer.data.shops.map((name) =>
    h("div", { class: N.shopItem, onclick: () => signIn(name) }, h("div", {}, name),
      h("div", { class: "hint" }, "企业店"))));
}

const byPhone = h("div", {}, phone, code);
const byAccount = h("div", { hidden: true }, email, password);
const scan = h("div", { class: "scan", hidden: true }, h("div", { class: "code" }, "▦"), "APP扫一扫登录");
const choose = (chosen) => () => {
  for (const part of [byPhone, byAccount, scan]) part.hidden = part !== chosen;
  fail("");
};
const tab = (title, part) => h("span", { role: "tab", onclick: choose(part) }, title);
const box = h("div", { class: "box" },
  boot.kicked ? h("p", { class: "failure" }, "您的账号已在其他设备登录") : null,
  h("div", { class: "tabs" }, tab("短信登录", byPhone), tab("账号登录", byAccount), tab("扫码", scan)),
  byPhone, byAccount, scan, failure,
  h("button", { type: "button", class: ui("button-primary"), onclick: () => signIn("") }, "登 录"),
  h("label", {}, agreed, "我已阅读并同意", h("span", { class: "term" }, "《用户协议》")));
mount(box);
