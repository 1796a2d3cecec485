// The part that is read in two seconds: the verdict, the counters, the one thing to do first.
"use strict";

const Panel = (() => {
  const { make, setText, setTitle, foreign } = Parts;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const [headline, subline, hero, warnings, totals] =
    ["headline", "subline", "hero", "warnings", "totals"].map(at);

  let shown = null;
  let parts = null;
  let changedAt = 0;

  function render(view, saving) {
    shown = view;
    root.dataset.state = view.state;
    root.dataset.rows = view.rows.length > 0 ? "some" : "none";
    setText(headline, view.headline);
    renderTotals(view.totals);
    // Silence of everything has a bar of its own.
    renderWarnings(view.warnings.filter(({ kind }) => kind !== "hushed"));
    renderHero(view, saving);
  }

  function renderTotals(counted) {
    totals.dataset.wide = counted.some((total) => total.shown.length > 2);
    for (const [index, total] of counted.entries()) {
      const element = totals.children[index] ?? totals.appendChild(newTotal());
      element.dataset.key = total.key;
      element.dataset.none = total.shown === "0";
      setText(element.querySelector(".text"), total.text);
      setText(element.querySelector(".count"), total.shown);
      setTitle(element, total.title);
    }
  }

  function newTotal() {
    const element = make("li", "total");
    element.append(make("span", "dot"), make("span", "text"), make("span", "count"));
    return element;
  }

  function renderWarnings(wanted) {
    warnings.hidden = wanted.length === 0;
    while (warnings.children.length > wanted.length) warnings.lastElementChild.remove();
    for (const [index, { kind, text }] of wanted.entries()) {
      const line = warnings.children[index] ?? warnings.appendChild(make("li"));
      line.dataset.kind = kind;
      setText(line, text);
    }
  }

  function renderHero(view, saving) {
    const unseen = view.shops.find((shop) => shop.shop_id === view.hero?.shop_id);
    const kind = unseen ? `${view.state}${view.all_paused}${unseen.resume}` : "";
    const wanted = view.hero && `${view.hero.number ?? ""}/${view.hero.shop_id ?? ""}/${kind}`;
    if (wanted !== (parts?.key ?? null)) replaceHero(view, wanted);
    if (!wanted) return;
    if (view.hero.number === null) updateShop(view);
    else updateCase(view.rows.find((row) => row.number === view.hero.number), saving);
  }

  // What stood here is gone, and a second click of a double click must not meet the next one.
  function replaceHero(view, key) {
    const focused = hero.contains(document.activeElement);
    changedAt = performance.now();
    hero.replaceChildren();
    hero.hidden = key === null;
    parts = key === null ? null : { key, ...(view.hero.number === null ? newShop(view) : newCase(view)) };
    if (focused) at("list").focus({ preventScroll: true });
  }

  function newCase(view) {
    const row = view.rows.find((each) => each.number === view.hero.number);
    const [due, before, count, after] =
      [make("div", "due"), make("span"), make("span", "count"), make("span")];
    due.append(before, count, after);
    const [consequence, what, mark] = [foreign("consequence"), make("p", "what"), make("span", "mark")];
    const [kind, amount, shop, buyer] =
      [make("b"), make("span", "amount"), foreign("shop"), foreign("buyer")];
    what.append(kind, amount, shop, buyer);
    const actions = Parts.actions(row, view.words);
    actions.append(Parts.caseButton(row, view.words));
    const choices = Parts.choices(view);
    choices.hidden = true;
    actions.prepend(mark);
    hero.dataset.number = row.number;
    hero.append(due, consequence, what, actions, choices);
    return { due, before, count, after, consequence, kind, amount, shop, buyer, actions, choices, mark };
  }

  function updateCase(row, saving) {
    const busy = saving.get(row.number);
    parts.row = row;
    hero.dataset.tier = row.tier;
    hero.dataset.handled = busy?.handled ?? row.handled;
    setText(parts.kind, row.kind_text);
    setText(parts.amount, row.amount);
    for (const name of ["shop", "buyer"]) {
      setText(parts[name], row[name].slice(0, 120));
      setTitle(parts[name], row[name]);
    }
    const consequence = row.own_target || row.consequence;
    setText(parts.consequence, consequence.slice(0, 200));
    setTitle(parts.consequence, consequence);
    parts.busy = Boolean(busy);
    Parts.hold(parts.actions, parts.busy);
  }

  function newShop(view) {
    const shop = view.shops.find((each) => each.shop_id === view.hero.shop_id);
    const [name, proof, note, actions] =
      [foreign("shop-name"), make("p", "proof"), make("p", "note"), make("div", "actions")];
    const all = view.all_paused ? { name: view.words.shops, shop_id: "" } : shop;
    if (shop.help) actions.append(Parts.helpButton(shop, shop.name, view.words));
    if (shop.resume) {
      const text = view.all_paused ? view.words.resume_all : shop.resume;
      actions.append(Parts.shopButton("resume", text, all, view.words));
    }
    delete hero.dataset.number;
    hero.dataset.handled = "";
    hero.append(name, proof, note, actions);
    return { name, proof, note, actions };
  }

  function updateShop(view) {
    const shop = view.shops.find((each) => each.shop_id === view.hero.shop_id);
    // What is true of all of them stands above; each one's own is in the strip.
    const name = view.all_paused && view.shops.length > 1 ? "" : shop.name;
    parts.unseen = name ? shop : null;
    setText(parts.name, name.slice(0, 120));
    setTitle(parts.name, name);
    setText(parts.note, shop.note.slice(0, 300));
    if (shop.help) setText(parts.actions.firstChild, shop.help);
  }

  function tick(now) {
    if (!shown || root.dataset.state === "stopped") return;
    setText(subline, Ticking.fill(shown.subline, now, shown.words));
    const unseen = parts?.unseen;
    if (unseen) setText(parts.proof, Ticking.fill(unseen.proof, now, shown.words));
    if (parts?.row) tickCase(parts.row, now, shown.words);
  }

  function tickCase(row, now, words) {
    setText(parts.mark, parts.busy ? words.saving : Ticking.fill(row.mark, now, words));
    if (row.due_at === null) return fillDue("", row.kind_text, "");
    const late = row.due_at <= now;
    hero.dataset.late = late;
    const said = late ? Ticking.age(now - row.due_at, words) : Ticking.left(row.due_at - now, words, true);
    const [before, after] = late ? words.overdue.split("{age}") : words.left.split("{left}");
    return fillDue(before, said, after);
  }

  function fillDue(before, said, after) {
    setText(parts.before, before);
    setText(parts.count, said);
    setText(parts.after, after);
  }

  // *why* is known when the agent broke; an agent that only falls silent cannot say it.
  function stop(now, words, why = null) {
    const first = root.dataset.state !== "stopped";
    root.dataset.state = "stopped";
    setText(headline, why?.headline ?? words.stopped);
    if (first) {
      // Numbers that nobody confirms any more are not shown as numbers.
      for (const count of totals.querySelectorAll(".count")) setText(count, "?");
    }
    const since = shown ? Ticking.filled(words["stopped.since"], { age: Ticking.age(now - shown.taken_at, words) }) : "";
    setText(subline, `${why?.subline ?? words["stopped.next"]}${since && `\n${since}`}`);
  }

  const settled = () => performance.now() - changedAt > 500;

  return { render, tick, stop, settled };
})();
