// The work orders: filter cards and a list of blocks with a countdown each.

import { K, N, boot, everySecond, h, now, parts } from "./kit.js";
import { call, watch } from "./calls.js";
import { quietly } from "./quiet.js";
import { toast } from "./toast.js";
import { box, card, check, pager } from "./beast.js";
import { frame } from "./shell.js";

const FILTERS = [["待处理", [0], 0], ["2小时内将逾期", [4], 4], ["处理中", [1], 1],
  ["违规已处理", [3], 3]];
const WEEK_S = 7 * 24 * 3600;

// That the page opens without a filter is a guess.
const view = { states: [], page: boot.page, size: 10, items: [], total: 0, asked: 0 };
const cards = new Map();
const list = h("div", { class: "panel" });

function load(change) {
  Object.assign(view, change);
  quietly(ask);
}

async function ask() {
  const turn = ++view.asked;
  const end = Math.floor(now() / 1000) + 24 * 3600;
  const [answer, counts] = await Promise.all([
    call("/strickland/sop/mms/todoList", { serviceStatus: view.states, problemType: [null],
      createStartTime: end - WEEK_S, createEndTime: end, pageNum: view.page, pageSize: view.size }),
    call("/strickland/sop/mms/statusCount", {})]);
  if (turn !== view.asked) return;
  for (const { status, count } of counts) {
    const known = FILTERS.find(([, , code]) => code === status);
    if (known) cards.get(known[0]).number.textContent = String(count);
  }
  view.items = answer[K.work_orders];
  view.total = answer.total;
  paint();
}

function timeLeft(node) {
  const [days, hours, minutes, seconds] = parts(Number(node.dataset.due) - now() / 1000);
  return `剩${days * 24 + hours}时${minutes}分${seconds}秒`;
}

everySecond("[data-due]", timeLeft);

function row(item) {
  const left = h("span", { class: "left", "data-due": item.deadline });
  left.textContent = timeLeft(left);
  const reply = () => quietly(async () => {
    await call("/strickland/sop/mms/reply", { instanceId: item.instanceId });
    toast("操作成功");
  });
  return h("div", { class: N.work_item },
    h("div", { class: N.work_header }, "订单编号：",
      h("span", { class: N.work_sn }, item.orderSn), left),
    h("div", { class: "cells" },
      h("div", {}, item.problemTitle), h("div", {}, item.goodsName),
      h("div", {}, item.externalDisplayName),
      h("div", {}, h("button", { onclick: reply }, "回复"),
        h("a", { href: `/aftersales/work_order/tododetail?id=${item.instanceId}`,
          target: "_blank" }, "查看详情"))));
}

function paint() {
  list.replaceChildren(
    ...(view.items.length ? view.items.map(row) : [h("div", { class: "none" }, "暂无工单")]),
    pager(view, load, true));
}

for (const [name, states] of FILTERS) {
  cards.set(name, card(name, () => { check(cards, name); load({ states, page: 1 }); }));
}
frame(box(h("div", { class: "panel cards" }, [...cards.values()].map(({ node }) => node)), list));
paint();
load({});
watch("aftersale", () => load({}));
