// The slider of the login form and of the punish page: a person pushes it home, no program does.

import { h } from "./kit.js";

const WAY_PX = 258;

export function slider(home) {
  const knob = h("span", { id: "nc_1_n1z", class: "nc_iconfont btn_slide" }, "››");
  let start = null;
  const way = (event) => Math.max(0, Math.min(WAY_PX, event.clientX - start));
  knob.addEventListener("pointerdown", (event) => {
    start = event.clientX;
    knob.setPointerCapture(event.pointerId);
  });
  knob.addEventListener("pointermove", (event) => {
    if (start !== null) knob.style.left = `${way(event)}px`;
  });
  knob.addEventListener("pointerup", (event) => {
    const isHome = start !== null && way(event) === WAY_PX;
    start = null;
    knob.style.left = "0";
    if (isHome) home();
  });
  return h("div", { id: "nc_1_wrapper", class: "nc_wrapper" },
    h("div", { id: "nc_1_n1t", class: "nc_scale" }, knob,
      h("span", { class: "nc-lang-cnt" }, "请按住滑块，拖动到最右边")));
}
