// What the platform lists no more, for a while: nothing is to be done about it.
"use strict";

const Ended = (() => {
  const { make, setText, setTitle, foreign } = Parts;
  const entries = new Map();

  function render(ended, list) {
    const numbers = new Set(ended.map((row) => row.number));
    for (const [number, { item }] of entries) {
      if (numbers.has(number)) continue;
      item.remove();
      entries.delete(number);
    }
    for (const [index, row] of ended.entries()) {
      const { item } = update(row);
      if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
    }
  }

  function update(row) {
    const entry = entries.get(row.number) ?? build(row);
    entry.row = row;
    for (const [piece, text] of [["kind", row.kind_text], ["amount", row.amount], ["shop", row.shop],
      ["buyer", row.buyer]]) {
      setText(entry[piece], text.slice(0, 120));
      setTitle(entry[piece], text);
    }
    return entry;
  }

  function build(row) {
    const item = make("li", "over");
    const entry = { item, kind: make("span", "kind"), amount: make("span", "amount"), shop: foreign("shop"),
      buyer: foreign("buyer"), mark: make("span", "mark") };
    item.append(entry.kind, entry.amount, entry.shop, entry.buyer, entry.mark);
    entries.set(row.number, entry);
    return entry;
  }

  function tick(now, words) {
    for (const { row, mark } of entries.values()) setText(mark, Ticking.fill(row.mark, now, words));
  }

  return { render, tick };
})();
