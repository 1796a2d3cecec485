// The home page: the shop's name, and how much waits for it.

import { h, ui } from "./kit.js";
import { sff } from "./calls.js";
import { show } from "./shell.js";

const CARDS = [["待审核售后", "waitAudit"], ["待收货售后", "waitReceive"], ["待处理售后", "waitProcess"]];
const box = h("div", { class: "cards" });
show(box);

const counts = await sff("counts");
box.replaceChildren(...CARDS.map(([title, code]) =>
  h("div", { class: ui("card") }, h("span", {}, title), h("b", {}, String(counts[code])))));
