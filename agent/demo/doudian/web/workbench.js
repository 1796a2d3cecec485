// The after-sales workbench: cards, filters and list, filled by the page's own calls.

import { N, boot, h, ui } from "./kit.js";
import { fxg, listen, onUnblocked } from "./calls.js";
import { quietly } from "./quiet.js";
import { frame, noPermission, replaceContent } from "./shell.js";
import { pager, table } from "./table.js";
import { toast } from "./toast.js";

const GROUPS = [
  ["紧急", [["投诉至监管", "all_audit_reg_spill"], ["临期待处理", "approaching_deadline_audit"],
    ["催售后", "urge_audit"], ["重复进线", "repeat_contact"]]],
  ["待商家审核", [["未发货退款", "presale_all_audit"], ["已发货退款", "refund_audit"],
    ["退货退款", "return_audit"], ["换货", "exchange_audit"], ["补寄", "resend_audit"],
    ["维修", "repair_audit"]]],
  ["待商家收/发货", [["全部待收货/发货", "wait_for_receive_and_delivery"],
    ["退货待收货", "return_for_receive"], ["换货待收货/发货", "exchange_for_receive"]]],
  ["待消费者处理", [["待退货", "wait_user_delivery"]]],
  ["纠纷", [["仲裁待协商", "arbitrate_pending_negotiation"],
    ["仲裁待举证", "arbitrate_pending_evidence"], ["仲裁平台处理中", "arbitrate_pending"]]],
];
const FIELDS = [...GROUPS.flatMap(([, cards]) => cards.map(([, field]) => field)),
  "wait_user_sign", "exchange_wait_user_sign"].filter((field) => field !== "repeat_contact");
// How long the old list stays on screen when another card is clicked without clearing first.
const STALE_MS = 700;

const view = { card: "", page: boot.page, size: 10, items: null, total: 0, asked: 0 };
const cards = new Map();
const list = h("div", { class: "panel" });

function card([label, field]) {
  const number = h("span", { class: N.count }, "-");
  const node = h("div", { class: N.groupItem, onclick: () => selectCard(field) },
    h("span", { class: N.label }, label), number);
  cards.set(field, { node, number });
  return node;
}

const group = ([title, entries]) =>
  h("div", { class: "card-group" }, h("div", { class: N.groupTitle }, title),
    h("div", { class: N.groupItems }, entries.map(card)));

const kora = (status) => JSON.stringify({ page_name: "aftersale_list", button_status: status });

function filters() {
  const fold = h("button", { class: ui("btn-link"), "data-kora-json": kora("fold"),
    onclick: () => { fields.hidden = !fields.hidden; } }, "收起/展开");
  const input = (placeholder) => h("input", { class: ui("input"), placeholder });
  const fields = h("div", { class: "filter-fields" },
    input("请输入订单编号"), input("请输入售后编号"), input("请输入商品名称/ID"));
  return h("div", { class: "panel" }, fields,
    h("div", { class: "filter-buttons" },
      h("button", { class: ui("btn-primary"), "data-kora-json": kora("search"),
        onclick: () => reload({ page: 1 }) }, "查询"),
      h("button", { class: ui("btn"), "data-kora-json": kora("reset"), onclick: reset }, "重置"),
      fold));
}

function reset() {
  paintSelection("");
  reload({ page: 1, card: "" });
}

function paintSelection(field) {
  cards.forEach(({ node }, key) => node.classList.toggle(N.selected, key === field));
}

// A card clicked while another is selected leaves the old list standing for a while.
function selectCard(field) {
  const next = view.card === field ? "" : field;
  const wait = view.card && next ? STALE_MS : 0;
  paintSelection(next);
  view.card = next;
  setTimeout(() => reload({ page: 1 }), wait);
}

// Shows the spinner on an empty table, then what the platform answers.
function reload(change) {
  Object.assign(view, change, { items: null });
  paint();
  refresh();
}

// Keeps what is on screen until the answer is there.
function refresh() {
  quietly(ask);
}

async function ask() {
  const turn = ++view.asked;
  const [answer] = await Promise.all([askList(), askCounts()]);
  if (turn !== view.asked) return;
  if (answer.code === "-10001") return replaceContent(noPermission());
  if (answer.code !== 0) return toast(answer.msg);
  if (!document.contains(list)) replaceContent(...body);
  view.items = Object.values(answer.data).find(Array.isArray);
  view.total = answer.total;
  paint();
}

function askList() {
  return fxg("/after_sale/pc/list", { body: {
    page: view.page, pageSize: view.size, order_by: ["status_deadline asc"], conf_version: "v13",
    search_receiver: "", after_sale_status: view.card, after_sale_type: "", reason: "",
    negotiate_status: "", order_flag: [], order_logistics_state: [],
    shop_hit_gray_info: { list_v1: { hit: true } } } });
}

async function askCounts() {
  const [counts, config] = await Promise.all([
    fxg("/shopuser/aftersale/counts", { query: { fields: FIELDS.join(",") } }),
    fxg("/shopuser/aftersale/getAfterSaleListShowConfig", { query: { shop_hit_gray_info: "{}" } }),
  ]);
  const numbers = { ...counts.data, ...config.data };
  cards.forEach(({ number }, field) => {
    if (field in numbers) number.textContent = String(numbers[field]);
  });
}

async function act(ticket, action) {
  const answer = await fxg("/v1/aftersale/pc/audit",
    { body: { after_sale_id: ticket.after_sale_info.after_sale_id, action } });
  toast(answer.code === 0 ? "操作成功" : answer.msg);
  if (!boot.push) refresh();
}

function paint() {
  list.replaceChildren(
    table(view.items, (ticket, action) => quietly(() => act(ticket, action))),
    pager(view, (change) => reload(change)));
}

const body = [
  h("div", { class: "panel cards" }, GROUPS.map(group)), filters(), list];
frame(...body);
paint();
onUnblocked(refresh);
listen(boot.sites.fxg, (heard) => { if (heard.topic === "aftersale") refresh(); });
quietly(() => Promise.all([
  fxg("/v1/aftersale/get_msg_box", { query: { msg_box_scene: "1" } }),
  fxg("/v1/aftersale/grayHit", { query: { scene: "list_v1" } }),
]));
refresh();
