// Any page that exists on the real site and has nothing to show in here.

import { h } from "./kit.js";
import { frame } from "./shell.js";

frame(h("div", { class: "panel" }, "演示后台里没有这一页"));
