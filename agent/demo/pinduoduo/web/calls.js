// How the pages call the platform, and what stands in the way: sign-out, kick, doubt.

import { ask, listen as listenTo } from "./ask.js";
import { h, random } from "./kit.js";
import { Blocked, quietly } from "./quiet.js";
import { toast } from "./toast.js";

const DEAD = 43001;
const DOUBTED = 54001;
const DENIED = 50001;

// The signature is computed anew for every call; that it is there is all that is looked at here.
const signature = () => ({ "anti-content": `0aq${random(64)}` });

// Ask the platform; returns the result, or throws Blocked if the page can go no further.
export async function call(path, body) {
  const { answer, stale } = await ask(path, { body, headers: body ? signature() : {} });
  const code = answer.errorCode ?? answer.error_code;
  const said = answer.errorMsg ?? answer.error_msg;
  if (code === DEAD) showDead(said);
  if (code === DOUBTED) showDoubt();
  if (code === DENIED) showDenied();
  if (answer.success === false) {
    toast(said);
    throw new Blocked(said);
  }
  if (stale) location.reload();
  return answer.result ?? answer;
}

function overlay(id, ...content) {
  if (document.getElementById(id)) return;
  document.body.append(h("div", { id, class: "layer" }, content));
}

// The chat page says that a session ran out in a box of its own; a kick looks alike everywhere.
function showDead(said) {
  const again = h("a", { href: "/login/" }, "重新登录");
  if (said.includes("别处登录")) {
    overlay("dead", h("div", { class: "layer-box" }, h("p", {}, "账户在别处登录"), again));
  } else if (location.pathname.startsWith("/chat-merchant/")) {
    overlay("dead", h("div", { class: "el-message-box" },
      h("div", { class: "el-message-box__title" }, "登录过期"), again));
  } else {
    overlay("dead", h("div", { class: "layer-box" }, h("p", {}, "登录已过期"), again));
  }
}

function showDoubt() {
  overlay("captcha-dialog", h("div", { class: "captcha-box" },
    h("h3", {}, "安全验证"), h("p", {}, "请完成验证后继续"),
    h("div", { class: "captcha-slider" }, "向右滑动完成拼图")));
}

function showDenied() {
  overlay("denied", h("div", { class: "layer-box" },
    h("p", {}, "暂无权限访问该页面，请联系主账号开通")));
}

const CHECK_MS = 60000;
const checkSession = () => call("/chats/userinfo/realtime?get_response=true");

export function watch(topic, refresh) {
  setInterval(() => quietly(checkSession), CHECK_MS);
  listenTo(location.origin, (frame) => {
    if (frame.topic === "account") quietly(checkSession);
    else if (frame.topic === "verify") showDoubt();
    else if (frame.topic === "verified") { document.getElementById("captcha-dialog")?.remove(); refresh(); }
    else if (frame.topic === topic) refresh();
  }, refresh);
}

