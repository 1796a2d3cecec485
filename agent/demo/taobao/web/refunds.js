// The refund list: numbers, tabs, filters, table and pager, filled by the page's own calls.

import { K, N, boot, h, ui } from "./kit.js";
import { mtop } from "./gateway.js";
import { frame, replaceContent } from "./shell.js";
import { toast } from "./toast.js";
import { emptyTable, pager, table } from "./table.js";

const PAGE_SIZE = 20;
const PENDING = ["全部", "24小时内待处理", "退款待处理", "待收货", "待举证"];
const NOTABLE = ["小二已介入", "商家已拒绝", "超时同意退款", "买家催促退款", "待买家处理"];
const TABS = ["全部售后", "退款（不含退货）", "未发货退款", "未收货退款", "待收货退款", "退货退款",
  "退运费", "换货"];
// A guess; which answers send a page here is one as well.
const NO_RIGHT = "您暂无退款管理的操作权限，请联系主账号授权";

const view = { page: boot.page, soon: "", rows: null, total: 0, asked: 0 };
const board = h("div", { class: `panel ${N.board}` });
const list = h("div", { class: "panel" });

function stat(label, number) {
  return h("div", { class: N.stat }, h("div", {}, label), h("div", { class: "number" }, number));
}

const group = (title, labels, numbers) =>
  h("div", { class: "stat-group" }, h("div", { class: "stat-title" }, title),
    labels.map((label) => stat(label, String(numbers[label]))));

async function showNumbers() {
  const data = await mtop("statistic", {}, { small: true });
  if (data) {
    board.replaceChildren(h("h3", {}, "售后单统计"),
      group("待处理售后", PENDING, data.resultData), group("需关注售后", NOTABLE, data.resultData),
      h("div", { class: "stat-group" }, stat("退款处理时长", "8.00h")));
  }
}

const asking = (extra = {}) => ({
  subPageGray: "0", isQnNew: true, isHideNick: true, quickQuerySelect: view.soon,
  refundStatusSelect: JSON.stringify(["-1"]), bizTypeSelect: "", csStatusSelect: "",
  refundReasonSelect: "", gridTab: "", disputeTypeSelect: "", unionSearch: "",
  pageNo: view.page, pageSize: PAGE_SIZE, ...extra });

async function ask() {
  const turn = ++view.asked;
  if (boot.build === "b") await mtop("disputelistv2", asking({ onlyDonut: true }));
  const data = await mtop("disputelistv2", asking(), { refused });
  if (turn !== view.asked || !data) return;
  view.rows = data.resultData[K.rows];
  view.total = data.resultData.total;
  paint();
}

// A list that did not come looks just like an empty one, but for a line that soon goes away.
function refused(why) {
  if (why.startsWith("FAIL_BIZ_NO_PERMISSION")) {
    return replaceContent(h("div", { class: "panel no-right" }, NO_RIGHT));
  }
  toast("系统开小差了，请稍后再试");
  list.replaceChildren(emptyTable());
}

function turn(change) {
  Object.assign(view, change, { rows: null });
  paint();
  load();
}

const load = () => ask().catch(() => refused("FAIL"));

async function act(disputeIds, action) {
  const data = await mtop("operate", { disputeIds, action }, { refused });
  if (data) toast("操作成功");
  load();
  showNumbers();
}

function paint() {
  const actions = (row) => [
    h("button", { class: ui("btn"), onclick: () => act([row.disputeId], "agree") }, "同意退款"),
    h("button", { class: ui("btn"), onclick: () => act([row.disputeId], "refuse") }, "拒绝退款"),
  ];
  list.replaceChildren(table(view.rows, actions), pager(view, PAGE_SIZE, turn));
}

const onScreen = () => (view.rows ?? []).map((row) => row.disputeId);
const filters = h("div", { class: `panel ${N.buttons}` },
  h("span", {}, "售后状态"), h("span", { class: ui("select") }, "进行中的订单"),
  h("span", {}, "申请时间"), h("input", { placeholder: "起始日期" }),
  h("input", { placeholder: "结束日期" }),
  h("button", { class: ui("btn"), onclick: () => turn({ page: 1 }) }, "查询"),
  h("button", { class: ui("btn"), onclick: () => turn({ page: 1, soon: "soon" }) },
    "24小时内即将超时"),
  h("button", { class: ui("btn"), onclick: () => act(onScreen(), "agree") }, "批量同意退款"),
  h("button", { class: ui("btn") }, "最近申请排序"));

// A tour of the page that lies over everything until somebody closes it.
function guide() {
  const close = h("button", { class: N.guide_close, onclick: () => veil.remove() }, "×");
  const veil = h("div", { class: "veil" },
    h("div", { class: N.guide }, close, h("p", {}, "新版退款管理上线了"),
      h("button", { class: "driver-popover-next-btn" }, "下一步")));
  document.body.append(veil);
}

frame(h("h2", {}, "退款管理"), board,
  h("div", { class: "panel tabs" }, TABS.map((name) => h("span", { class: ui("tabs-tab") }, name))),
  filters, list);
paint();
if (boot.build === "b") guide();
// Which list there is comes first; the token that all other calls are signed with comes along.
mtop("listversion", {}, { small: true }).catch(() => undefined).then(() => {
  load();
  showNumbers().catch(() => undefined);
});
