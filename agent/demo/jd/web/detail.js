// One service order by itself.

import { dateTime, h } from "./kit.js";
import { at, sff } from "./calls.js";
import { line } from "./table.js";
import { show } from "./shell.js";

const afsServiceId = new URLSearchParams(location.search).get("afsServiceId");
const box = h("div", {}, line("加载中"));
show(h("h2", {}, "服务单详情"), box);

const [order] = at(await sff("detail", { afsServiceId }), "content");
box.replaceChildren(...(order ? [
  line(`售后单号：${order.relationFacetDTO.afsServiceId}`),
  line(`订单号：${order.relationFacetDTO.orderId}`),
  line(`客户期望：${order.customerExceptFacetDTO.customerExpectName}`),
  line(`售后状态：${order.serviceOrderStatusFacetDTO.serviceOrderSubStateName}`),
  line(`申请时间：${dateTime(order.serviceOrderBaseFacetDTO.afsApplyTime / 1000, "-")}`),
] : [line("服务单不存在")]));
