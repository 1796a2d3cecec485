// The after-sales list, filled by the page's own call. Its look is a guess.

import { K, N, boot, everySecond, h, now, spell, ui } from "./kit.js";
import { call, listen, showNotice } from "./calls.js";
import { quietly } from "./quiet.js";
import { toast } from "./toast.js";
import { frame, nameShop, noPermission, nothing, pager } from "./shell.js";

const DAY_MS = 86400000;
// What the merchant must act on, and everything.
const VIEWS = { to_do: ["待商家处理", "1,3,12"], all: ["全部", "1,2,3,12,13,4,5,6,9,9001,14"] };
const TYPES = "1,2,3,4,5,6";
const TO_AUDIT = [1, 3];
// The page keeps which of the two was looked at last.
const KEPT = "aftersale_view";

// The page of one after-sale is the same list, searched for it: what it is really like is not known.
const only = new URLSearchParams(location.search).get("returnId") ?? "";

const view = { page: only ? 1 : boot.page, size: 20, rows: null, total: 0, asked: 0, keywords: only,
  tab: only ? "all" : localStorage.getItem(KEPT) ?? "to_do" };
const list = h("div", { class: "panel" });

// Whichever unit the platform counts in.
const moment = (value) => (value > 1e11 ? value : value * 1000);
const timeLeft = (node) => {
  const left = Math.floor((moment(Number(node.dataset.due)) - now()) / 1000);
  return left > 0 ? `剩余${spell(left)}` : "已超时";
};
everySecond("[data-due]", timeLeft);

function countdown(one) {
  if (!one.deadline_for_sort) return null;
  const node = h("div", { "data-due": one.deadline_for_sort });
  node.textContent = timeLeft(node);
  return node;
}

function actions(one) {
  const button = (text, agree) =>
    h("button", { class: ui("button"), onclick: () => quietly(() => audit(one, agree)) }, text);
  const detail = h("a", { href: `/app-order/aftersale/detail?returnId=${one.returns_id}` }, "详情");
  return h("div", {},
    TO_AUDIT.includes(one.status) ? [button("同意", true), button("拒绝", false)] : [], detail);
}

const row = (one) => h("div", { class: N.row },
  h("div", {}, h("div", {}, `售后单号 ${one.returns_id}`), h("div", {}, `订单号 ${one.order_id}`)),
  h("div", {}, h("div", {}, one.skus[0].name_without_v), h("div", {}, one.skus[0].sku_name),
    h("div", {}, one.nick_name)),
  h("div", {}, h("div", {}, one.return_type_name), h("div", {}, one.reason_name_zh),
    h("div", {}, `¥${one.applied_amount.toFixed(2)}`)),
  h("div", {}, h("div", {}, one.status_name), h("div", {}, one.sub_status_name), countdown(one)),
  actions(one));

function paint() {
  const tabs = Object.entries(VIEWS).map(([tab, [title]]) =>
    h("button", { role: "tab", "aria-selected": String(tab === view.tab),
      onclick: () => { localStorage.setItem(KEPT, tab); reload({ tab, page: 1 }); } }, title));
  const search = h("input", { placeholder: "售后单号/订单号", value: view.keywords,
    onchange: (event) => reload({ keywords: event.target.value, page: 1 }) });
  const rows = view.rows ?? [];
  list.replaceChildren(h("div", { class: "tabs" }, tabs, search),
    rows.length ? h("div", {}, rows.map(row)) : nothing(view.rows), pager(view, reload));
}

function reload(change) {
  Object.assign(view, change, { rows: null });
  paint();
  quietly(refresh);
}

async function refresh() {
  const turn = ++view.asked;
  const answer = await call("/api/edith/after-sales/returns/v3", { query: {
    page: view.page, number: view.size, keywords: view.keywords, "goods_source[]": "1,2",
    return_type_in: TYPES, sort: "deadline_for_sort_v1", order: "asc", status_in: VIEWS[view.tab][1],
    create_time_begin: Math.floor(now() - 180 * DAY_MS), create_time_end: Math.floor(now() + DAY_MS) } });
  if (turn !== view.asked) return;
  if (answer.msg.includes("权限")) return frame(noPermission(answer.msg));
  if (!answer.success) return toast(answer.msg);
  view.rows = answer.data[K.after_sales];
  view.total = answer.data.total_count;
  paint();
}

async function audit(one, agree) {
  const body = { returns_id: one.returns_id, agree };
  const answer = await call("/api/edith/after-sales/returns/audit", { body });
  toast(answer.success ? "操作成功" : answer.msg);
  await refresh();
}

frame(list);
paint();
listen(() => quietly(refresh));
quietly(showNotice);
quietly(async () => { await refresh(); await nameShop(); });
