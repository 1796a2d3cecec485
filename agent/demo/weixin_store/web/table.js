// The ticket table in both builds, and the pager below it.

import { N, boot, dateTime, h, now, spell, ui, yuan } from "./kit.js";
import { trusted } from "./frame.js";

// Numbers in the one build, official words in the other.
const TYPES = { REFUND: "仅退款", RETURN: "退货退款", EXCHANGE: "换货", 1: "仅退款", 2: "退货退款",
  3: "换货" };
const STATES = {
  USER_CANCELD: [1, "用户取消申请"], MERCHANT_PROCESSING: [2, "商家受理中"],
  MERCHANT_REJECT_REFUND: [4, "商家拒绝退款"], MERCHANT_REJECT_RETURN: [5, "商家拒绝退货退款"],
  USER_WAIT_RETURN: [6, "待买家退货"], RETURN_CLOSED: [7, "退货退款关闭"],
  MERCHANT_WAIT_RECEIPT: [8, "待商家收货"], MERCHANT_OVERDUE_REFUND: [12, "商家逾期未退款"],
  MERCHANT_REFUND_SUCCESS: [13, "退款完成"], MERCHANT_RETURN_SUCCESS: [14, "退货退款完成"],
  PLATFORM_REFUNDING: [15, "平台退款中"], PLATFORM_REFUND_FAIL: [16, "平台退款失败"],
  USER_WAIT_CONFIRM: [17, "待用户确认"],
  MERCHANT_REFUND_RETRY_FAIL: [18, "商家打款失败，客服关闭售后"], MERCHANT_FAIL: [19, "售后关闭"],
};
const DISPUTES = {
  100: "待商家处理纠纷", 101: "待客服处理", 102: "取消客服介入", 103: "客服处理中",
  104: "待用户补充凭证", 105: "用户已补充凭证", 106: "待商家补充凭证", 107: "商家已补充凭证",
  108: "待双方补充凭证", 109: "双方补充凭证超时", 110: "待商家确认", 111: "商家申诉中",
  112: "调解完成", 113: "待客服核实", 114: "重新退款中", 115: "退款核实完成", 116: "调解关闭",
  305: "用户补充凭证超时", 307: "商家补充凭证超时",
};
const OPEN = [2, 8];
const NUMBERS = ["售后单号", "订单编号", "申请时间"];
const COLUMNS = ["商品信息", "售后类型", "退款金额", "售后状态", "纠纷单", "操作"];

// The one build's answers have underscores in their keys, the other's have not.
export function camel(value) {
  if (Array.isArray(value)) return value.map(camel);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) =>
    [key.replace(/_([a-z])/g, (_found, letter) => letter.toUpperCase()), camel(member)]));
}

const state = (ticket) => STATES[ticket.status] ??
  Object.values(STATES).find(([number]) => number === ticket.status) ?? [0, String(ticket.status)];

function timeLeft(node) {
  const left = Math.floor(Number(node.dataset.due) - now() / 1000);
  return left > 0 ? `${spell(left)}后${node.dataset.then}` : "已逾期";
}

function countdown(ticket) {
  if (!ticket.deadline) return h("div", { class: "due" });
  const node = h("div", { class: "due", "data-due": ticket.deadline,
    "data-then": ticket.timeoutAction });
  node.textContent = timeLeft(node);
  const ticking = setInterval(() => {
    if (!node.isConnected) clearInterval(ticking);
    else node.textContent = timeLeft(node);
  }, 1000);
  return node;
}

const td = (...children) => h("td", { class: ui("table__td"), [N.scope]: true }, ...children);

const numbers = (ticket) => [`${NUMBERS[0]}：${ticket.afterSaleOrderId}`,
  `${NUMBERS[1]}：${ticket.orderId}`, `${NUMBERS[2]}：${dateTime(ticket.createTime, "-")}`];

const product = (ticket) => h("div", { class: "goods" },
  h("div", { class: N.thumb }, ticket.productInfo.title.slice(0, 1)),
  h("div", {}, h("div", {}, ticket.productInfo.title),
    h("div", { class: "hint" }, ticket.productInfo.skuName)));

function dispute(ticket) {
  if (!ticket.complaintId) return td("-");
  return td(h("div", {}, `纠纷单号：${ticket.complaintId}`),
    h("div", {}, DISPUTES[ticket.complaintOrderStatus] ?? ""));
}

function cells(ticket, decide) {
  const button = (title, name) => h("button", { type: "button",
    class: `${ui("btn")} ${ui("btn_default")}`, onclick: trusted(() => decide(name, ticket)) }, title);
  const [code, wording] = state(ticket);
  const actions = OPEN.includes(code)
    ? [button("同意", "acceptAfterSale"), button("拒绝", "rejectAfterSale")] : [];
  return [td(product(ticket)),
    td(h("div", {}, TYPES[ticket.type]), h("div", {}, `原因：${ticket.reasonText}`)),
    td(`¥${yuan(ticket.refundInfo.amount)}`),
    td(h("div", {}, wording), countdown(ticket)), dispute(ticket), td(actions)];
}

function rows(ticket, decide) {
  const lines = numbers(ticket);
  if (!boot.spread) {
    return [h("tr", {}, td(lines.map((line) => h("div", {}, line))), cells(ticket, decide))];
  }
  const head = h("td", { class: ui("table__td"), colspan: COLUMNS.length },
    lines.map((line) => h("span", { class: "number" }, line)));
  return [h("tr", {}, head), h("tr", {}, cells(ticket, decide))];
}

export function table(items, decide) {
  if (!items.length) return h("div", { class: "nothing" }, "暂无数据");
  const columns = boot.spread ? COLUMNS : ["售后单信息", ...COLUMNS];
  return h("table", { class: ui("table"), [N.scope]: true },
    h("thead", {}, h("tr", {}, columns.map((name) => h("th", {}, name)))),
    h("tbody", {}, items.flatMap((ticket) => rows(ticket, decide))));
}

export function pager(page, last, total, turn) {
  const button = (title, to) => h("a", { class: `${ui("btn")} ${ui("btn_mini")}`,
    hidden: to < 1 || to > last, onclick: trusted(() => turn(to)) }, title);
  const number = (one) => h("label", { onclick: trusted(() => turn(one)),
    class: `${ui("pagination__num")} ${one === page ? ui("pagination__num_current") : ""}` },
  String(one));
  // However many pages there are, the first and the last are always among the numbers.
  const near = Array.from({ length: last }, (_, index) => index + 1)
    .filter((one) => one === 1 || one === last || Math.abs(one - page) < 3);
  return h("div", { class: ui("pagination") }, h("span", {}, `共 ${total} 条`),
    button("上一页", page - 1), near.map(number), button("下一页", page + 1));
}
