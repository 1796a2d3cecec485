// Any other page of the office exists too, but has nothing to show in here.

import { h } from "./kit.js";
import { showNotice } from "./calls.js";
import { quietly } from "./quiet.js";
import { frame, nameShop } from "./shell.js";

frame(h("div", { class: "panel" }, "演示后台里没有这一页"));
quietly(showNotice);
quietly(nameShop);
