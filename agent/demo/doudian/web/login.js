// The login page: phone and code by default, e-mail and password behind a tab, the shop picker.

import { N, boot, h, mount, ui } from "./kit.js";
import { challengeId, prepareCaptcha, showCaptcha } from "./calls.js";
import { toast } from "./toast.js";

const NEEDS_SLIDER = 1105;
const NEEDS_EMAIL_CODE = 2046;

async function post(path, body) {
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  return response.json();
}

const field = (type, placeholder) =>
  h("input", { type, placeholder, class: ui("input"), autocomplete: "off" });
const phone = field("number", "手机号码");
const smsCode = field("number", "验证码");
const email = field("text", "请输入邮箱");
const password = field("password", "密码");
const emailCode = field("text", "请输入邮箱验证码");
const agreed = h("input", { type: "checkbox", class: ui("checkbox-input") });
const failure = h("div", { class: N.errorTip, hidden: true });
// Not in the page until it is asked for.
const risk = h("div", { class: "risk" },
  h("p", {}, "系统判断当前操作存在风险，请进行安全验证"),
  h("p", { class: "hint" }, "验证码已发送至您的登录邮箱"), emailCode);

let byMail = false;
const tab = (title, mail) =>
  h("div", { role: "tab", class: ui("tabs-tab"), onclick: () => choose(mail) }, title);
const tabs = [tab("手机登录", false), tab("邮箱登录", true)];

async function sendCode(event) {
  await post("/passport/web/send_code/", { mobile: phone.value });
  event.target.textContent = "60s后重新发送";
  setTimeout(() => { event.target.textContent = "发送验证码"; }, 60000);
}

const phoneForm = h("div", {}, phone,
  h("div", { class: "code-line" }, smsCode,
    h("button", { type: "button", class: ui("btn-link"), onclick: sendCode }, "发送验证码")));
const mailForm = h("div", {}, email, password);

function choose(mail) {
  byMail = mail;
  phoneForm.hidden = mail;
  mailForm.hidden = !mail;
  tabs.forEach((node, index) =>
    node.classList.toggle(ui("tabs-tab-active"), (index === 1) === mail));
  failure.hidden = true;
}

async function signIn() {
  if (!agreed.checked) return toast("请先勾选同意用户协议和隐私条款");
  const fp = challengeId();
  const answer = byMail
    ? await post("/passport/web/user/login/",
      { email: email.value, password: password.value, email_code: emailCode.value, fp })
    : await post("/passport/web/sms_login/", { mobile: phone.value, code: smsCode.value, fp });
  receive(answer);
}

function receive(answer) {
  failure.hidden = true;
  if (answer.code === 0) return answer.data.chosen ? enter() : showPicker();
  if (answer.code === NEEDS_SLIDER) return showCaptcha();
  if (answer.code === NEEDS_EMAIL_CODE) mailForm.append(risk);
  else {
    failure.textContent = answer.msg;
    failure.hidden = false;
  }
}

const enter = () => location.assign("/ffa/mshop/homepage/index");

async function pick(event) {
  const answer = await post("/ecomauth/loginv1/login",
    { shop_name: event.currentTarget.dataset.shop });
  if (answer.code === 0) enter();
}

async function showPicker() {
  const response = await fetch("/ecomauth/loginv1/get_login_subject");
  const { data } = await response.json();
  const entries = data.map((role) =>
    h("div", { class: N.roleItem, "data-shop": role.shop_name, onclick: pick },
      h("div", {}, role.shop_name), h("div", { class: "hint" }, `店铺ID ${role.shop_id}`)));
  box.replaceChildren(h("h2", {}, "请选择店铺"), ...entries);
}

const douyin = h("span", { class: "douyin", title: "抖音",
  onclick: () => toast("演示后台里没有抖音登录") }, "抖");
const box = h("div", { class: "login-box" },
  h("div", { role: "tablist", class: ui("tabs-nav") }, tabs),
  phoneForm, mailForm, failure,
  h("button", { type: "button", class: `${ui("btn-primary")} submit`, onclick: signIn }, "登录"),
  h("label", { class: ui("checkbox-wrapper") }, agreed,
    h("span", {}, "登录即代表同意"), h("span", { class: "term" }, "用户协议"), "和",
    h("span", { class: "term" }, "隐私条款")),
  h("div", { class: "others" }, h("span", {}, "其他登录方式"), douyin));

mount(h("div", { class: "daren-login-container" },
  h("div", { class: "brand" }, h("div", { class: "logo" }, "抖店"),
    h("p", {}, "欢迎登录商家后台")), box));
choose(false);
prepareCaptcha(signIn);
if (boot.picking) showPicker();
