// 交易纠纷: what the platform judges between buyer and shop, one tab for each step.

import { boot, dateTime, h } from "./kit.js";
import { at, sff, wrapped } from "./calls.js";
import { list } from "./list.js";
import { actions, line, row, status } from "./table.js";

const COLUMNS = ["纠纷信息", "商品信息", "纠纷原因", "纠纷状态", "超时处理", "操作"];
const TABS = [["ALL", "全部"], ["WAIT_REPLY", "待回复"], ["WAIT_EVIDENCE", "待举证"],
  ["WAIT_EXECUTE", "待执行"], ["CAN_APPEAL", "可申诉"], ["APPEAL", "已申诉"]];
const AS_ASKED = { WAIT_EVIDENCE: "WAIT_PROCESS" };

const fetchTabs = async () => TABS;

async function fetchPage(view) {
  const data = await sff("disputes", wrapped({
    arbitTabEnum: AS_ASKED[view.tab] ?? view.tab, pageIndex: view.page, pageSize: view.size,
    clientType: 2,
  }));
  return { rows: at(data, "results").map(disputeRow), total: at(data, "total") };
}

function disputeRow(dispute) {
  const other = boot.build === "b";
  const answer = (name) => sff("handle", { id: String(dispute.arbitId), name }).then(reload);
  return row(
    h("div", {}, line(`纠纷单号：${dispute.arbitId}`),
      line(`${other ? "订单编号" : "订单号"}：${dispute.orderId}`),
      line(`申请时间：${dateTime(dispute.arbitApplyTime / 1000, "-")}`)),
    line(dispute.skuList[0].name), line(dispute.arbitTypeDesc),
    status(dispute.arbitNodeStateDesc, dispute.overTimeDate),
    line(dispute.arbitOverTimeSolutionDesc),
    actions(dispute.overTimeDate ? ["同意退款", "提交凭证"] : [], answer));
}

const { reload } = list({
  columns: COLUMNS, usualTab: "WAIT_REPLY", sizes: [50], fetchTabs, fetchPage,
});
