// The small size of the window: how things stand, for whoever works in another one.
"use strict";

const Whistle = (() => {
  const { make, setText, setTitle } = Parts;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const [whistle, says, due, counts, dots] =
    ["whistle", "whistle-says", "whistle-due", "whistle-counts", "whistle-shops"].map(at);
  const fader = at("fade");
  const [count, what] = [due.querySelector(".count"), due.querySelector(".what")];
  const KEEPS_KEYS = "input, select, textarea, dialog";
  const HEARD = ["KeyE", "KeyM", "KeyT", "KeyW"];

  let view = null;
  let next = null;
  let unseen = null;
  let api = () => null;
  let focused = null;
  let former = "whistle";

  function render(shown) {
    view = shown;
    next = view.rows.find((row) => row.due_at !== null && row.handled !== "theirs") ?? null;
    unseen = view.shops.find((shop) => shop.shop_id === view.hero?.shop_id) ?? null;
    whistle.dataset.warned = view.warnings.some(({ kind }) => ["channel", "journal", "person"].includes(kind));
    whistle.dataset.hushed = view.hushed !== null;
    setTitle(says, [view.headline, ...view.warnings.map(({ text }) => text)].join("\n"));
    renderCounts();
    renderDots();
  }

  function renderCounts() {
    for (const [index, total] of view.totals.entries()) {
      const element = counts.children[index] ?? counts.appendChild(newCount());
      element.dataset.key = total.key;
      element.dataset.none = total.shown === "0";
      setTitle(element, total.title);
      element.setAttribute("aria-label", total.title);
      setText(element.lastElementChild, total.shown);
    }
  }

  function newCount() {
    const element = make("li", "total pywebview-drag-region");
    element.append(make("span", "dot"), make("span", "count"));
    return element;
  }

  function renderDots() {
    while (dots.children.length > view.shops.length) dots.lastElementChild.remove();
    for (const [index, shop] of view.shops.entries()) {
      const dot = dots.children[index] ?? dots.appendChild(make("li", "shop pywebview-drag-region"));
      dot.dataset.state = shop.state;
    }
  }

  function tick(now) {
    // The verdict's own line: how it reads is decided in one place.
    setText(says, at("headline").textContent);
    const silent = root.dataset.state === "stopped";
    if (silent) for (const total of counts.children) setText(total.lastElementChild, "?");
    if (!view || silent) return sayDue("", at("subline").textContent);
    for (const [index, shop] of view.shops.entries()) {
      const proof = Ticking.fill(shop.proof, now, view.words);
      const text = `${shop.name} · ${proof}`;
      setTitle(dots.children[index], text);
      dots.children[index].setAttribute("aria-label", text);
    }
    // A strip that rings no more must not look like one that has nothing to ring for.
    const { hushed, words } = view;
    const quiet = hushed === null ? "" : Ticking.fill({ text: words.hushed, at: hushed }, now, words);
    if (unseen) return sayDue("", joined(quiet, unseen.name, Ticking.fill(unseen.proof, now, words)));
    if (!next) return sayDue("", joined(quiet, at("subline").textContent));
    return sayDue(Ticking.due(next.due_at, now, words), joined(quiet, next.kind_text, next.shop));
  }

  const joined = (...texts) => texts.filter(Boolean).join(" · ");

  function sayDue(left, text) {
    setText(count, left);
    setText(what, text.slice(0, 200));
    setTitle(due, `${left} ${text}`.trim());
  }

  // The window changes first: a list squeezed into a strip, or the reverse, would flash up.
  async function become(size) {
    const done = api()?.size ? await api().size(size) : size;
    if (root.dataset.size === done) return;
    const away = document.activeElement;
    if (!small()) focused = away;
    if (done === "tab") former = root.dataset.size ?? "inbox";
    root.dataset.size = done;
    if (done === "inbox") return (focused?.isConnected ? focused : at("shrink")).focus({ preventScroll: true });
    at("grow").focus({ preventScroll: true });
  }

  const small = () => root.dataset.size === "whistle" || root.dataset.size === "tab";
  const expand = () => become("inbox");
  const toggle = () => become(small() ? "inbox" : "whistle");
  const dock = () => become(root.dataset.size === "tab" ? former : "tab");

  async function fade() {
    if (api()?.fade && small()) say(await api().fade(fader.getAttribute("aria-pressed") !== "true"));
  }

  function say(faded) {
    fader.setAttribute("aria-pressed", String(faded));
  }

  const KEYS = { KeyE: dock, KeyT: fade, KeyW: toggle };

  function wire(given) {
    api = given.api;
    at("shrink").addEventListener("click", () => become("whistle"));
    at("grow").addEventListener("click", expand);
    at("dock").addEventListener("click", dock);
    fader.addEventListener("click", fade);
    whistle.addEventListener("dblclick", ({ target }) => { if (!target.closest("button")) expand(); });
    // What nobody sees hears no keys: else they would act on a case out of sight.
    window.addEventListener("keydown", (event) => {
      if (small() && !HEARD.includes(event.code)) event.stopPropagation();
    }, true);
    document.addEventListener("keydown", (event) => {
      const { code, repeat, ctrlKey, altKey, metaKey, target } = event;
      if (!(code in KEYS) || repeat || ctrlKey || altKey || metaKey) return;
      if (!target.closest?.(KEEPS_KEYS)) KEYS[code]();
    });
    wireAway(given.leave);
    window.addEventListener("pywebviewready", begin);
    begin();
  }

  // A window that nothing can call back is not offered to be put away.
  function wireAway(leave) {
    const away = at("leave-away");
    at("quit").addEventListener("click", () => { away.hidden = !api()?.hide || Opening.ended()?.state === "stopped"; });
    away.addEventListener("click", () => {
      leave.close();
      api().hide();
    });
  }

  async function begin() {
    if (api()?.size) root.dataset.size = await api().size();
    fader.hidden = !api()?.fade;
    if (api()?.fade) say(await api().fade());
  }

  return { render, tick, wire, expand };
})();
