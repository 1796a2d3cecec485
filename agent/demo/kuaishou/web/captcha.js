// What the verification's frame shows; a person would move the slider, here nobody can.

import { h, mount } from "./kit.js";

mount(h("div", { class: "slider" }, h("p", {}, "请完成安全校验"), h("p", {}, "拖动滑块完成拼图")));
