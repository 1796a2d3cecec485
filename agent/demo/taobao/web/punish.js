// What a doubted call leads to: a page with nothing but the slider.

import { h, mount } from "./kit.js";
import { slider } from "./nc.js";

const SLIDE = location.pathname.replace(/punish$/, "slide");

async function home() {
  await fetch(SLIDE, { method: "POST", credentials: "include" });
  parent.postMessage("slid", "*");
}

mount(h("div", { class: "punish" },
  h("p", {}, "亲，请拖动下方滑块完成验证"), slider(home)));
