// How the pages call Xiaohongshu, and what stands in the way: sign-out, verification.

import { ask, listen as listenTo } from "./ask.js";
import { boot, h, now, random, ui } from "./kit.js";
import { Blocked, quietly } from "./quiet.js";

// Ask the platform; returns its envelope, or throws Blocked if the page can go no further.
export async function call(path, { query, body } = {}) {
  const headers = { "x-s": `XYW_${random(48)}`, "x-t": String(Math.floor(now())) };
  const { answer, response, stale } = await ask(path, { query, body, headers });
  if (response.status === 461) {
    showCaptcha();
    throw new Blocked("verify");
  }
  if (response.status === 401) {
    toLogin(answer.msg);
    throw new Blocked("lost");
  }
  if (!response.ok) throw new Error(response.status);
  if (stale) location.reload();
  return answer;
}

function toLogin(message) {
  const why = message.includes("其他设备") ? "&reason=kicked" : "";
  const service = encodeURIComponent(location.href);
  location.assign(`${boot.sites.customer}/login?service=${service}${why}`);
}

function showCaptcha() {
  if (document.getElementById("verify")) return;
  const src = `${boot.sites.ark}/website-login/captcha`;
  document.body.append(h("div", { id: "verify" },
    h("iframe", { src, width: "360", height: "340", frameborder: "0" })));
}

// A notice hides the page until somebody says that they know; what lies below goes on working.
export async function showNotice() {
  const answer = await call("/api/edith/notice/popup");
  if (!answer.data?.show) return;
  const read = async () => {
    await call("/api/edith/notice/popup/read", { body: { read: true } });
    overlay.remove();
  };
  const overlay = h("div", { id: "notice" }, h("div", { class: ui("modal") },
    h("p", {}, "售后新功能上线啦"), h("button", { onclick: () => quietly(read) }, "知道了")));
  document.body.append(overlay);
}

function receive(frame, heard) {
  if (frame.topic === "verified") location.reload();
  else heard(frame);
}

export const listen = (heard) =>
  listenTo(boot.sites.ark, (frame) => receive(frame, heard), heard);
