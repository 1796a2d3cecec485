// The login host's page: scanning by default, account and password behind a tab, the shop picker.

import { N, boot, h, mount, ui } from "./kit.js";

const post = async (path, body) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return response.json();
};

const account = h("input", { type: "text", placeholder: "请输入手机号/邮箱", autocomplete: "off" });
const password = h("input", { type: "password", placeholder: "请输入密码", autocomplete: "off" });
const failure = h("div", { class: "failure", hidden: true });

// Only to where an office of ours is: an address that came with the link is not to be trusted.
function enter() {
  const known = Object.values(boot.sites).some((site) => boot.back.startsWith(`${site}/`));
  location.assign(known ? boot.back : `${boot.sites.s}/zone/refund/list`);
}

async function signIn() {
  const answer = await post("/rest/pc/login/password",
    { account: account.value, password: password.value });
  failure.hidden = answer.result === 1;
  failure.textContent = answer.error_msg ?? "";
  if (answer.result === 1) (answer.data.chosen ? enter : pick)();
}

async function choose(shop) {
  const answer = await post("/rest/pc/login/choose", { shop });
  if (answer.result === 1) enter();
}

async function pick() {
  const { data } = await (await fetch("/rest/pc/login/accounts")).json();
  content.replaceChildren(h("div", { class: N.picker }, h("h3", {}, "选择登录的店铺"),
    data.shops.map((shop) => h("div", { class: N.account, onclick: () => choose(shop) },
      h("div", { class: N.accountShop }, shop), h("div", { class: "hint" }, "快手小店")))));
}

const scan = h("div", { class: "scan" }, h("div", { class: "code" }, "▦"), "打开快手 App 扫一扫登录");
const form = h("div", { class: N.form, hidden: true }, account, password, failure,
  h("button", { type: "button", class: ui("btn-primary"), onclick: signIn }, "登录"));
const tab = (title, byPassword) => h("span", { role: "tab", onclick: () => {
  form.hidden = !byPassword;
  scan.hidden = byPassword;
} }, title);

const content = h("div", { class: N.content },
  boot.kicked ? h("p", { class: "failure" }, "您的账号已在其他设备登录") : null,
  h("div", { class: N.tabs }, tab("扫码登录", false), tab("密码登录", true)), scan, form);
mount(h("div", { class: N.box }, h("div", { class: N.left }, "快手小店"), content));
if (boot.picking) pick();
