// One row of Feige's conversation list, in the shape of either build.

import { N, boot, clockTime, h, now, ui } from "./kit.js";

const FACE = "data:image/svg+xml," + encodeURIComponent(
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'><rect width='40' height='40' " +
  "fill='#c9d8f5'/><circle cx='20' cy='15' r='7' fill='#fff'/><ellipse cx='20' cy='37' rx='13' " +
  "ry='12' fill='#fff'/></svg>");

// 35秒, 4分, 2时: how long the buyer has been waiting.
export function spellWait(seconds) {
  if (seconds < 60) return `${seconds}秒`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}分`;
  return `${Math.floor(seconds / 3600)}时`;
}

export const waited = (node) =>
  spellWait(Math.max(0, Math.floor(now() / 1000 - Number(node.dataset.since))));

function age(chat) {
  if (chat.since) {
    const node = h("div", { class: N.age, "data-since": chat.since });
    node.textContent = waited(node);
    return node;
  }
  return h("div", { class: boot.build === "old" ? N.time : N.age },
    chat.time ? clockTime(chat.time) : "");
}

// Number and tags share one corner, which is there even when it is empty.
function badge(chat) {
  const number = chat.unread > 0
    ? h("sup", { class: `${ui("scroll-number")} ${ui("badge-count")}`, title: String(chat.unread) },
      String(chat.unread))
    : null;
  const texts = boot.build === "old" && chat.repeat ? ["重复来访", ...chat.tags] : chat.tags;
  const tags = texts.map((tag) => h("span", { class: N.cardTag }, tag));
  return h("div", { class: N.badge }, number, tags);
}

function kindOf(chat) {
  if (boot.build === "new") return "recent";
  if (chat.system) return "systemConv";
  return chat.ended ? "recent" : "current";
}

export function chatRow(chat, { active, open }) {
  const classes = [N.conversationCard, chat.since ? N.needReply : "", active ? N.activeRow : ""];
  const label = chat.repeat && boot.build === "new" ? h("span", { class: N.userLabel }, h("span", {}, "重复来访")) : null;
  return h("div", { class: classes.filter(Boolean).join(" "), "data-kora": "conversation",
    "data-qa-id": "qa-conversation-chat-item", onclick: () => open(chat),
    "data-btm-id": `a9034.b39122.c0467.${kindOf(chat)}`,
    style: chat.since ? "background: rgb(255, 243, 232)" : null },
  h("span", { class: "edge" }),
  h("div", { class: N.avatar }, h("img", { alt: "头像", src: FACE })),
  h("div", { class: "middle" },
    h("div", { class: N.nameLine, title: chat.buyer },
      h("span", { class: N.nameContent }, chat.buyer), label),
    h("div", { class: N.preview, "data-btm": chat.lastId }, h("span", {}, chat.preview))),
  h("div", { class: "corner" }, age(chat), badge(chat)));
}
