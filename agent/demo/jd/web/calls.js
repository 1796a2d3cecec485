// How the pages ask the gateway, and what stands in the way: sign-out, a proof, a missing right.

import { K, boot, h, random } from "./kit.js";
import { ask } from "./ask.js";
import { Blocked } from "./quiet.js";

export const APIS = {
  orders: "dsm.seller.afs.bff.serviceOrderQueryDsmService.page",
  disputes: "dsm.seller.cs.ArbitListService.pageSearch",
  counts: "dsm.seller.afs.bff.serviceOrderQueryDsmService.tabCount",
  timers: "dsm.seller.afs.bff.serviceOrderQueryDsmService.timeLeft",
  detail: "dsm.seller.afs.bff.serviceOrderQueryDsmService.detail",
  handle: "dsm.seller.afs.bff.serviceOrderHandleDsmService.handle",
  shop: "dsm.shop.pageframe.shopInfoService.current",
};
// The micro-app that asks has an id of its own, and each build another.
const APP_IDS = { a: "BHPQ4MHJBUOQZKTFTRNS", b: "DEB3TVXQG94DTQODWFFH" };
const GOOD = 200, NOT_SIGNED_IN = 1001, DOUBTED = 605, NO_RIGHT = 403;

export class NoRight extends Blocked {}

// Where today's release put a value that is called `name` here.
export const at = (data, name) => data[K[name]];

// The lists wrap what they ask for, and say from where; the other calls are guesses anyway.
export const wrapped = (data) => ({ request: { data }, accessContext: { source: "web" } });

export async function sff(name, body = {}) {
  const query = {
    v: "1.0", appId: APP_IDS[boot.build] ?? APP_IDS.a, api: APIS[name],
    h5st: `${Date.now()};${random(16)};${random(64)}`,
  };
  // Sent as plain text it needs no question beforehand whether it may cross to the other host.
  const headers = { "content-type": "text/plain" };
  const { answer, stale } = await ask("/api", { site: "sff", query, body, headers });
  if (answer.code === NOT_SIGNED_IN) {
    leave(answer.message);
    throw new Blocked(answer.message);
  }
  if (answer.code === DOUBTED) {
    showProof();
    throw new Blocked(answer.message);
  }
  if (stale) location.reload();
  if (answer.code === NO_RIGHT) throw new NoRight(answer.message);
  if (answer.code !== GOOD) throw new Error(answer.message);
  return at(answer, "data");
}

function leave(message) {
  if (message.includes("其他设备")) location.reload();
  else location.replace(`${boot.sites.entry}/login/index.action?ReturnUrl=${encodeURIComponent(location.href)}`);
}

// The jigsaw is known from the login pages; that it shows here too is a guess.
function showProof() {
  if (document.querySelector(".JDJRV-wrap-page")) return;
  document.body.append(h("div", { class: "JDJRV-wrap JDJRV-wrap-page" },
    h("div", { class: "JDJRV-img-wrap" }, h("div", { class: "JDJRV-bigimg" })),
    h("div", { class: "JDJRV-slide" }, "向右滑动完成拼图")));
}
