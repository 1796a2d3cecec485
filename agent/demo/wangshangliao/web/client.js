// The client's main window: who is in, the conversations, and the one that is open.

import { N, boot, clockTime, h, mount } from "./kit.js";
import { ask } from "./ask.js";
import { listen } from "./line.js";

const GOOD = 200;
const GONE = [302, 417];
const ROW_PX = 64;
const view = { rows: [], asked: false, busy: false, again: false, trouble: "" };

const total = h("sup", { class: "nav-count" });
const tab = h("span", { class: "tab" }, "未读(0)");
const state = h("div", { class: "state" });
const offline = h("div", { class: "offline", hidden: true }, "当前网络不可用，请检查网络设置");
const list = h("div", { class: `${N.list} rows`, onscroll: () => paint() });
const side = h("div", { class: "side" },
  h("div", { class: "tabs" }, h("span", { class: "tab active" }, "全部"), tab), offline, state, list);
const chat = h("section", { class: "chat" }, h("p", {}, "请选择会话"));

const badge = (unread) => h("span", { class: N.badge }, unread > 99 ? "99+" : String(unread));

function row(one, top) {
  const node = h("div", { class: `${N.row} row`, [N.id]: one.id, onclick: () => open(one) },
    h("div", { class: "avatar" }, one.name.slice(0, 1), one.unread ? badge(one.unread) : null),
    h("div", { class: "said" },
      h("div", { class: "line" }, h("span", { class: N.name }, one.name),
        h("span", { class: N.time }, clockTime(one.updateTime))),
      h("div", { class: N.text }, one.lastMsg.text)));
  if (top !== null) Object.assign(node.style, { position: "absolute", top: `${top}px`, width: "100%" });
  return node;
}

// In the one build rows that are out of sight are not there: long lists are often built so.
function inSight() {
  if (!boot.virtual) return view.rows.map((one) => row(one, null));
  const first = Math.floor(list.scrollTop / ROW_PX);
  const count = Math.ceil(list.clientHeight / ROW_PX) + 1;
  const rows = view.rows.slice(first, first + count)
    .map((one, index) => row(one, (first + index) * ROW_PX));
  const height = `height: ${view.rows.length * ROW_PX}px; position: relative`;
  return [h("div", { style: height }, rows)];
}

function paint() {
  const unread = view.rows.filter((one) => one.unread);
  const messages = unread.reduce((sum, one) => sum + one.unread, 0);
  total.textContent = messages ? String(messages) : "";
  tab.textContent = `未读(${unread.length})`;
  state.textContent = view.trouble || (view.busy ? "收取中..." : "");
  if (view.rows.length) list.replaceChildren(...inSight());
  else list.replaceChildren(view.asked ? h("div", { class: N.nothing }, "暂无会话") : "");
}

// Opening a conversation marks it as read, which the other side may see.
async function open(one) {
  chat.replaceChildren(h("h3", {}, one.name), h("p", { class: "bubble" }, one.lastMsg.text));
  await ask("/api/session/reset-unread", { body: { id: one.id } });
}

const WORDS = { 403: "没有权限", 416: "操作太频繁，请稍后再试" };

async function fetchList() {
  const { answer } = await ask("/api/session/list");
  if (GONE.includes(answer.code)) return location.reload();
  if (answer.code !== GOOD) {
    view.trouble = WORDS[answer.code] ?? "消息收取失败，请稍后再试";
    return undefined;
  }
  Object.assign(view, { rows: answer.data.list, asked: true, trouble: "" });
  return undefined;
}

async function receive() {
  view.again = view.busy;
  if (view.busy) return;
  view.busy = true;
  paint();
  try {
    await fetchList();
  } catch {
    view.trouble = "消息收取失败，请稍后再试";
  }
  view.busy = false;
  paint();
  if (view.again) await receive();
}

const main = h("main", { class: "client" },
  h("nav", { class: "nav" }, h("div", { class: "avatar" }, boot.shop.name.slice(0, 1)),
    h("div", {}, "消息", total), h("div", {}, "通讯录")),
  side, chat);
const contacts = h("div", { class: "side" }, h("h3", {}, "通讯录"), h("p", {}, "新的朋友"));

listen({
  lost: () => { offline.hidden = false; },
  back: () => { offline.hidden = true; receive(); },
  heard: (topic) => {
    if (topic === "contacts") side.replaceWith(contacts);
    else if (topic === "home") contacts.replaceWith(side);
    else if (topic === "question") setTimeout(() => question(), 0);
    else receive();
  },
});

// What the person decides is a write: nobody else may do it for them.
async function question() {
  const yes = window.confirm("是否退出登录？");
  await ask("/api/logout", { body: { yes } });
}

mount(main);
receive();
