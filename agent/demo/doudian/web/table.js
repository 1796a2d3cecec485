// The ticket table, two rows a ticket, and the pager below it.

import { N, dateTime, everySecond, h, now, spell, ui, yuan } from "./kit.js";
import { fxg } from "./calls.js";
import { quietly } from "./quiet.js";

const COLUMNS = ["商品信息", "订单信息", "售后信息", "售后状态", "纠纷仲裁", "物流信息", "操作"];
const AWAITS_MERCHANT = 6;
const SIZES = [10, 20, 50, 100];
// Parcels are filled in after the row, from a call of their own.
const LOGISTICS_MS = 250;

const pair = (label, value) => h("div", {}, `${label} ${value}`);
const td = (...children) => h("td", { class: ui("table-cell") }, children);
const checkbox = () => h("input", { type: "checkbox", class: ui("checkbox-input") });

function headerRow(ticket) {
  const info = ticket.after_sale_info;
  const ids = { order_id: info.related_id, after_sale_id: info.after_sale_id };
  const tags = info.after_sale_tags.map((tag) => h("span", { class: N.tag }, tag.tag_name));
  return h("tr", { class: `${ui("table-row")} ${ui("table-row-level-0")}`,
    "data-row-key": info.after_sale_id },
  td(checkbox()),
  h("td", { class: ui("table-cell"), colspan: "7" },
    h("div", { class: "ticket-head", "data-kora-json": JSON.stringify(ids) },
      h("span", {}, `订单编号 ${info.related_id}`),
      h("span", {}, `售后编号 ${info.after_sale_id}`),
      h("span", {}, ticket.text_part.after_sale_type_text), tags)));
}

function productCell(sku) {
  return h("div", { class: "product" },
    h("div", { class: "thumb" }, sku.product_name.slice(0, 1)),
    h("div", {}, h("div", { class: N.name }, sku.product_name),
      h("div", { class: N.spec }, sku.sku_spec.map((part) => part.value).join("；")),
      h("span", { class: N.tag }, "7天无理由")));
}

function countdown(ticket) {
  const line = h("div", { class: "countdown" });
  const due = ticket.after_sale_info.status_deadline;
  if (due) {
    line.dataset.due = due;
    line.dataset.then = ticket.text_part.deadline_text;
    line.textContent = timeLeft(line);
  }
  return line;
}

function timeLeft(line) {
  const left = Math.floor(Number(line.dataset.due) - now() / 1000);
  return left > 0 ? `${spell(left)}后${line.dataset.then}` : "已逾期";
}

everySecond(".countdown[data-due]", timeLeft);

function logisticsCell(ticket) {
  const cell = h("div", { class: "logistics" }, "-");
  const info = ticket.after_sale_info;
  const fill = async () => {
    const query = { after_sale_id: info.after_sale_id, order_id: info.related_id };
    const { data } = await fxg("/v1/aftersale/pc/detail", { query });
    const states = data.logistics_info.return.map((trace) => h("div", {}, trace.state));
    cell.replaceChildren(...states);
  };
  if (ticket.text_part.logistics_shipped_text) {
    setTimeout(() => { if (cell.isConnected) quietly(fill); }, LOGISTICS_MS);
  }
  return cell;
}

// What agreeing is called depends on whether money or goods go back.
export const consentText = (type) => ([0, 1, 2, 6].includes(type) ? "同意退款" : "同意申请");

function actions(ticket, act) {
  const info = ticket.after_sale_info;
  const button = (text, action) =>
    h("button", { class: ui("btn-link"), onclick: () => act(ticket, action) }, text);
  const address = `/ffa/maftersale/aftersale/detail-v3?aftersale_id=${info.after_sale_id}`;
  const open = info.after_sale_status === AWAITS_MERCHANT;
  const consent = consentText(info.after_sale_type);
  return h("div", { class: "actions" },
    open ? [button(consent, "agree"), button("拒绝", "refuse")] : [],
    h("a", { href: address, target: "_blank" }, "查看详情"));
}

