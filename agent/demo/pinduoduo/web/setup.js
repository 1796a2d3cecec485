// The after-sales settings that a new shop has to finish before it sees its list.

import { h } from "./kit.js";
import { frame } from "./shell.js";

frame(h("div", { class: "panel" }, h("h2", {}, "售后设置"),
  h("p", {}, "请先完善退货地址，完成后即可使用售后工作台")));
