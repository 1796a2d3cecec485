// The stop key: one press and nothing at all rings, with its end and the way back in plain sight.
"use strict";

const Silence = (() => {
  const { setText, setTitle, button } = Parts;
  const at = (id) => document.getElementById(id);
  const [stop, bar, title, left, span, spans] =
    ["hush", "hushed", "hushed-title", "hushed-left", "hush-span", "hush-spans"].map(at);
  const FIRST_MINUTES = 10;
  const MINUTE_MS = 60000;

  let view = null;

  function render(next) {
    view = next;
    const { words, hushed } = view;
    const text = hushed === null ? words.hush : words.unhush;
    stop.dataset.hushed = hushed !== null;
    stop.setAttribute("aria-label", text);
    setTitle(stop, text);
    bar.hidden = hushed === null;
    if (hushed === null) fold(true);
    spans.setAttribute("aria-label", words.hush_span_title);
    if (spans.children.length === 0) spans.append(...view.hushes.map(choice));
  }

  function choice({ minutes, text }) {
    const element = button("hush", text, `${view.words.hush_span_title} ${text}`);
    element.dataset.minutes = minutes;
    return element;
  }

  function tick(now) {
    if (view?.hushed == null) return;
    const { words, hushed } = view;
    setText(title, Ticking.fill({ text: words.hushed, at: hushed }, now, words));
    setText(left, Ticking.fill({ text: words.hushed_left, at: hushed }, now, words));
  }

  function fold(folded) {
    spans.hidden = folded;
    span.setAttribute("aria-expanded", String(!folded));
  }

  function wire({ hush, unhush, say, now }) {
    // A second press never ends a silence that somebody just asked for, and never shortens it.
    const press = () => {
      if (!view) return;
      if ((view.hushed ?? 0) <= now() + FIRST_MINUTES * MINUTE_MS) return hush(FIRST_MINUTES);
      return say(Ticking.fill({ text: view.words.hushed_already, at: view.hushed }, now(), view.words));
    };
    stop.addEventListener("click", () => (view?.hushed == null ? press() : unhush()));
    at("unhush").addEventListener("click", unhush);
    span.addEventListener("click", () => fold(!spans.hidden));
    spans.addEventListener("click", (event) => {
      const { minutes } = event.target.closest("button")?.dataset ?? {};
      if (minutes === undefined) return;
      fold(true);
      span.focus();
      hush(Number(minutes));
    });
    // By its place on the keyboard: an input method for Chinese takes the letter itself.
    document.addEventListener("keydown", (event) => {
      const { code, repeat, ctrlKey, altKey, metaKey, target } = event;
      if (code !== "KeyM" || repeat || ctrlKey || altKey || metaKey) return;
      if (!target.closest?.("input, select, textarea")) press();
    });
  }

  return { render, tick, wire };
})();
