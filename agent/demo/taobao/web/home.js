// The seller centre's first page.

import { h } from "./kit.js";
import { frame } from "./shell.js";

frame(h("div", { class: "panel" }, h("h2", {}, "今日待办"),
  h("p", {}, "演示后台里只有退款管理。")));
