// Any page of the back office that the demo does not have.

import { h } from "./kit.js";
import { frame } from "./shell.js";

frame(h("div", { class: "panel" }, "演示后台里没有这一页，请从左侧菜单进入售后工作台。"));
