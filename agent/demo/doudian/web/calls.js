// How the pages call the platform, and what stands in the way: sign-out, kick, verify centre.

import { ask, listen as listenTo } from "./ask.js";
import { boot, h, random, ui } from "./kit.js";
import { Blocked, quietly } from "./quiet.js";

const token = random(32);
const verifyFp = `verify_${random(8)}_${random(8)}`;
const DEAD = [10008, 10005];
const captchaUrl = (fp) =>
  `${boot.sites.fxg}/rmc.bytedance.com/verifycenter/captcha?from=iframe&fp=${fp}&subtype=slide`;

const fxgSignature = () => ({
  appid: "1", __token: token, _bid: "ffa_aftersale", aid: "4272",
  aftersale_platform_source: "fxg", _lid: String(Math.floor(Math.random() * 1e12)),
  msToken: random(107), a_bogus: random(64), verifyFp, fp: verifyFp,
});
const pigeonSignature = () => ({
  biz_type: "4", PIGEON_BIZ_TYPE: "2", _pms: "1", FUSION: "true", _ts: String(Date.now()),
});

const retries = new Set();
export const onUnblocked = (retry) => retries.add(retry);
export const retryAll = () => retries.forEach((retry) => retry());

// Ask the platform; returns its envelope, or throws Blocked if the page can go no further.
async function call(site, signature, path, { query = {}, body } = {}) {
  const asked = { site, query: { ...query, ...signature }, body };
  const { answer, response, stale } = await ask(path, asked);
  const doubted = response.headers.has("bdturing-verify");
  if (doubted) showCaptcha();
  if (DEAD.includes(answer.code)) {
    showDead(answer.msg);
    throw new Blocked(answer.msg);
  }
  if (doubted) throw new Blocked("verify");
  if (stale) location.reload();
  return answer;
}

export const fxg = (path, options) => call(boot.site, fxgSignature(), path, options);
export const pigeon = (path, options) => call("pigeon", pigeonSignature(), path, options);

function showDead(message) {
  if (document.getElementById("dead")) return;
  const kicked = message.includes("其他设备");
  const text = kicked ? "您的账号已在其他设备登录" : "登录过期，请重新登录";
  document.body.append(
    h("div", { id: "dead", class: ui("modal-root") },
      h("div", { class: ui("modal-mask") }),
      h("div", { class: ui("modal-wrap") },
        h("div", { class: ui("modal"), role: "dialog" },
          h("p", { class: ui("modal-confirm-title") }, text),
          h("a", { href: `${boot.sites.fxg}/login/common`, class: ui("btn-primary") }, "重新登录")))));
}

// The frame of the verify centre is always there and nearly always hidden: hidden is no challenge.
const overlay = h("div", { id: "captcha_container_wrap", style: "display:none" });
let solved = () => undefined;

function loadFrame() {
  overlay.replaceChildren(
    h("div", { class: "verify-mask" }),
    h("iframe", { src: captchaUrl(verifyFp), width: "380", height: "348", frameborder: "0" }));
}

export function prepareCaptcha(whenSolved) {
  solved = whenSolved;
  loadFrame();
  document.body.append(overlay);
}

export function showCaptcha() {
  if (overlay.style.display !== "none") return;
  loadFrame();
  overlay.style.display = "block";
}

export function hideCaptcha() {
  overlay.style.display = "none";
}

export const challengeId = () => verifyFp;

window.addEventListener("message", (event) => {
  if (event.origin !== boot.sites.fxg || event.data !== "verify-solved") return;
  hideCaptcha();
  solved();
});

export const listen = (origin, heard) =>
  listenTo(origin, (frame) => receive(frame, heard), retryAll);

function receive(frame, heard) {
  if (frame.topic === "verify") showCaptcha();
  else if (frame.topic === "verified") { hideCaptcha(); retryAll(); }
  else if (frame.topic === "account") quietly(checkSession);
  else heard(frame);
}

const SESSION_CHECK_MS = 60000;
const checkSession = () => {
  const query = { login_source: "doudian_pc_web", bus_type: "1" };
  const ask = boot.site === "im" ? pigeon("/backstage/currentuser")
    : fxg("/ecomauth/loginv1/session_check", { query });
  return ask;
};

export function watchSession() {
  setInterval(() => quietly(checkSession), SESSION_CHECK_MS);
}
