// The refund list, twenty a page, filled by the page's own call. Its look is a guess.

import { K, N, boot, dateTime, everySecond, h, now, spell, ui, yuan } from "./kit.js";
import { call, listen } from "./calls.js";
import { quietly } from "./quiet.js";
import { toast } from "./toast.js";
import { frame, noPermission, nothing, pager } from "./shell.js";

const LIST = "/rest/pc/aftersales/schema/refund/list/pagination";
const DAY_MS = 86400000;
const VIEWS = [["全部", undefined], ["待商家处理", 3]];
const WAYS = { 1: "退货退款", 10: "仅退款", 20: "未发货仅退款" };
const STATUS = { 10: "申请待商家", 12: "商家已拒绝待买家", 20: "协商纠纷，平台处理",
  22: "平台确认退货退款", 30: "待买家退货", 40: "待商家确认收货", 45: "待买家确认收货",
  50: "待系统执行", 60: "退款成功", 70: "退款关闭" };
const TO_AGREE = [10, 40];

// The page of one refund is the same list, asked for that one: what it is really like is not known.
const only = new URLSearchParams(location.search).get("refundId") ?? undefined;

const view = { page: only ? 1 : boot.page, size: 20, rows: null, total: 0, tab: undefined, way: 0, asked: 0 };
const list = h("div", { class: "panel" });

const timeLeft = (node) => {
  const left = Math.floor((Number(node.dataset.due) - now()) / 1000);
  return left > 0 ? `剩余${spell(left)}` : "已超时";
};
everySecond("[data-due]", timeLeft);

function countdown(row) {
  if (!row.expireTime || !TO_AGREE.includes(row.refundStatus)) return h("div", {}, "-");
  const node = h("div", { "data-due": row.expireTime });
  node.textContent = timeLeft(node);
  return node;
}

function actions(row) {
  const button = (text, agree) =>
    h("button", { class: ui("btn-link"), onclick: () => quietly(() => decide(row, agree)) }, text);
  const detail = h("a", { href: `/zone/refund/detail?refundId=${row.refundId}` }, "查看详情");
  return h("div", {},
    TO_AGREE.includes(row.refundStatus) ? [button("同意", true), button("拒绝", false)] : [], detail);
}

function cells(row) {
  return [
    h("div", {}, h("div", {}, `退款编号 ${row.refundId}`), h("div", {}, `订单编号 ${row.orderId}`)),
    h("div", {}, h("div", {}, row.itemTitle), h("div", {}, `买家 ${row.buyerNick}`)),
    h("div", {}, h("div", {}, WAYS[row.handlingWay] ?? "其他"), h("div", {}, row.refundReasonDesc)),
    h("div", {}, `¥${yuan(row.refundFee)}`),
    h("div", {}, h("div", {}, STATUS[row.refundStatus] ?? "处理中"), countdown(row),
      h("div", {}, row.expressLatestTraceState)),
    h("div", {}, dateTime(row.submitTime / 1000, "-")), actions(row)];
}

const asTable = (rows) => h("table", {}, h("tbody", {},
  rows.map((row) => h("tr", { class: N.row }, cells(row).map((cell) => h("td", {}, cell))))));
const asCards = (rows) => h("div", {}, rows.map((row) => h("div", { class: N.row }, cells(row))));

function paint() {
  const rows = view.rows ?? [];
  const body = N.row.startsWith("card") ? asCards(rows) : asTable(rows);
  const tabs = VIEWS.map(([title, tab]) =>
    h("button", { role: "tab", "aria-selected": String(tab === view.tab),
      onclick: () => reload({ tab, page: 1 }) }, title));
  const ways = h("select", { onchange: (event) => reload({ way: Number(event.target.value), page: 1 }) },
    [[0, "全部售后类型"], ...Object.entries(WAYS)].map(([way, title]) =>
      h("option", { value: way, selected: Number(way) === view.way }, title)));
  list.replaceChildren(h("div", { class: "tabs" }, tabs, ways),
    rows.length ? body : nothing(view.rows), pager(view, (page) => reload({ page })));
}

function reload(change) {
  Object.assign(view, change, { rows: null });
  paint();
  quietly(refresh);
}

async function refresh() {
  const turn = ++view.asked;
  const answer = await call(`${LIST}?caver=2`, { body: {
    applyTimeRange: [now() - 180 * DAY_MS, now() + DAY_MS], limit: view.size,
    offset: (view.page - 1) * view.size, sortWay: 2, handlingWay: view.way || undefined,
    orderViewStatus: view.tab, type: 1, boolCondition: [],
    refundId: only } });
  if (turn !== view.asked) return;
  if ((answer.error_msg ?? "").includes("权限")) return frame(noPermission(answer.error_msg));
  if (answer.result !== 1) return toast(answer.error_msg);
  view.rows = answer.data[K.resultList];
  view.total = answer.data.total;
  paint();
}

async function decide(row, agree) {
  const body = { refundId: String(row.refundId), agree };
  const answer = await call("/rest/pc/aftersales/schema/refund/audit", { body });
  toast(answer.result === 1 ? "操作成功" : answer.error_msg);
  await refresh();
}

frame(list);
paint();
listen(() => quietly(refresh));
quietly(refresh);
