// The chat workbench: today's conversations in groups, a few of them once more in a hidden tab.

import { K, N, boot, clockTime, everySecond, h, mount, now } from "./kit.js";
import { call, watch } from "./calls.js";
import { quietly } from "./quiet.js";

const SIZE = 100;
const GROUPS = [["five-minute", "unRead", ""], ["timeout-unreply", "unTimeout", "已超时"],
  ["already-unreply", "robot", "已被自动回复"], ["replied", "reply", ""]];

// Before anything is known there is nobody: so it says.
const view = { chats: [], more: false, page: 0, asked: 0 };
const today = h("div", { class: `${N.today} sel` }, "今日接待(0)");
const list = h("div", { class: "chat-list" });
const everybody = h("ul", { class: "all-conversations", hidden: true });
const shop = h("span", { class: "mall-name" });

async function ask(page) {
  const turn = ++view.asked;
  const answer = await call("/plateau/chat/latest_conversations", { client: "WEB", data: {
    cmd: "latest_conversations", version: 2, need_unreply_time: true, page, size: SIZE,
    anti_content: "0aq", request_id: now() } });
  if (turn !== view.asked) return;
  const got = answer[K.chats];
  view.chats = page === 1 ? got : [...view.chats, ...got];
  Object.assign(view, { page, more: answer.has_more });
  paint();
}

function groupOf(chat) {
  if (chat.group === "reply") return "reply";
  if (chat.template_name === "mall_robot_text_msg") return "robot";
  return chat.group;
}

function waiting(chat) {
  if (chat.waiting_s === null) return null;
  const since = String(now() - chat.waiting_s * 1000);
  const late = chat.group === "unTimeout";
  const node = h("div", { class: late ? "chat-unreply-over-time" : "chat-unreply-time",
    "data-since": since });
  node.textContent = waited(node);
  return node;
}

const waited = (node) =>
  `已等待${Math.floor((now() - Number(node.dataset.since)) / 60000)}分钟`;
everySecond("[data-since]", waited);

function box(chat, group) {
  const uid = String(chat.user_info.uid);
  const preview = chat.is_argue ? `[纠纷预警] ${chat.content}` : chat.content;
  // Opening a conversation marks it read.
  const open = () => quietly(() => call("/plateau/chat/mark_read", { uid }));
  return h("li", { class: "chat-item" },
    h("div", { class: `${N.chat_row} transition`, "data-random": `${uid}-0-${group}`, onclick: open },
      h("div", { class: "chat-portrait" }),
      h("div", { class: "chat-detail" },
        h("div", { class: "chat-nickname" },
          h("span", { class: N.nickname }, chat.user_info.nickname)),
        h("div", { class: "bottom-message" },
          h("p", { class: `${N.message}${chat.is_argue ? " is-argue" : ""}` }, preview))),
      h("div", { class: "chat-time" },
        h("p", { class: "item-note" }, clockTime(Number(chat.ts) * 1000)), waiting(chat))));
}

function group([name, key, title]) {
  const chats = view.chats.filter((chat) => groupOf(chat) === key);
  return h("ul", { class: name }, title && chats.length ? h("p", { class: "chat-list-title" }, title)
    : null, chats.map((chat) => box(chat, chat.group)));
}

function paint() {
  today.textContent = `今日接待(${view.chats.length})`;
  list.replaceChildren(...GROUPS.map(group));
  everybody.replaceChildren(...view.chats.slice(0, 5).map((chat) => box(chat, "all")));
}

list.addEventListener("scroll", () => {
  const near = list.scrollTop + list.clientHeight > list.scrollHeight - 80;
  if (near && view.more) { view.more = false; quietly(() => ask(view.page + 1)); }
});

mount(h("div", { id: "app" }, h("div", {}, h("div", { class: "app-container" },
  h("div", { class: "left-panel" },
    h("div", { class: "header panel-tab-header" }, h("div", { class: "status online" }, "在线"), shop),
    today, list, everybody),
  h("div", { class: "middle-panel" }, "请选择会话")))));
document.body.dataset.shop = boot.shop.id;
quietly(async () => {
  const { mall } = await call("/chats/userinfo/realtime?get_response=true");
  shop.textContent = mall.mall_name;
});
quietly(() => ask(1));
watch("chat", () => quietly(() => ask(1)));
