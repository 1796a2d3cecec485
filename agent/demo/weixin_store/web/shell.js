// The shell: one page for all entries of the menu, which changes its address without loading.

import { boot, h } from "./kit.js";
import { frame, show } from "./frame.js";
import { openList } from "./aftersale.js";

const home = () => h("div", { class: "card" },
  h("h2", {}, "欢迎回来"), h("p", { class: "hint" }, "请从左侧菜单进入"));

function route() {
  if (location.pathname === boot.path) openList(show);
  else show(home());
}

frame((path) => {
  history.pushState({}, "", path);
  route();
});
window.addEventListener("popstate", route);
route();
