// The after-sales workbench: numbers, quick filters, and the list that stays empty without one.

import { K, N, boot, dateTime, everySecond, h, now, parts, yuan } from "./kit.js";
import { call, watch } from "./calls.js";
import { quietly } from "./quiet.js";
import { toast } from "./toast.js";
import { box, card, check, pager } from "./beast.js";
import { frame } from "./shell.js";

const TOP = [["24小时内将逾期订单数", "overdueSoon"], ["24小时内待商家举证", "evidenceSoon"],
  ["24小时内平台同意退款", "platformSoon"], ["24小时内将逾期工单数", "workOrderSoon"]];
const AT_RISK = 5;

const view = { quick: null, page: 1, size: 10, items: [], total: 0, asked: 0 };
const cards = new Map();
const top = h("div", { class: "panel numbers" });
const warning = h("div", { class: "warning", hidden: true });
const list = h("div", { class: "panel" });

function choose(code) {
  check(cards, code);
  // The page comes back to where it was left: the first filter opens on the page remembered.
  const page = view.quick === null ? boot.page : 1;
  load({ quick: code, page });
}

// What is on screen stays until the answer is there: at first that is the sign of emptiness.
function load(change) {
  Object.assign(view, change);
  quietly(ask);
}

async function ask() {
  const turn = ++view.asked;
  const [answer] = await Promise.all([askList(), askCounts()]);
  if (turn !== view.asked) return;
  view.items = answer[K.tickets];
  view.total = answer.total;
  paint();
}

function askList() {
  return call("/mercury/mms/afterSales/queryList", {
    pageNumber: view.page, pageSize: view.size, quickSearchType: view.quick, searchText: null,
    afterSalesStatusList: null, afterSalesType: null, reasonCodeList: null, operateType: null,
    startCreatedTime: null, endCreatedTime: null, speedRefund: null, disputeRefund: null,
    merchantAppeal: null, platformJoined: null, orderByExpireTimeAsc: true,
    orderByCreatedAtDesc: null, fromAfterSalesListPage: true });
}

async function askCounts() {
  const counts = await call("/mercury/mms/afterSales/queryCount", {});
  cards.forEach(({ number }, code) => { number.textContent = String(counts[`quick${code}`]); });
  top.replaceChildren(...TOP.map(([label, key]) =>
    box(h("span", {}, label), h("b", {}, ` ${counts[key]}单`))));
  const risk = counts[`quick${AT_RISK}`];
  warning.hidden = risk === 0;
  warning.textContent = `因客服未及时帮消费者解决问题，有${risk}笔售后单存在投诉风险，`
    + "如消费者发起投诉，平台将介入处理";
}

const cell = (...children) => h("div", { class: N.cell }, children);

function countdown(item) {
  const node = h("span", { class: N.time });
  if (item.expireRemainTime > 0) {
    node.dataset.due = String(now() + item.expireRemainTime * 1000);
    node.dataset.then = item.expireActionDesc;
    node.textContent = timeLeft(node);
  }
  return node;
}

function timeLeft(node) {
  const [days, hours, minutes, seconds] = parts((Number(node.dataset.due) - now()) / 1000);
  return `（${days}天${hours}时${minutes}分${seconds}秒${node.dataset.then}）`;
}

everySecond("[data-due]", timeLeft);

function row(item) {
  const decide = (path) => () => quietly(async () => {
    await call(path, { id: item.id, orderSn: item.orderSn, version: item.version });
    toast("操作成功");
    load({});
  });
  const address = `/aftersales-ssr/detail?id=${item.id}&orderSn=${item.orderSn}`;
  return h("div", { class: N.order_item },
    h("div", { class: N.item_header },
      h("label", { class: N.checkbox }, h("input", { type: "checkbox" })),
      "订单编号：", h("span", { class: N.sn }, item.orderSn),
      h("div", { class: N.apply_time }, "申请时间：", h("span", {}, dateTime(item.createdAt, "-"))),
      countdown(item)),
    h("div", { class: "cells" },
      cell(h("div", { class: N.goods }, item.goodsName), h("div", { class: N.spec }, item.goodsSpec)),
      cell(h("div", { class: N.received }, `实收：¥${yuan(item.receiveAmount)}`),
        h("div", { class: N.refund }, `退款：¥${yuan(item.refundAmount)}`)),
      cell(item.sellerAfterSalesShippingStatusDesc),
      cell(item.afterSalesTypeName),
      cell(h("div", {}, item.afterSalesTitle)),
      cell("-"),
      cell(item.afterSalesReasonDesc),
      cell(h("button", { onclick: decide("/mercury/mms/afterSales/agreeRefund") },
        h("span", {}, "同意退款")),
      h("button", { onclick: decide("/mercury/merchant/afterSales/refuse") },
        h("span", {}, "拒绝")),
      h("a", { href: address, target: "_blank" }, h("span", {}, "查看详情")))));
}

function paint() {
  list.replaceChildren(
    h("div", { class: "tabs" }, `全部(${view.total})`),
    ...(view.items.length ? view.items.map(row) : [h("div", { class: "none" }, "暂无售后单")]),
    pager(view, load, boot.sizes));
}

for (const [code, name] of boot.filters) cards.set(code, card(name, () => choose(code)));
frame(top, warning, box(
  box(h("div", { class: "panel cards" }, [...cards.values()].map(({ node }) => node))),
  h("div", { class: "panel" },
    h("input", { placeholder: "请输入订单编号/物流单号/商品ID/售后编号", size: 50 }),
    h("button", {}, "查询")),
  list));
paint();
quietly(boot.asks_unfiltered ? ask : askCounts);
watch("aftersale", () => { if (view.quick !== null) load({}); else quietly(askCounts); });
