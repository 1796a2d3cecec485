// What the verification's frame shows; a person would turn the picture, here nobody can.

import { h, mount } from "./kit.js";

mount(h("div", { class: "slider" }, h("p", {}, "请通过安全验证"), h("p", {}, "转动滑块使图片为正")));
