// The list of cases: one element per case, kept for as long as the case is there, so that focus,
// scroll position and an open choice survive every change.
"use strict";

const Rows = (() => {
  const { make, setText, setTitle, foreign } = Parts;
  const list = document.getElementById("rows");
  const frame = document.getElementById("list");
  const further = document.getElementById("further");
  const entries = new Map();
  const LEAVING_MS = 900;
  // Nobody reads five thousand rows, and building them all would take seconds.
  const AT_ONCE = 40;

  let view = null;
  let saving = new Map();
  let movedAt = 0;
  let shown = [];
  let stamp = 0;
  let limit = AT_ONCE;
  let growing = false;

  function render(next, busy) {
    view = next;
    saving = busy;
    const sifted = Sieve.shown();
    const parted = Groups.parted(sifted.rows);
    shown = [...parted.values()].flat();
    if (sifted.stamp !== stamp) {
      ({ stamp } = sifted);
      limit = AT_ONCE;
      frame.scrollTop = 0;
    }
    // Who is back at the top needs no more than that, and each second is cheap again; a list that
    // something lies over has no place of its own just now, and keeps what it has.
    if (!growing && frame.scrollTop === 0 && frame.checkVisibility()) limit = AT_ONCE;
    keepFocused();
    const built = new Set(shown.slice(0, limit).map((row) => row.number));
    keepingPlace(() => {
      const numbers = new Set(view.rows.map((row) => row.number));
      for (const [number, entry] of entries) if (!built.has(number)) remove(number, entry, numbers.has(number));
      renderGroups(parted, built, sifted.ended);
    });
    renderEnd(sifted);
    growing = false;
  }

  // A row that somebody is in stays, however many come in before it.
  function keepFocused() {
    const number = numberOf(document.activeElement.closest("li.row"));
    const index = number === null ? -1 : shown.findIndex((row) => row.number === number);
    if (index >= limit) limit = index + AT_ONCE;
  }

  function renderGroups(parted, built, ended) {
    for (const [name, rows] of parted) {
      place(Groups.list(name), rows.filter((row) => built.has(row.number)).map((row) => update(row)));
      Groups.render(name, rows, view.words);
    }
    const whole = built.size === shown.length;
    Ended.render(whole ? ended : [], Groups.list("ended"));
    Groups.render("ended", ended, view.words);
  }

  function renderEnd(sifted) {
    const left = shown.length - Math.min(limit, shown.length);
    further.hidden = left === 0;
    setText(further, Ticking.filled(view.words.further, { count: left }));
    document.getElementById("none").hidden = shown.length + sifted.ended.length > 0;
  }

  function more() {
    if (limit >= shown.length) return false;
    limit += AT_ONCE;
    // What comes in below moves nothing away from under the mouse.
    growing = true;
    return true;
  }

  const numberOf = (item) => (item ? Number(item.dataset.number) : null);

  // Moving a focused element would blur it, and rows put in above would push away what is read.
  function keepingPlace(change) {
    const focused = document.activeElement;
    const anchor = frame.scrollTop > 0 ? (inSight(focused.closest("li.row")) ?? firstInSight()) : null;
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (focused !== document.activeElement && list.contains(focused)) focused.focus({ preventScroll: true });
    if (anchor?.isConnected) frame.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  function inSight(item) {
    if (!item || !list.contains(item)) return null;
    const { top, bottom } = frame.getBoundingClientRect();
    const place = item.getBoundingClientRect();
    return place.bottom > top && place.top < bottom ? item : null;
  }

  function firstInSight() {
    const { left, top, width } = frame.getBoundingClientRect();
    // The name of a group stands above the rows that go by beneath it.
    const there = document.elementsFromPoint(left + width / 2, top + 34);
    return there.map((each) => each.closest("li.row")).find(Boolean) ?? null;
  }

  function place(into, elements) {
    let cursor = staying(into.firstElementChild);
    for (const element of elements) {
      if (element === cursor) {
        cursor = staying(cursor.nextElementSibling);
      } else {
        into.insertBefore(element, cursor);
        if (!growing) movedAt = performance.now();
      }
    }
  }

  function staying(element) {
    let found = element;
    while (found?.classList.contains("leaving")) found = found.nextElementSibling;
    return found;
  }

  function remove(number, { item }, open) {
    entries.delete(number);
    movedAt = performance.now();
    if (open || !view.resolved.includes(number)) return item.remove();
    item.classList.add("leaving");
    item.inert = true;
    return setTimeout(() => item.remove(), LEAVING_MS);
  }

  function update(row) {
    const entry = entries.get(row.number) ?? build(row);
    const busy = saving.get(row.number);
    Picks.mark(entry.item, entry.pick, row);
    const state = JSON.stringify([row, busy?.handled ?? null]);
    if (entry.state !== state) fill(Object.assign(entry, { state, row }), busy);
    return entry.item;
  }

  function build(row) {
    const item = make("li", "row");
    const face = Parts.button("case", "", "", "face");
    face.removeAttribute("aria-label");
    const [first, second, third] = [make("span", "first"), make("span", "second"), make("div", "third")];
    const piece = (name) => make("span", name);
    const entry = {
      item, face, third, star: piece("star"), kind: piece("kind"), amount: piece("amount"),
      own: piece("own"), unread: piece("unread"), left: piece("left"), words: foreign("words"),
      consequence: foreign("consequence"), shop: foreign("shop"), buyer: foreign("buyer"),
      mark: piece("mark"), whose: foreign("whose"), actions: Parts.actions(row, view.words), choices: null,
      pick: Picks.box(row, view.words),
    };
    first.append(entry.star, entry.kind, entry.amount, entry.own, entry.unread, entry.left);
    second.append(entry.consequence, entry.words);
    face.append(first, second);
    const where = make("span", "where");
    where.append(entry.shop, entry.buyer, entry.whose);
    third.append(where, entry.mark, entry.actions);
    item.append(entry.pick, face, third);
    item.dataset.number = row.number;
    entries.set(row.number, entry);
    return entry;
  }

  function fill(entry, busy) {
    const { item, row } = entry;
    Object.assign(item.dataset, { tier: row.tier, band: row.band, outage: row.outage });
    item.dataset.handled = busy?.handled ?? row.handled;
    item.toggleAttribute("aria-busy", Boolean(busy));
    Parts.hold(entry.actions, Boolean(busy));
    setText(entry.star, row.starred ? "★" : "");
    setTitle(entry.star, row.starred ? view.words.starred : "");
    setText(entry.kind, row.kind_text);
    setTitle(entry.kind, row.tier_text);
    for (const [piece, text] of [["amount", row.amount], ["own", row.own_target], ["unread", row.unread]]) {
      setText(entry[piece], text);
    }
    fillForeign(entry, row);
    if (row.outage) setText(entry.actions.lastChild, row.help);
  }

  // The line needs no more than fits; the whole text is in the title and on the case's page.
  function fillForeign(entry, row) {
    const texts = { words: row.reason || row.product || row.status, consequence: row.consequence,
      shop: row.shop, buyer: row.buyer, whose: row.whose };
    for (const [piece, text] of Object.entries(texts)) {
      setText(entry[piece], text.slice(0, 200));
      setTitle(entry[piece], text);
    }
  }

  function tick(now) {
    if (!view) return;
    Ended.tick(now, view.words);
    for (const entry of entries.values()) {
      const { row } = entry;
      setText(entry.left, row.due_at === null ? "" : Ticking.due(row.due_at, now, view.words));
      setText(entry.mark, saving.has(row.number) ? view.words.saving : Ticking.fill(row.mark, now, view.words));
    }
  }

  function choose(number) {
    const entry = entries.get(number);
    entry.choices ??= Parts.choices(view);
    const open = !entry.choices.isConnected;
    const chooser = entry.actions.querySelector("[data-act=choose]");
    if (entry.choices.contains(document.activeElement)) chooser.focus({ preventScroll: true });
    if (open) entry.third.after(entry.choices);
    else entry.choices.remove();
    chooser.setAttribute("aria-expanded", String(open));
  }

  function wire(redraw) {
    const grow = () => more() && redraw();
    further.addEventListener("click", grow);
    new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && grow(),
      { root: frame, rootMargin: "0px 0px 600px" }).observe(further);
  }

  const settled = () => performance.now() - movedAt > 400;
  const inOrder = () => shown;
  const item = (number) => entries.get(number)?.item ?? null;

  return { render, tick, choose, settled, more, inOrder, item, numberOf, wire };
})();
