// Customer service: conversations, which come ten at a time as the list is scrolled.

import { K, boot, clockTime, h, mount } from "./kit.js";
import { listen } from "./ask.js";
import { kf } from "./calls.js";
import { Blocked } from "./quiet.js";
import { header, trusted } from "./frame.js";

const AT_ONCE = 10;
const NEAR_THE_END_PX = 40;
const rooms = [];
let whole = false;
let asking = false;
let chosen = "";

const inner = h("div", {});
const list = h("div", { class: "rooms", onscroll: nearTheEnd }, inner);
const state = h("p", { class: "hint" });
const chat = h("section", { class: "chat" });

const json = (text) => { try { return JSON.parse(text); } catch { return {}; } };
const said = (room) => {
  const message = json(room.lastest_msg_kf_content);
  return message.type === "EndRoom" ? "会话已结束" : json(message.content).content ?? "";
};

function row(room) {
  const { nickname, unread_msg_num: unread } = json(room.extra_info);
  return h("div", { class: "room", "data-room-id": room.room_id, onclick: trusted(() => open(room)) },
    h("span", { class: "chat-customer-name" }, nickname), h("span", { class: "preview" }, said(room)),
    h("span", { class: "hint" }, clockTime(Number(room.update_time) * 1000)),
    unread ? h("span", { class: "badge" }, String(unread)) : null);
}

// Opening a conversation marks it as read, which the buyer sees.
async function open(room) {
  chosen = room.room_id;
  const input = h("textarea", { id: "input-textarea" });
  const send = trusted(() => kf("msg", "send_room_msg", { body: { room_id: chosen, content: input.value } }));
  chat.replaceChildren(input, h("button", { type: "button", onclick: send }, "发送"));
  await kf("summary", "update_room_cursor", { body: { room_id: chosen } });
}

async function more() {
  if (asking || whole) return;
  asking = true;
  try {
    const query = { offset: rooms.length, limit: AT_ONCE };
    const fresh = (await kf("summary", "get_session_summary", { query }))[K.rooms];
    whole = fresh.length < AT_ONCE;
    rooms.push(...fresh);
    inner.replaceChildren(...rooms.map(row));
    state.textContent = rooms.length ? "" : "暂无会话";
  } catch (error) {
    if (!(error instanceof Blocked)) state.textContent = "系统繁忙，请稍后再试";
  } finally {
    asking = false;
  }
}

function nearTheEnd() {
  if (list.scrollTop + list.clientHeight >= list.scrollHeight - NEAR_THE_END_PX) more();
}

async function begin() {
  rooms.length = 0;
  whole = false;
  await more();
}

mount(h("div", {}, header(), h("div", { class: "below" },
  h("aside", { class: "talks" }, h("div", { class: "menu-list-tab" }, "当前会话"), list, state), chat)));
listen(boot.sites.shop, begin);
begin();
kf("acct", "get_kf_acct", { body: { status_list: [1, 2], offset: 0, limit: AT_ONCE } })
  .catch(() => undefined);
