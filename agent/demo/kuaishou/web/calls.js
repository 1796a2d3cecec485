// How the pages call Kuaishou, and what stands in the way: sign-out, verification.

import { ask, listen as listenTo } from "./ask.js";
import { N, boot, h } from "./kit.js";
import { Blocked } from "./quiet.js";

const CHALLENGED = 400002;

// Ask the platform; returns its envelope, or throws Blocked if the page can go no further.
export async function call(path, options) {
  const { answer, stale } = await ask(path, options);
  if (answer.result === CHALLENGED) {
    showCaptcha(answer.data.url);
    throw new Blocked("verify");
  }
  if ((answer.error_msg ?? "").includes("重新登录")) {
    showLost(answer.error_msg);
    throw new Blocked("lost");
  }
  if (stale) location.reload();
  return answer;
}

function showLost(message) {
  if (document.querySelector(`.${N.lost}`)) return;
  const back = encodeURIComponent(location.href);
  document.body.append(h("div", { class: N.lost }, h("div", { class: "container" },
    h("p", {}, message), h("div", { class: "btn" },
      h("a", { href: `${boot.sites.login}/?biz=zone&redirect_url=${back}` }, "去登录")))));
}

function showCaptcha(path) {
  if (document.getElementById("verify")) return;
  document.body.append(h("div", { id: "verify" },
    h("iframe", { src: `${boot.sites.s}${path}`, width: "360", height: "340", frameborder: "0" })));
}

function receive(frame, heard) {
  if (frame.topic === "verified") location.reload();
  else heard(frame);
}

export const listen = (heard) =>
  listenTo(boot.sites[boot.site], (frame) => receive(frame, heard), heard);
