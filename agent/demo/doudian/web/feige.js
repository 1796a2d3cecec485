// Feige's workspace: the conversation list on the left, one conversation in the middle.

import { boot, everySecond, h, mount, ui } from "./kit.js";
import { hideCaptcha, listen, onUnblocked, pigeon, prepareCaptcha, retryAll, watchSession }
  from "./calls.js";
import { quietly } from "./quiet.js";
import { chatRow, waited } from "./chatrow.js";
import { VirtualList } from "./virtual.js";
import { toast } from "./toast.js";

const CHAT = "/chat/api/backstage/conversation";
const PAGE = { pageNo: "0", pageSize: "200" };
const SYSTEM = ["智能客服", "系统通知", "服务通知"].map((name) => ({
  id: name, buyer: name, system: true, unread: 0, tags: [], preview: "暂无新消息", messages: [] }));

const chats = new Map();
const view = { tab: "current", open: null, shop: "", loaded: false };

function fromEntry(entry, ended) {
  const last = entry.msgList.at(-1).messageBody;
  const buyer = entry.msgList.map((m) => m.messageBody.ext.uname).filter(Boolean).at(-1) ?? "";
  const core = entry.coreInfoMap;
  return { id: entry.bizConversationId, buyer, preview: last.content, lastId: last.serverMessageId,
    time: Number(last.createTime), unread: Number(core.unread_count), ended,
    since: core.countdown === "true" ? Number(core.countdown_time) : 0,
    tags: core.tags.filter((tag) => tag !== "重复来访"), repeat: core.tags.includes("重复来访"),
    messages: entry.msgList.map((m) => m.messageBody) };
}

const asList = (data) => (Array.isArray(data) ? data : Object.values(data)[0]);

async function ask() {
  const [current, recent] = await Promise.all([
    pigeon(`${CHAT}/get_current_conversation_list`, { query: PAGE }),
    pigeon(`${CHAT}/get_recent_conversation_list`, { query: PAGE })]);
  chats.clear();
  for (const entry of asList(recent.data)) {
    const chat = fromEntry(entry, true);
    chats.set(chat.id, chat);
  }
  for (const entry of asList(current.data)) {
    const chat = fromEntry(entry, false);
    chats.set(chat.id, chat);
  }
  view.loaded = true;
  paint();
}

async function askWho() {
  const { data } = await pigeon("/backstage/currentuser");
  view.shop = data.ShopName;
  agentName.textContent = data.CustomerServiceInfo.screen_name;
  const online = await pigeon("/backstage/onlineservice", { query: { busy: "1" } });
  stateText.textContent = ["忙碌", "在线", "离线"][online.data[0].online_status];
  paintPane();
}

const refresh = () => quietly(ask);

// A frame changes the page at once; the list is then asked for again all the same.
function hear(frame) {
  if (frame.topic !== "chat") return;
  if (frame.conversation) {
    const chat = fromEntry(frame.conversation, false);
    chats.set(chat.id, chat);
    paint();
  }
  refresh();
}

const newestFirst = (a, b) => b.time - a.time;
const ofTab = (tab) =>
  [...chats.values()].filter((chat) => Boolean(chat.ended) === (tab === "recent"))
    .sort(newestFirst);

const rowOf = (chat) => chatRow(chat, { active: view.open === chat.id, open });
const waitingList = new VirtualList(rowOf);
const restList = new VirtualList(rowOf);
const nobody = h("div", { class: "nobody", hidden: true }, "暂无会话中用户");

function paint() {
  const current = ofTab("current");
  const shown = view.tab === "current" ? [...current, ...SYSTEM] : ofTab("recent");
  const waiting = boot.build === "old" ? shown.filter((chat) => chat.since) : [];
  waitingList.node.parentElement.style.height = `${Math.min(waiting.length, 4) * 76}px`;
  waitingList.show(waiting);
  restList.show(shown.filter((chat) => !waiting.includes(chat)));
  nobody.hidden = !view.loaded || view.tab !== "current" || current.length > 0;
  counts.current.textContent = view.loaded ? `(${current.length})` : "";
  tabs.forEach(({ node, name }) =>
    node.setAttribute("aria-selected", String(name === view.tab)));
  paintPane();
}

