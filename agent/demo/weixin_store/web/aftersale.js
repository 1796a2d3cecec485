// 售后处理: tabs, the table and its pages, all asked for by the page itself.

import { N, boot, h, ui } from "./kit.js";
import { Denied, faas } from "./calls.js";
import { Blocked } from "./quiet.js";
import { trusted } from "./frame.js";
import { camel, pager, table } from "./table.js";

const PAGE_SIZE = 10;
const TABS = [
  ["全部", {}],
  ["待商家处理", { status: "awaitingMerchant" }],
  ["待商家收货", { status: "awaitingReceipt" }],
  ["纠纷处理中", { complaintOrderStatus: "processing" }],
];

// A list that was left on another page than its first comes up there again; else with a filter.
const view = { tab: boot.page > 1 ? 0 : 1, page: boot.page, total: 0, items: null, trouble: "" };
let put = () => undefined;
let asked = 0;

const question = () => ({
  originalOrderIdList: [], orderIdList: [], waybillIdList: [], createTime: [null, null],
  completeTime: [null, null], moneyRange: ["", ""], status: "", type: "", reasonType: null,
  reason: null, receiverName: "", receiverTelNumberLast4: "", productMessage: "", orderClass: 0,
  suspectedRisk: 0, shipStatus: "", returnStatus: "", complaintOrderStatus: "",
  complaintOrderBlame: "", key: "", pendingForNSeconds: null, sortType: 11, pageSize: PAGE_SIZE,
  pageNum: view.page, needFetchTabTotalNum: true, ...TABS[view.tab][1],
});

async function load() {
  const number = ++asked;
  view.items = null;
  view.trouble = "";
  draw();
  try {
    const answer = camel(await faas("esSearchAfterSaleOrder", question()));
    if (number !== asked) return;
    view.items = Object.values(answer).find(Array.isArray);
    view.total = answer.totalNum;
  } catch (error) {
    if (error instanceof Blocked || number !== asked) return;
    view.trouble = error instanceof Denied ? "没有权限访问" : "系统繁忙，请稍后再试";
  }
  draw();
}

function choose(change) {
  Object.assign(view, change);
  load();
}

const tab = ([title], index) => {
  const here = index === view.tab;
  const open = trusted(() => { if (!here) choose({ tab: index, page: 1 }); });
  return h("li", { class: `${ui("tab__nav")} ${N.tab}`, "aria-selected": String(here),
    onclick: open }, title);
};

async function decide(name, ticket) {
  await faas(name, { afterSaleOrderId: ticket.afterSaleOrderId });
  load();
}

function content() {
  if (view.trouble) return [h("p", { class: "nothing" }, view.trouble)];
  if (!view.items) return [h("div", { class: ui("loading") }, "加载中")];
  const last = Math.max(1, Math.ceil(view.total / PAGE_SIZE));
  return [table(view.items, decide),
    pager(view.page, last, view.total, (page) => choose({ page }))];
}

function draw() {
  put(h("div", { class: "card" },
    h("h2", {}, "售后处理"), h("ul", { class: ui("tab__navs") }, TABS.map(tab)), content(),
    h("div", { class: "narrow-cover" })));
}

export function openList(show) {
  put = show;
  load();
}
