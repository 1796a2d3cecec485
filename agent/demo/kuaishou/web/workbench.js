// The customer-service workbench: conversations in groups, a hundred a stretch.

import { K, N, boot, clockTime, everySecond, h, now } from "./kit.js";
import { call, listen } from "./calls.js";
import { quietly } from "./quiet.js";
import { toast } from "./toast.js";
import { frame, noPermission } from "./shell.js";

const SIZE = 100;
const WAITING = [12, 13];
// How long a buyer may wait is a guess; the page only words it.
const PATIENCE_MS = 180000;
const GROUPS = [["待回复", (tag) => WAITING.includes(tag)], ["已回复", (tag) => !WAITING.includes(tag)]];

const view = { sessions: [], stretch: 0, done: false, busy: false };
const who = h("div", { class: "agent" });

const waited = (node) => {
  const left = Math.ceil((Number(node.dataset.since) + PATIENCE_MS - now()) / 60000);
  return left > 0 ? `${left}分后超时` : "已超时";
};
everySecond("[data-since]", waited);

function card(one) {
  const { userId, nickname } = one.targetUserInfo;
  const timer = WAITING.includes(one.sessionShowTag)
    ? h("span", { "data-since": one.chatSession.activeTime }) : null;
  if (timer) timer.textContent = waited(timer);
  return h("div", { class: N.card, onclick: () => quietly(() => open(String(userId))) },
    h("div", {}, h("span", { class: N.cardName }, nickname),
      h("span", { class: N.cardTime }, clockTime(one.chatSession.activeTime))),
    h("div", {}, h("span", { class: N.cardText }, one.chatSession.latestMessage[0].content), timer));
}

// What did not change keeps its element: the list is not thrown away when more of it comes.
const cards = new Map();
const groups = GROUPS.map(([title, belongs]) => {
  const count = h("span", { class: N.groupCount });
  const head = h("div", {}, h("span", { class: N.groupTitle }, title), count);
  return { belongs, count, head, node: h("div", { class: N.group }, head) };
});
const empty = h("div", { class: "nothing", hidden: true }, "暂无会话");

function cardOf(one) {
  const key = JSON.stringify(one);
  if (!cards.has(key)) cards.set(key, card(one));
  return cards.get(key);
}

function paint() {
  for (const { belongs, count, head, node } of groups) {
    const own = view.sessions.filter((one) => belongs(one.sessionShowTag)).map(cardOf);
    count.textContent = `(${own.length})`;
    node.replaceChildren(head, ...own);
  }
  scroller.hidden = false;
  empty.hidden = !view.done || view.sessions.length > 0;
}

const open = (userId) => call("/rest/pc/cs/b/session/answer", { body: { userId } });

async function pull() {
  if (view.busy || view.done) return;
  view.busy = true;
  try {
    const query = { maxSize: SIZE, pullOffset: view.stretch + 1, sortType: 1, role: 0 };
    const answer = await call("/rest/app/tts/cs/session/list", { site: "s", query });
    if ((answer.error_msg ?? "").includes("权限")) return frame(noPermission(answer.error_msg));
    if (answer.result !== 1) return toast(answer.error_msg);
    const more = answer.data[K.sessionList];
    view.sessions = view.stretch ? [...view.sessions, ...more] : more;
    view.stretch += 1;
    view.done = more.length < SIZE;
    paint();
  } finally {
    view.busy = false;
  }
}

const scroller = h("div", { class: "sessions", hidden: true }, groups.map(({ node }) => node));
scroller.addEventListener("scroll", () => {
  const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  if (left < 200) quietly(pull);
});

async function askWho() {
  const { data } = await call("/gateway/business/cs/solution/login/user/info/get");
  const state = await call("/rest/pc/cs/b/get/assistant/status");
  who.replaceChildren(`${data.userName} ${state.data.status === 1 ? "在线" : "离线"}`);
}

frame(h("div", { class: "panel bench" }, h("div", {}, who, scroller, empty),
  h("div", { class: "nothing" }, "请选择会话")));
listen(() => {
  Object.assign(view, { stretch: 0, done: false });
  quietly(pull);
});
quietly(askWho);
quietly(pull);
