// One ticket's own page.

import { N, boot, dateTime, h, ui, yuan } from "./kit.js";
import { fxg, listen, onUnblocked } from "./calls.js";
import { quietly } from "./quiet.js";
import { frame, noPermission, replaceContent } from "./shell.js";
import { consentText } from "./table.js";
import { toast } from "./toast.js";

const AWAITS_MERCHANT = 6;
const id = new URLSearchParams(location.search).get("aftersale_id") ?? "";

const item = (title, value) =>
  h("div", { class: N.itemWrapper }, h("span", { class: N.itemTitle }, title),
    h("span", { class: N.itemDetail }, value));

async function act(action) {
  const answer = await fxg("/v1/aftersale/pc/audit", { body: { after_sale_id: id, action } });
  toast(answer.code === 0 ? "操作成功" : answer.msg);
  if (!boot.push) refresh();
}

function buttons(info) {
  if (info.after_sale_status !== AWAITS_MERCHANT) return [];
  const button = (text, action, kind) =>
    h("button", { class: ui(kind), onclick: () => quietly(() => act(action)) }, text);
  return [button(consentText(info.after_sale_type), "agree", "btn-primary"), button("拒绝", "refuse", "btn")];
}

function timeline(detail) {
  const traces = detail.logistics_info.return.map((trace) =>
    h("li", { class: ui("timeline-item") }, item(trace.state, dateTime(trace.time))));
  return h("ul", { class: ui("timeline") }, traces);
}

function show(detail) {
  const info = detail.after_sale_info;
  const sku = detail.order_info.related_order_info[0];
  const text = detail.text_part;
  const due = info.status_deadline ? `${dateTime(info.status_deadline)} 后${text.deadline_text}` : "-";
  return [
    h("div", { class: "panel" }, h("h2", {}, text.after_sale_status_text),
      item("处理时限", due), h("div", { class: "actions" }, buttons(info))),
    h("div", { class: "panel" }, item("订单编号", info.related_id),
      item("售后编号", info.after_sale_id), item("售后类型", text.after_sale_type_text),
      item("申请原因", text.reason_text), item("申请时间", dateTime(info.apply_time)),
      item("售后退款", `¥${yuan(info.refund_amount)}`), item("商品", sku.product_name),
      item("纠纷仲裁", text.arbitrate_status_text), item("订单备注", "-")),
    h("div", { class: "panel" }, h("h3", {}, "退货物流"), timeline(detail)),
  ];
}

async function ask() {
  const answer = await fxg("/v1/aftersale/pc/detail", { query: { after_sale_id: id, order_id: "" } });
  if (answer.code === "-10001") return replaceContent(noPermission());
  if (answer.code !== 0) return replaceContent(h("div", { class: "panel" }, answer.msg));
  replaceContent(...show(answer.data));
}

const refresh = () => quietly(ask);
frame(h("div", { class: "panel" }, "加载中"));
onUnblocked(refresh);
listen(boot.sites.fxg, (heard) => { if (heard.topic === "aftersale") refresh(); });
refresh();
