// The pages of records: reached from the foot and by a key, left with Escape; the verdict stays.
"use strict";

const Pages = (() => {
  const at = (id) => document.getElementById(id);
  const root = document.documentElement;
  const box = at("pages");
  const KEYS = { KeyH: "health", KeyD: "day", Comma: "settings" };
  const pages = { health: Health, day: Days, settings: Settings };
  let view = null;
  let shown = "";
  let came = null;

  function render(next) {
    view = next;
    if (shown) pages[shown].render(view);
  }

  function tick(now) {
    if (shown && view) pages[shown].tick(now);
  }

  function open(name, now) {
    if (!view || shown === name) return;
    if (!shown) came = document.activeElement;
    shown = name;
    root.dataset.page = name;
    box.hidden = false;
    for (const each of Object.keys(pages)) {
      at(`${each}-page`).hidden = each !== name;
      at(`tab-${each}`).setAttribute("aria-current", each === name ? "page" : "false");
    }
    pages[name].open?.();
    pages[name].render(view);
    pages[name].tick(now);
    box.scrollTop = 0;
    at(`tab-${name}`).focus({ preventScroll: true });
  }

  function close() {
    if (!shown) return;
    shown = "";
    delete root.dataset.page;
    box.hidden = true;
    const back = came?.isConnected && came !== document.body ? came : at("list");
    back.focus({ preventScroll: true });
  }

  // By its place on the keyboard: an input method for Chinese takes the letter itself.
  function pressed(event, now) {
    const { key, code, repeat, ctrlKey, altKey, metaKey, isComposing, target } = event;
    if (isComposing || document.querySelector("dialog:modal") || target.closest?.("input, select, textarea")) return;
    if (key === "Escape" && shown && !document.querySelector("dialog[open]")) {
      // What lies beneath keeps its own for the next Escape.
      event.stopPropagation();
      close();
    }
    const name = KEYS[code];
    if (!name || repeat || ctrlKey || altKey || metaKey) return;
    if (shown === name) close();
    else open(name, now());
  }

  function wire({ call, now, toast, act }) {
    Days.wire({ call });
    Settings.wire({ call, toast });
    for (const name of Object.keys(pages)) {
      at(`to-${name}`).addEventListener("click", () => open(name, now()));
      at(`tab-${name}`).addEventListener("click", () => open(name, now()));
    }
    at("first-shop").addEventListener("click", () => open("settings", now()));
    at("pages-back").addEventListener("click", close);
    box.addEventListener("click", act);
    // Before the sheets: what Escape closes first must not close the page behind it too.
    document.addEventListener("keydown", (event) => pressed(event, now), true);
  }

  return { render, tick, wire };
})();