function dataRow(ticket, act) {
  const info = ticket.after_sale_info;
  const sku = ticket.order_info.related_order_info[0];
  const text = ticket.text_part;
  return h("tr", { class: `${ui("table-row")} ${ui("table-row-level-1")}`,
    "data-row-key": `${info.after_sale_id}-child-0` },
  td(), td(productCell(sku)),
  td(pair("应付金额", `¥${yuan(sku.pay_amount)}`), pair("购买件数", sku.item_num)),
  td(pair("售后退款", `¥${yuan(info.refund_amount)}`), pair("申请原因", text.reason_text),
    pair("申请时间", dateTime(info.apply_time)), pair("申请件数", info.after_sale_apply_count)),
  td(h("div", {}, text.after_sale_status_text), countdown(ticket)),
  td(text.arbitrate_status_text), td(logisticsCell(ticket)), td(actions(ticket, act)));
}

const emptyRow = () =>
  h("tr", { class: `${ui("table-placeholder")} ${N.emptyRow}` },
    h("td", { colspan: "8", class: "nothing" }, "暂无数据"));

const spinner = () =>
  h("div", { class: `${ui("spin")} ${ui("spin-spinning")}` },
    h("span", { class: ui("spin-dot") }), h("div", { class: ui("spin-text") }, "加载中"));

// Before the first answer there are neither rows nor the sign that there are none.
export function table(items, act) {
  let rows = [];
  if (items) rows = items.flatMap((ticket) => [headerRow(ticket), dataRow(ticket, act)]);
  if (items && !items.length) rows = [emptyRow()];
  const head = h("tr", {}, h("th", { class: ui("table-selection-column") }),
    COLUMNS.map((name) => h("th", { class: ui("table-cell") }, name)));
  return h("div", { class: ui("table-wrapper") }, items ? null : spinner(),
    h("div", { class: ui("table") },
      h("table", {}, h("thead", { class: ui("table-thead") }, head),
        h("tbody", { class: ui("table-tbody") }, rows))));
}

function pageItem(number, view, turn) {
  const active = number === view.page ? ` ${ui("pagination-item-active")}` : "";
  return h("li", { title: String(number), onclick: () => turn({ page: number }),
    class: `${ui("pagination-item")} ${ui(`pagination-item-${number}`)}${active}` },
  h("a", {}, String(number)));
}

function step(name, text, isOff, go) {
  const off = isOff ? ` ${ui("pagination-disabled")}` : "";
  return h("li", { class: `${ui(`pagination-${name}`)}${off}`, title: text,
    "aria-disabled": String(isOff) },
  h("button", { type: "button", disabled: isOff, onclick: go }, name === "next" ? "›" : "‹"));
}

function sizeChanger(view, turn) {
  const options = SIZES.map((size) =>
    h("div", { class: ui("select-item-option"), title: `${size} 条/页`,
      onclick: () => turn({ size, page: 1 }) }, `${size} 条/页`));
  const menu = h("div", { class: ui("select-dropdown"), hidden: true }, options);
  return h("li", { class: ui("pagination-options") },
    h("div", { class: `${ui("select")} ${ui("pagination-options-size-changer")}`,
      onclick: () => { menu.hidden = !menu.hidden; } },
    h("span", { class: ui("select-selection-item"), title: `${view.size} 条/页` },
      `${view.size} 条/页`), menu));
}

export function pager(view, turn) {
  const last = Math.max(1, Math.ceil(view.total / view.size));
  const pages = Array.from({ length: last }, (_, index) => pageItem(index + 1, view, turn));
  const total = view.items ? `共 ${view.total} 条` : "";
  return h("ul", { class: ui("pagination") },
    h("li", { class: ui("pagination-total-text") }, total),
    step("prev", "上一页", view.page <= 1, () => turn({ page: view.page - 1 })),
    pages,
    step("next", "下一页", view.page >= last, () => turn({ page: view.page + 1 })),
    sizeChanger(view, turn));
}