async function open(chat) {
  if (chat.system) return;
  view.open = chat.id;
  paint();
  await quietly(() => pigeon(`${CHAT}/mark_read`, { body: { conversation_id: chat.id } }));
  refresh();
}

async function send() {
  const content = textarea.value.trim();
  if (!content || !view.open) return;
  textarea.value = "";
  await quietly(() => pigeon("/chat/api/backstage/message/send",
    { body: { conversation_id: view.open, content } }));
  refresh();
}

async function transfer() {
  await quietly(async () => {
    const answer = await pigeon(`${CHAT}/transfer`, { body: { conversation_id: view.open } });
    toast(answer.msg);
  });
}

function bubble(message) {
  const side = message.ext["s:sender_biz_role"] === "Buyer" ? "messageNotMe" : "messageIsMe";
  return h("div", { "data-qa-id": "qa-message-warpper", class: "msgItemWrap" },
    h("div", { class: side }, h("pre", {}, h("span", {}, message.content))));
}

// With a chat open this corner names its buyer. What it holds before is not known: our guess is
// the shop; the call `currentuser` is where a reader should look for that.
function paintPane() {
  const chat = chats.get(view.open);
  topbar.replaceChildren(h("span", {}, chat ? chat.buyer : view.shop));
  thread.replaceChildren(...(chat ? chat.messages.map(bubble)
    : [h("div", { class: "nobody" }, "请选择会话")]));
  composer.hidden = !chat;
}

const counts = { current: h("span", { class: "tab-count" }), recent: null };
const tab = (name, title, qa) => ({ name, node: h("div", { role: "tab", "data-qa-id": qa,
  class: ui("tabs-tab"), "aria-controls": `rc-tabs-0-panel-${name}`,
  onclick: () => { view.tab = name; paint(); } }, h("span", {}, title), counts[name]) });
const tabs = [tab("current", "当前会话", "qa-active-chat-tab"),
  tab("recent", "最近联系", "qa-last-chat-tab")];

const agentName = h("span", { class: "agent" });
const stateText = h("span", {}, "");
const ARROW = "data:image/svg+xml," + encodeURIComponent(
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 6'><path d='M1 1l4 4 4-4' " +
  "fill='none' stroke='#555'/></svg>");
const topbar = h("div", { id: "topbar-left-info" });
const thread = h("div", { class: "thread" });
const textarea = h("textarea", { "data-qa-id": "qa-send-message-textarea",
  placeholder: "使用Enter 发送消息" });
const composer = h("div", { class: "composer", hidden: true },
  h("div", { class: "tools" },
    h("button", { class: ui("btn-link"), "data-qa-id": "qa-transfer-conversation",
      onclick: transfer }, "转移会话")),
  textarea,
  h("div", { class: ui("btn-primary"), "data-qa-id": "qa-send-message-button", onclick: send },
    "发送"));

mount(h("div", { id: "rootContainer" },
  h("div", { class: "left" },
    h("div", { class: "me" }, agentName, stateText,
      h("img", { alt: "下箭头", src: ARROW, width: "10" })),
    h("div", { role: "tablist", class: "tabs", "data-qa-id": "qa-chat-tab" },
      tabs.map((one) => one.node)),
    h("div", { id: "chantListScrollArea" },
      h("div", { class: "pigeonChatNotScrollBox" }, waitingList.node),
      nobody,
      h("div", { class: "pigeonChatScrollBox" }, restList.node))),
  h("div", { id: "workspace-chat" }, h("div", { class: "bar" }, topbar), thread, composer)));
paint();
prepareCaptcha(() => { hideCaptcha(); retryAll(); });
onUnblocked(() => { quietly(askWho); refresh(); });
listen(boot.sites.pigeon, hear);
watchSession();
everySecond("[data-since]", waited);
window.addEventListener("resize", paint);
quietly(askWho);
refresh();
