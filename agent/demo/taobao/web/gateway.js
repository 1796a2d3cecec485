// How a page asks the gateway: signed with the token of a cookie, JSON within JSON in a form.

import { isStale } from "./ask.js";
import { boot, h, setClock } from "./kit.js";

const FAMILY = "mtop.alibaba.refundface2.disputeservice.qianniu.pc.";
const APP_KEY = "12574478";
const LIST_AGAIN_MS = 300;
let calls = 0;

const token = () => /(?:^|; )_m_h5_tk=([^_;]+)_/.exec(document.cookie)?.[1] ?? "";

async function signature(t, data) {
  const bytes = new TextEncoder().encode([token(), t, APP_KEY, data].join("&"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function address(name, data, extra) {
  const t = String(Date.now());
  const query = new URLSearchParams({ jsv: "2.7.2", appKey: APP_KEY, t,
    sign: await signature(t, data), api: FAMILY + name, v: "1.0", ...extra });
  return `${boot.sites.gateway}/h5/${FAMILY}${name}/1.0/?${query}`;
}

const unwrapped = (text) => text.trim().replace(/^\w+\(([\s\S]*)\)$/, "$1");

async function post(name, data) {
  const wrapped = boot.build === "b" ? { type: "jsonp", callback: `mtopjsonp${++calls}` } : {};
  const url = await address(name, data, { type: "originaljson", dataType: "json", ...wrapped });
  const response = await fetch(url, {
    method: "POST", credentials: "include", body: new URLSearchParams({ data }) });
  setClock(Number(response.headers.get("x-server-now")));
  if (isStale(response)) location.reload();
  return JSON.parse(unwrapped(await response.text()));
}

// The small calls come as scripts that hand their answer to a function.
async function script(name, data) {
  const callback = `mtopjsonp${++calls}`;
  const url = await address(name, data, { type: "jsonp", dataType: "jsonp", callback, data });
  return new Promise((resolve, reject) => {
    window[callback] = (answer) => { node.remove(); resolve(answer); };
    const node = h("script", { src: url, onerror: () => reject(new Error("script")) });
    document.head.append(node);
  });
}

const says = (answer, code) => (answer.ret ?? []).some((text) => text.startsWith(code));

// Ask for `name` with `params`; returns the answer's data, or null if it is no success. Whoever is
// doubted or no longer signed in is sent where that is mended; `refused` hears of all else.
export async function mtop(name, params, { small = false, refused = () => undefined } = {}) {
  const data = JSON.stringify({ params: JSON.stringify(params) });
  const go = () => (small ? script(name, data) : post(name, data));
  let answer = await go();
  if (says(answer, "FAIL_SYS_TOKEN")) answer = await go();
  if (says(answer, "SUCCESS")) return answer.data;
  if (says(answer, "FAIL_SYS_SESSION_EXPIRED")) location.assign(`${boot.sites.login}/`);
  else if (says(answer, "FAIL_SYS_USER_VALIDATE")) challenge(answer.data.url);
  else refused(answer.ret[0]);
  return null;
}

function challenge(url) {
  if (document.getElementById("baxia-dialog-content")) return;
  document.body.append(h("div", { class: "baxia-dialog" },
    h("iframe", { id: "baxia-dialog-content", src: url })));
  addEventListener("message", (event) => {
    if (event.origin === boot.sites.gateway && event.data === "slid") {
      setTimeout(() => location.reload(), LIST_AGAIN_MS);
    }
  });
}
