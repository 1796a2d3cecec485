// What a person is asked before a pause, the switch that ends one, and the code that a phone scans.
"use strict";

const Dialogs = (() => {
  const { setText, setTitle, button } = Parts;
  const at = (id) => document.getElementById(id);
  const [rest, code, picture, turn] = ["rest", "code", "code-picture", "pause"].map(at);

  let view = null;
  let paused = "";
  let shown = "";
  let left = "";

  function render(next) {
    view = next;
    const { words } = view;
    const text = view.all_paused ? words.resume_all : words.pause;
    turn.dataset.paused = view.all_paused;
    turn.setAttribute("aria-label", text);
    setTitle(turn, text);
    turn.hidden = view.shops.length === 0;
    renderCode();
  }

  // Whoever closed it is not asked again by what the agent still says for a second.
  function renderCode() {
    const waiting = view.shops.filter((shop) => shop.code);
    if (!waiting.some((shop) => shop.shop_id === left)) left = "";
    const shop = waiting.find((each) => each.shop_id !== left);
    shown = shop?.shop_id ?? "";
    if (!shop) {
      if (code.open) code.close();
      return;
    }
    setText(at("code-shop"), shop.name.slice(0, 120));
    picture.hidden = !shop.code.picture;
    picture.alt = view.words.code_picture;
    if (shop.code.picture && picture.getAttribute("src") !== shop.code.picture) picture.src = shop.code.picture;
    if (!code.open) code.showModal();
  }

  function tick(now) {
    const { code: asked } = view?.shops.find((shop) => shop.shop_id === shown) ?? {};
    if (!asked) return;
    const { words } = view;
    if (!asked.picture) return setText(at("code-says"), asked.number ? words.code_spent : words.code_first);
    const said = asked.number > 1 ? words.code_renewed : words.code_fresh;
    return setText(at("code-says"), Ticking.filled(said, { left: Ticking.left(asked.fresh_until - now, words) }));
  }

  function ask(shop) {
    const { words } = view;
    const name = view.shops.find((each) => each.shop_id === shop)?.name ?? "";
    paused = shop;
    setText(at("rest-question"), name
      ? Ticking.filled(words.pause_question_one, { shop: name.slice(0, 60) }) : words.pause_question);
    at("rest-spans").replaceChildren(...view.pauses.map(({ minutes, text }) => {
      const element = button("rest", text, `${words.pause} ${text}`);
      element.dataset.minutes = minutes;
      return element;
    }));
    rest.showModal();
  }

  function wire({ pause, resume, leave, open }) {
    turn.addEventListener("click", () => (view?.all_paused ? resume("") : view && ask("")));
    at("rest-no").addEventListener("click", () => rest.close());
    at("rest-spans").addEventListener("click", (event) => {
      const { minutes } = event.target.closest("button")?.dataset ?? {};
      if (minutes === undefined) return;
      rest.close();
      pause(paused, Number(minutes));
    });
    const close = (act) => {
      if (!shown) return;
      left = shown;
      code.close();
      act(left);
    };
    at("code-no").addEventListener("click", () => close(leave));
    at("code-window").addEventListener("click", () => close(open));
    code.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(leave);
    });
  }

  return { render, tick, ask, wire };
})();
