// The table of the list, two rows a dispute, in the two builds that there are; the pager below it.

import { N, boot, dateTime, h, ui } from "./kit.js";

const COLUMNS = ["宝贝", "买家实付", "退款总额", "退款原因", "物流状态", "售后状态", "操作"];
const SHORT = "没有符合条件的宝贝";
const LONG = "没有符合条件的宝贝，请尝试其他搜索条件。";
const DETAIL = "/home.htm/trade-platform/refund-list/detail";

const td = (...children) => h("td", {}, ...children);
const labelled = (label, value) => h("span", {}, `${label} ${value}`);

const firstRow = (row) =>
  h("tr", { class: boot.build === "b" ? ui("table-group-header") : null },
    h("td", { colspan: String(COLUMNS.length) },
      labelled("售后单号", row.disputeId), labelled("订单编号", row.bizOrderId),
      labelled("申请时间", dateTime(row.gmtCreate / 1000, "-")),
      h("span", {}, row.disputeTypeDesc), h("span", {}, row.buyerNick)));

function secondRow(row, actions) {
  const body = row.disputeBodyVO;
  return h("tr", {},
    td(h("div", {}, body.itemInfo.title), h("div", {}, `商品ID ${body.itemInfo.auctionId}`)),
    td(labelled("买家实付", `￥${body.buyerActualFee}`)),
    td(labelled("退款总额", `￥${body.refundFee}`)),
    td(labelled("原因", row.reasonText)), td(row.logisticsText), td(row.statusDesc),
    td(actions(row),
      h("a", { href: `${DETAIL}?disputeId=${row.disputeId}&type=1`, target: "_blank" },
        "查看详情")));
}

const head = () => h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", {}, name))));
const nothing = () => h("tr", {}, h("td", { colspan: String(COLUMNS.length), class: "nothing" },
  boot.build === "b" ? LONG : SHORT));

function whole(rows, actions) {
  const body = rows.length
    ? rows.flatMap((row) => [firstRow(row), secondRow(row, actions)]) : nothing();
  return h("table", {}, head(), h("tbody", {}, body));
}

function grouped(rows, actions) {
  const one = (row) => h("table", { class: ui("table-row"), role: "row" },
    h("tbody", {}, firstRow(row), secondRow(row, actions)));
  return h("div", { class: ui("table-body") }, h("table", {}, head()),
    rows.length ? rows.map(one) : h("table", {}, h("tbody", {}, nothing())));
}

// `rows` is null as long as the answer is not there: then there is neither a row nor their absence.
export function table(rows, actions) {
  if (!rows) return h("div", { class: ui("loading-tip") }, h("table", {}, head()), "加载中...");
  return boot.build === "b" ? grouped(rows, actions) : whole(rows, actions);
}

export const emptyTable = () => table([], () => []);

export function pager(view, size, turn) {
  const last = Math.max(1, Math.ceil(view.total / size));
  const shown = [1, view.page - 1, view.page, view.page + 1, last];
  const numbers = [...new Set(shown.filter((page) => page >= 1 && page <= last))];
  const button = (text, page, role, disabled) =>
    h("button", { class: `${ui("btn")} ${ui("pagination-item")} ${role}`, disabled,
      onclick: () => turn({ page }) }, text);
  return h("div", { class: ui("pagination"), hidden: !view.rows },
    h("span", { class: ui("pagination-total") }, "共 ", h("b", {}, String(view.total)), " 条"),
    button("上一页", view.page - 1, ui("prev"), view.page <= 1),
    numbers.map((page) => button(String(page), page, page === view.page ? ui("current") : "")),
    button("下一页", view.page + 1, ui("next"), view.page >= last));
}
