// Any other page of the back office exists too, but has nothing to show in here.

import { frame } from "./shell.js";
import { h } from "./kit.js";

frame(h("div", { class: "panel" }, "演示后台里没有这一页"));
