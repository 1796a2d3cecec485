// A virtual list: only the rows in sight are in the DOM, as on the real page.

import { h } from "./kit.js";

const ROW_PX = 76;
const SPARE_ROWS = 2;

// `render` makes the element of one entry; `height` is how much of the list can be seen.
export class VirtualList {
  constructor(render) {
    this.render = render;
    this.entries = [];
    this.items = h("div", { class: "list_items" });
    this.content = h("div", { class: "scroller_content" }, this.items);
    this.node = h("div", { class: "scroller", onscroll: () => this.paint() }, this.content);
  }

  show(entries) {
    this.entries = entries;
    this.content.style.height = `${entries.length * ROW_PX}px`;
    this.paint();
  }

  paint() {
    const seen = this.node.clientHeight || 600;
    const first = Math.max(0, Math.floor(this.node.scrollTop / ROW_PX) - SPARE_ROWS);
    const last = Math.ceil((this.node.scrollTop + seen) / ROW_PX) + SPARE_ROWS;
    this.items.style.transform = `translateY(${first * ROW_PX}px)`;
    this.items.replaceChildren(...this.entries.slice(first, last).map(this.render));
  }
}
