// One list with tabs; its rows and its pager stand on the page itself, or in a frame of their own.

import { boot, everySecond, h } from "./kit.js";
import { NoRight } from "./calls.js";
import { Blocked } from "./quiet.js";
import { noRight, replace, show, toast } from "./shell.js";
import { pager, tabs } from "./pager.js";
import { table, timerText } from "./table.js";

// `fetchPage(view)` returns { rows, total } of what the view asks for, or throws; `fetchTabs`
// returns the tabs. The tab stands in the address.
export function list({ columns, usualTab, sizes, fetchTabs, fetchPage }) {
  const asked = new URLSearchParams(location.search).get("tabCode");
  const view = {
    tab: asked ?? usualTab, page: boot.page, size: sizes[0], sizes, total: 0, known: false,
  };
  const head = h("div", {}), slot = h("div", { class: "slot" });
  let round = 0;

  async function turn(change) {
    Object.assign(view, change);
    const mine = (round += 1);
    draw(null);
    try {
      const { rows, total } = await fetchPage(view);
      if (mine !== round) return;
      Object.assign(view, { total, known: true });
      draw(rows);
    } catch (error) {
      if (error instanceof NoRight) replace(noRight());
      else if (!(error instanceof Blocked)) failed(error);
    }
  }

  function failed(error) {
    toast(error.message || "系统异常，请稍后重试");
    draw([]);
  }

  function draw(rows) {
    place(slot, h("div", {}, table(columns, rows), pager(view, turn)));
  }

  async function drawTabs() {
    const choose = (code) => {
      history.replaceState(null, "", `?tabCode=${code}`);
      turn({ tab: code, page: 1 });
      drawTabs();
    };
    head.replaceChildren(tabs(await fetchTabs(), view.tab, choose));
  }

  show(head, slot);
  drawTabs().catch(() => undefined);
  turn({});
  return { reload: () => turn({}) };
}

let frame = null;
let shown = null;

function place(slot, node) {
  shown = node;
  if (!boot.slot) {
    slot.replaceChildren(node);
    return;
  }
  if (frame) draft();
  else {
    frame = h("iframe", { src: boot.slot, class: "table-frame", onload: draft });
    slot.replaceChildren(frame);
  }
}

// The frame's page is empty until it is loaded; then it holds what was drawn last.
function draft() {
  const root = frame.contentDocument?.getElementById("root");
  if (!root) return;
  root.replaceChildren(shown);
  frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 10}px`;
}

const tick = (node) => timerText(Number(node.dataset.due));
everySecond(".timer", tick);
setInterval(() => {
  for (const node of frame?.contentDocument?.querySelectorAll(".timer") ?? []) {
    node.textContent = tick(node);
  }
}, 1000);
