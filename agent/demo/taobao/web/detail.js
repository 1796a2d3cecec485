// One dispute: the only page that says how much time is left.

import { h, now, parts, ui } from "./kit.js";
import { mtop } from "./gateway.js";
import { frame } from "./shell.js";
import { toast } from "./toast.js";

const disputeId = new URLSearchParams(location.search).get("disputeId") ?? "";
const countdown = h("div", { class: "countdown" });
let due = 0;

function tick() {
  const [days, hours, minutes] = parts((due - now()) / 1000);
  countdown.textContent = due > now() ? `还剩${days}天${hours}时${minutes}分` : "已超时";
}

async function act(action) {
  const data = await mtop("operate", { disputeIds: [disputeId], action }, { refused: toast });
  if (data) toast("操作成功");
}

async function show() {
  const data = await mtop("detail", { disputeId }, { small: true, refused: toast });
  if (!data) return;
  const row = data.resultData;
  due = now() + row.timeLeft;
  tick();
  setInterval(tick, 1000);
  const line = (label, value) => h("p", {}, `${label}: ${value}`);
  frame(h("div", { class: "panel" }, h("h2", {}, row.statusDesc), countdown,
    line("退款编号", row.disputeId), line("订单编号", row.bizOrderId),
    line("要求", row.disputeTypeDesc), line("原因", row.reasonText),
    line("退款金额", `￥${row.disputeBodyVO.refundFee}`),
    line("退货物流信息", row.logisticsText || "暂无"),
    h("button", { class: ui("btn"), onclick: () => act("agree") }, "同意退款"),
    h("button", { class: ui("btn"), onclick: () => act("refuse") }, "拒绝退款"),
    h("button", { class: ui("btn") }, "备注")));
}

frame(h("div", { class: "panel" }, "加载中..."));
show();
