// The verify centre's frame: a slider that a person drags home; no program here ever does.

import { boot, h, mount } from "./kit.js";

const HOME_PX = 250;
const piece = h("div", { id: "captcha-verify_img_slide" });
const knob = h("div", { class: "captcha-slider-btn" }, "≫");
let start = null;

const offset = (event) => Math.max(0, Math.min(290, event.clientX - start));
const place = (px) => {
  knob.style.transform = piece.style.transform = `translateX(${px}px)`;
};

knob.addEventListener("pointerdown", (event) => {
  start = event.clientX;
  knob.setPointerCapture(event.pointerId);
});
knob.addEventListener("pointermove", (event) => { if (start !== null) place(offset(event)); });
knob.addEventListener("pointerup", async (event) => {
  const home = Math.abs(offset(event) - HOME_PX) < 16;
  start = null;
  if (!home) return place(0);
  await fetch("/rmc.bytedance.com/verifycenter/verify", {
    method: "POST", body: JSON.stringify({ fp: boot.fp }) });
  parent.postMessage("verify-solved", "*");
});

mount(h("div", { class: "captcha_verify_container" },
  h("p", {}, "请完成下列验证后继续"),
  h("div", { id: "captcha_verify_image" }, h("div", { class: "hole" }), piece),
  h("div", { class: "captcha-slider" }, h("span", {}, "按住左边按钮拖动完成上方拼图"), knob)));
