// 自主售后: the service orders of all tabs, 待审核 first unless the address says another.

import { boot, dateTime, h, now } from "./kit.js";
import { at, sff, wrapped } from "./calls.js";
import { list } from "./list.js";
import { actions, line, row, status } from "./table.js";

const COLUMNS = ["服务单信息", "商品信息", "客户期望", "申请原因", "退款金额", "售后状态", "操作"];
const OPEN = ["待商家审核", "待商家收货", "待商家处理"];
const NINETY_DAYS_S = 90 * 24 * 3600;

async function fetchTabs() {
  const counts = await sff("counts");
  return [["all", "全部"], ["waitAudit", "待审核", counts.waitAudit],
    ["waitReceive", "待收货", counts.waitReceive], ["waitProcess", "待处理", counts.waitProcess],
    ["urge", "催收"]];
}

async function fetchPage(view) {
  const end = now() / 1000;
  const applyTimeRange = {
    dateBegin: dateTime(end - NINETY_DAYS_S, "-"), dateEnd: dateTime(end, "-"),
  };
  const data = await sff("orders", wrapped({
    tabCode: view.tab, pageIndex: view.page, pageSize: view.size, applyTimeRange,
    customerExpectList: [],
  }));
  const orders = at(data, "content");
  const ids = orders.map((order) => order.relationFacetDTO.afsServiceId);
  const { timers } = ids.length ? await sff("timers", { afsServiceIds: ids }) : { timers: [] };
  const due = new Map(timers.map((timer) => [timer.afsServiceId,
    timer.remainTime === null ? null : now() + timer.remainTime]));
  return { rows: orders.map((order) => orderRow(order, due)), total: at(data, "totalNum") };
}

function orderRow(order, due) {
  const { afsServiceId, orderId } = order.relationFacetDTO;
  const [ware] = order.wareFacetDTOList;
  const state = order.serviceOrderStatusFacetDTO.serviceOrderSubStateName;
  const other = boot.build === "b";
  const answer = (name) => sff("handle", { id: String(afsServiceId), name }).then(reload);
  return row(
    h("div", {}, line(`${other ? "服务单号" : "售后单号"}：${afsServiceId}`),
      line(`${other ? "订单编号" : "订单号"}：${orderId}`),
      line(`申请时间：${dateTime(order.serviceOrderBaseFacetDTO.afsApplyTime / 1000, "-")}`)),
    h("div", {}, line(ware.wareName), line(`×${ware.wareNum}`)),
    line(order.customerExceptFacetDTO.customerExpectName),
    line(order.customerApplyFacetDTO.applyReasonFacetDTO.afsReasons),
    line(`¥${order.refundFacetDTO.refundAmount.toFixed(2)}`),
    status(state, due.get(afsServiceId)),
    actions(OPEN.includes(state) ? ["同意", "拒绝"] : [], answer));
}

const { reload } = list({
  columns: COLUMNS, usualTab: "waitAudit", sizes: [10, 20, 50, 100], fetchTabs, fetchPage,
});
