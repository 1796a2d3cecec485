// The work tickets, twenty a page. All but the call's address and its question is a guess.

import { K, boot, dateTime, h, now, spell } from "./kit.js";
import { call, listen } from "./calls.js";
import { quietly } from "./quiet.js";
import { toast } from "./toast.js";
import { frame, noPermission, nothing, pager } from "./shell.js";

const DAY_MS = 86400000;
const view = { page: boot.page, size: 20, rows: null, total: 0 };
const list = h("div", { class: "panel" });

function row(one) {
  const left = Math.floor((one.expireTime - now()) / 1000);
  return h("tr", {}, [String(one.issueId), one.issueTypeDesc, one.buyerNick, String(one.orderId),
    one.statusDesc, left > 0 ? `剩余${spell(left)}` : "已超时", dateTime(one.createTime / 1000, "-"),
  ].map((text) => h("td", {}, text)));
}

function paint() {
  const rows = view.rows ?? [];
  list.replaceChildren(rows.length ? h("table", {}, h("tbody", {}, rows.map(row)))
    : nothing(view.rows), pager(view, turn));
}

function turn(page) {
  Object.assign(view, { page, rows: null });
  paint();
  quietly(refresh);
}

async function refresh() {
  const answer = await call("/gateway/business/cs/issue/search", { body: {
    pageNum: view.page, pageSize: view.size,
    searchCondition: { createTime: [now() - 90 * DAY_MS, now() + DAY_MS], quickFilter: "" } } });
  if ((answer.error_msg ?? "").includes("权限")) return frame(noPermission(answer.error_msg));
  if (answer.result !== 1) return toast(answer.error_msg);
  view.rows = answer.data[K.list];
  view.total = answer.data.total;
  paint();
}

frame(list);
paint();
listen(() => quietly(refresh));
quietly(() => call("/gateway/business/cs/solution/login/user/info/get"));
quietly(refresh);
