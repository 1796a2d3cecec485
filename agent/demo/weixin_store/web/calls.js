// How the pages call the platform, and what stands in the way: time-out, second scan, no right.

import { ask } from "./ask.js";
import { h, mount, random, ui } from "./kit.js";
import { Blocked } from "./quiet.js";

const magic = random(32);
const DEAD = [3000, 30000];
const RISK = 10086;
const NO_RIGHT = -7;

export class Denied extends Error {}

// The session is over: the page says so where it is, and stays there.
export function timedOut() {
  mount(h("div", { class: "timed-out" },
    h("p", {}, "登录超时，请重新登录"), h("a", { href: "/shop" }, "重新登录")));
}

function secondScan() {
  if (document.getElementById("second-scan")) return;
  document.body.append(h("div", { id: "second-scan", class: ui("dialog__wrp") },
    h("div", { class: ui("dialog"), role: "dialog" },
      h("h3", {}, "扫码验证"), h("p", {}, "为保护店铺数据安全，请管理员使用微信扫码确认"))));
}

// Returns the answer whatever it is; throws where the page can go no further.
export async function call(path, { query = {}, body }) {
  const { answer, stale } = await ask(path, { query, body, headers: { biz_magic: magic } });
  const ret = answer.base_resp?.ret ?? answer.ret;
  if (DEAD.includes(ret)) {
    timedOut();
    throw new Blocked("login");
  }
  if (ret === RISK) {
    secondScan();
    throw new Blocked("risk");
  }
  if (ret === NO_RIGHT) throw new Denied("right");
  if (stale) location.reload();
  if (ret !== 0) throw new Error("busy");
  return answer;
}

export const faas = (name, body) =>
  call(`/shop-faas/mmchannelstradeaftersale/cgi/${name}`, { query: { token: "", lang: "zh_CN" }, body });
export const kf = (name, action, { query, body } = {}) =>
  call(`/shop/commkf/${name}`, { query: { action, ...query }, body });
