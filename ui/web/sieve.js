// What of the list is looked at: a search and chips. What they hide is always said, and one key
// shows all again.
"use strict";

const Sieve = (() => {
  const { make, setText, setTitle } = Parts;
  const at = (id) => document.getElementById(id);
  const [bar, input, turn, facets, state, only, hidden, count] = ["sieve", "search", "filter", "facets",
    "sieve-state", "sieve-only", "sieve-hidden", "sieve-count"].map(at);
  const FEW = 6;
  const LABEL_LENGTH = 120;
  const FACETS = [
    { name: "shop", of: (row) => row.shop_id, label: (row) => row.shop },
    { name: "kind", of: (row) => row.kind, label: (row) => row.kind_text },
    { name: "tier", of: (row) => row.tier, label: (row) => row.tier_text },
    { name: "person", of: (row) => row.person, label: (row) => row.person || view.words.facet_nobody },
  ];
  const TIERS = ["urgent", "important", "normal"];

  const chosen = new Map(FACETS.map(({ name }) => [name, new Map()]));
  const chips = new Map();
  let view = null;
  let found = null;
  let called = false;
  let redraw = () => {};
  let kept = { rows: [], ended: [], stamp: 0 };

  const narrowed = () => found !== null || [...chosen.values()].some((values) => values.size > 0);
  const some = () => view !== null && view.rows.length > 0;

  function render(next) {
    if (next !== view) learn(next);
    view = next;
    if (input.placeholder !== view.words.search_hint) input.placeholder = view.words.search_hint;
    // A filter that nobody sees must not wait for the next case to hide it.
    if (!some() && narrowed()) forget();
    sift(kept.stamp);
    const use = narrowed() || called || !facets.hidden;
    bar.hidden = !some() || (view.rows.length < FEW && !use);
    renderFacets();
    renderState();
  }

  // How characters are read comes with the rows, and a word asked before may only now be spelled.
  function learn(next) {
    const news = Search.learn(next);
    if (news && found) found = Search.asked(input.value);
  }

  function sift(stamp) {
    const passes = (row) => (found === null || found(row))
      && FACETS.every(({ name, of }) => chosen.get(name).size === 0 || chosen.get(name).has(of(row)));
    kept = narrowed()
      ? { rows: view.rows.filter(passes), ended: view.ended.filter(passes), stamp }
      : { rows: view.rows, ended: view.ended, stamp };
  }

  function renderFacets() {
    turn.setAttribute("aria-expanded", String(!facets.hidden));
    turn.dataset.used = [...chosen.values()].some((values) => values.size > 0);
    if (facets.hidden) return;
    for (const facet of FACETS) renderFacet(facet, at(`facet-${facet.name}`));
  }

  // A chip for what occurs, and for what was chosen even if it occurs no more.
  function renderFacet({ name, of, label }, box) {
    const values = new Map([...chosen.get(name)].map(([value, text]) => [value, { text, number: 0 }]));
    for (const row of view.rows) {
      const entry = values.get(of(row)) ?? { number: 0 };
      values.set(of(row), { text: label(row), number: entry.number + 1 });
    }
    box.hidden = values.size < 2 && chosen.get(name).size === 0;
    const order = [...values].sort(([one, a], [other, b]) => (name === "tier"
      ? TIERS.indexOf(one) - TIERS.indexOf(other) : b.number - a.number));
    const elements = order.map(([value, entry]) => chip(name, value, entry));
    for (const [key, element] of chips) {
      if (element.dataset.facet === name && !elements.includes(element)) {
        element.remove();
        chips.delete(key);
      }
    }
    // In the order in which they first stood: a chip must not move away from under the mouse.
    for (const element of elements) if (!element.isConnected) box.querySelector(".chips").append(element);
  }

  function chip(name, value, { text, number }) {
    const key = JSON.stringify([name, value]);
    const element = chips.get(key) ?? newChip(name, value);
    chips.set(key, element);
    setText(element.firstChild, text.slice(0, LABEL_LENGTH));
    setTitle(element, text);
    setText(element.lastChild, String(number));
    element.setAttribute("aria-pressed", String(chosen.get(name).has(value)));
    return element;
  }

  function newChip(name, value) {
    const element = make("button", "chip");
    element.type = "button";
    Object.assign(element.dataset, { facet: name, value });
    element.append(Parts.foreign("label"), make("span", "number"));
    return element;
  }

  function renderState() {
    const { words, rows } = view;
    state.hidden = !narrowed();
    if (state.hidden) return setText(at("sieve-says"), "");
    const named = [...chosen.values()].flatMap((values) => [...values.values()]);
    if (found) named.push(Ticking.filled(words.quoted, { text: input.value.trim() }));
    const what = Ticking.filled(words.only, { what: named.join(words.and) });
    setText(only, what.slice(0, 300));
    setTitle(only, what);
    setText(count, Ticking.filled(words.shown_of, { shown: kept.rows.length, all: rows.length }));
    const urgent = hiddenUrgent();
    hidden.hidden = urgent === 0;
    state.dataset.urgent = urgent > 0;
    setText(hidden, urgent > 0 ? Ticking.filled(words.hidden_urgent, { count: urgent }) : "");
    return setText(at("sieve-says"), [count.textContent, hidden.textContent].join(" "));
  }

  function hiddenUrgent() {
    const urgent = (rows) => rows.filter((row) => row.tier === "urgent" && row.handled !== "theirs").length;
    return urgent(view.rows) - urgent(kept.rows);
  }

  function forget() {
    for (const values of chosen.values()) values.clear();
    input.value = "";
    found = null;
    called = false;
    facets.hidden = true;
  }

  function changed() {
    kept.stamp += 1;
    redraw();
  }

  function showAll() {
    const focused = bar.contains(document.activeElement);
    forget();
    changed();
    if (focused) at("list").focus({ preventScroll: true });
  }

  function call() {
    if (!some()) return;
    called = true;
    redraw();
    input.focus();
    input.select();
  }

  function unfold() {
    if (!some()) return;
    facets.hidden = !facets.hidden;
    redraw();
    if (!bar.hidden) turn.focus();
  }

  function press(event) {
    const element = event.target.closest("button.chip");
    if (!element) return;
    const { facet, value } = element.dataset;
    const values = chosen.get(facet);
    if (!values.delete(value)) values.set(value, element.firstChild.textContent);
    changed();
  }

  function wire(again) {
    redraw = again;
    input.addEventListener("input", () => {
      found = Search.asked(input.value);
      changed();
    });
    turn.addEventListener("click", unfold);
    facets.addEventListener("click", press);
    at("show-all").addEventListener("click", showAll);
  }

  const shown = () => kept;

  return { render, shown, narrowed, showAll, call, unfold, wire };
})();
