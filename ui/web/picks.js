// Several cases at once, and the keys of the list: which are selected, one act for all of them.
"use strict";

const Picks = (() => {
  const { make, setText } = Parts;
  const at = (id) => document.getElementById(id);
  const root = document.documentElement;
  const [bar, count, all, take, turn, frame] = ["picks", "picked", "pick-all", "take-picked", "pick", "list"].map(at);

  let view = null;
  let open = false;
  let picked = new Set();
  // Where a range began that Shift and an arrow draw out, and what was selected before it.
  let range = null;
  let redraw = () => {};
  let acts = {};

  const fit = (row) => row.loud && !row.outage;
  const shown = () => Rows.inOrder();
  const fitting = () => shown().filter(fit);

  // What is not shown is not selected: nobody acts on what they do not see.
  function render(next) {
    view = next;
    const there = new Set(Sieve.shown().rows.filter(fit).map((row) => row.number));
    for (const number of picked) if (!there.has(number)) picked.delete(number);
    if (open && there.size === 0) close();
    root.dataset.picking = open;
    turn.setAttribute("aria-pressed", String(open));
    bar.hidden = !open;
    setText(count, Ticking.filled(view.words.picked, { count: picked.size }));
    setText(all, Ticking.filled(view.words.pick_all, { count: there.size }));
    all.hidden = picked.size === there.size;
    if (picked.size === 0) take.setAttribute("aria-disabled", "true");
    else take.removeAttribute("aria-disabled");
  }

  function box(row, words) {
    const element = make("input", "pick");
    element.type = "checkbox";
    element.tabIndex = -1;
    element.setAttribute("aria-label", Ticking.filled(words.pick_one, { number: row.number, kind: row.kind_text }));
    return element;
  }

  function mark(item, element, row) {
    const on = picked.has(row.number);
    if (element.checked !== on) element.checked = on;
    element.hidden = !open || !fit(row);
    item.classList.toggle("picked", on);
  }

  function set(number, on) {
    const row = shown().find((each) => each.number === number);
    if (on && row && fit(row)) picked.add(number);
    if (!on) picked.delete(number);
  }

  function close() {
    open = false;
    range = null;
    picked.clear();
  }

  function toggle() {
    if (open) close();
    else open = fitting().length > 0;
    redraw();
  }

  function pickAll() {
    open = fitting().length > 0;
    picked = new Set(fitting().map((row) => row.number));
    redraw();
  }

  function takeAll() {
    if (picked.size === 0) return;
    const numbers = [...picked];
    close();
    redraw();
    acts.take(numbers);
  }

  // --- keys ---

  const focusedNumber = () => Rows.numberOf(document.activeElement.closest?.("#rows li.row") ?? null);

  function step(by) {
    const rows = shown();
    const from = rows.findIndex((row) => row.number === focusedNumber());
    const to = from < 0 ? 0 : from + by;
    if (to < 0 || to >= rows.length) return null;
    const { number } = rows[to];
    if (!Rows.item(number) && Rows.more()) redraw();
    Rows.item(number)?.querySelector(".face").focus();
    Rows.item(number)?.scrollIntoView({ block: "nearest" });
    return { from: rows[from]?.number ?? number, number };
  }

  function walk(by) {
    range = null;
    return step(by) !== null;
  }

  function stretch(by) {
    const moved = step(by);
    if (!moved) return false;
    open = true;
    range ??= { anchor: moved.from, before: new Set(picked) };
    const numbers = shown().map((row) => row.number);
    const [one, other] = [numbers.indexOf(range.anchor), numbers.indexOf(moved.number)];
    picked = new Set(range.before);
    for (const number of numbers.slice(Math.min(one, other), Math.max(one, other) + 1)) set(number, true);
    redraw();
    return true;
  }

  function toggleFocused() {
    const number = focusedNumber();
    range = null;
    if (number === null) return toggle();
    open = true;
    set(number, !picked.has(number));
    if (picked.size === 0) close();
    return redraw();
  }

  function takeFocused() {
    if (picked.size > 0) return takeAll();
    const row = shown().find((each) => each.number === focusedNumber());
    return row?.loud && acts.take([row.number]);
  }

  // A key presses what stands in the row: where there is nothing of the kind, it does nothing.
  function pressFocused(act) {
    const item = Rows.item(focusedNumber());
    const there = item?.querySelector(act);
    if (!there?.checkVisibility()) return;
    there.click();
    item.querySelector(".choices button")?.focus();
  }

  // Whom it is given to is chosen where all is known of it.
  function handFocused() {
    const number = focusedNumber();
    if (number === null || !Hands.some(view)) return;
    acts.openCase(number);
    acts.pressOpen("hand");
  }

  // Where no row is meant, it is what stands in large letters.
  function openFocused() {
    const where = Rows.item(focusedNumber()) ?? at("hero");
    where.querySelector(".actions :is([data-act=open], [data-act=help])")?.click();
  }

  function escape() {
    if (open) {
      close();
      redraw();
    } else if (Sieve.narrowed() || !at("facets").hidden || document.activeElement === at("search")) {
      Sieve.showAll();
    }
  }

  // By their places on the keyboard: an input method for Chinese takes the letters themselves.
  const keys = {
    KeyX: toggleFocused, KeyA: takeFocused, KeyZ: () => acts.undo(), KeyF: () => Sieve.unfold(),
    KeyJ: () => walk(1), KeyK: () => walk(-1),
    KeyL: () => pressFocused(".actions [data-act=choose]"),
    KeyP: handFocused,
    KeyO: openFocused,
  };

  // Of one case that is read in full there is no other to walk to or to select.
  const onCase = {
    KeyA: () => acts.pressOpen("acknowledge"), KeyL: () => acts.pressOpen("choose"),
    KeyP: () => acts.pressOpen("hand"),
    KeyO: () => acts.pressOpen("open") || acts.pressOpen("help"), KeyZ: () => acts.undo(),
  };

  const arrows = { ArrowDown: 1, ArrowUp: -1 };

  function press(event) {
    const { code, key, target, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
    if (!view || isComposing || altKey || document.querySelector("dialog[open]") || root.dataset.page) return;
    const typing = target.closest?.("input:not(.pick), select, textarea");
    if (root.dataset.case) return typing || ctrlKey || metaKey || shiftKey || event.repeat ? undefined : onCase[code]?.();
    if (key === "Escape") return escape();
    if (typing) return key === "ArrowDown" && target === at("search") && walk(1) && event.preventDefault();
    if ((ctrlKey || metaKey) && code === "KeyA") return choosing(event, pickAll);
    if (ctrlKey || metaKey) return undefined;
    if (key === "/" || (code === "Slash" && !shiftKey)) return choosing(event, Sieve.call);
    if (code in arrows && inList(target)) {
      return (shiftKey ? stretch : walk)(arrows[code]) && event.preventDefault();
    }
    if (shiftKey || (event.repeat && !code.match(/^Key[JK]$/))) return undefined;
    return keys[code]?.();
  }

  function choosing(event, act) {
    event.preventDefault();
    act();
  }

  const inList = (target) => target === document.body || frame.contains(target);

  function wire(again, given) {
    redraw = again;
    acts = given;
    turn.addEventListener("click", toggle);
    all.addEventListener("click", pickAll);
    take.addEventListener("click", takeAll);
    at("pick-none").addEventListener("click", toggle);
    at("rows").addEventListener("change", ({ target }) => {
      if (!target.matches(".pick")) return;
      set(Rows.numberOf(target.closest("li.row")), target.checked);
      redraw();
    });
    document.addEventListener("keydown", press);
  }

  return { render, box, mark, wire };
})();
