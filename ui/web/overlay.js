// Asks the agent once a second, notices when it stops answering, and carries clicks to it.
"use strict";

(() => {
  const BEAT_MS = 1000;
  const SILENT_BEATS = 3;
  const PATIENCE_MS = 5000;
  const TOAST_MS = 8000;
  const UNDO_MS = 60000;

  const at = (id) => document.getElementById(id);
  Speaking.begin();
  const saving = new Map();
  let view = null;
  // Until the agent has spoken, the page's own text is all there is.
  let words = Object.fromEntries(
    [...document.querySelectorAll("[data-word]")].map((each) => [each.dataset.word, each.textContent]),
  );
  let revision = "";
  let heard = { agent: null, here: 0 };
  let missed = 0;
  let asked = 0;
  let taken = 0;
  let asking = false;
  let askAgain = false;
  let undoable = { numbers: [], until: 0, done: "" };

  // The agent's clock, carried on by ours: the two may differ, and only the agent's counts.
  const now = () => (heard.agent ?? 0) + performance.now() - heard.here;
  const api = () => window.pywebview?.api;

  async function pull() {
    if (asking) {
      askAgain = true;
      return;
    }
    if (!api()?.snapshot) return;
    asking = true;
    askAgain = false;
    asked += 1;
    const ticket = asked;
    const known = revision;
    try {
      take(await api().snapshot(known, true), ticket, known);
    } catch (error) {
      console.error(error);
    }
    if (ticket !== asked) return;
    asking = false;
    if (askAgain) pull();
  }

  function take(answer, ticket, known) {
    if (!answer?.ok || ticket < taken) return;
    // A patch fits what it was asked for; the next beat asks for one that fits what came meanwhile.
    if (answer.changed && known !== revision) return;
    taken = ticket;
    if (Opening.take(answer, learn)) {
      missed = 0;
      revision = "";
      if (Opening.ended()) tick();
      return;
    }
    if (answer.taken_at !== heard.agent) missed = 0;
    heard = { agent: answer.taken_at, here: performance.now() };
    if (!answer.unchanged) {
      view = patched(answer, view);
      ({ revision } = answer);
      learn(view);
    }
    const confirmed = [...saving].filter(([, entry]) => entry.after < ticket);
    for (const [number] of confirmed) saving.delete(number);
    const back = document.documentElement.dataset.state === "stopped" && missed === 0;
    if (!answer.unchanged || confirmed.length > 0 || back) render();
  }

  // Of thousands of rows only those come that differ; the others are the objects that they were.
  function patched({ view: next, changed, order }, before) {
    if (!changed) return next;
    const rows = new Map([...before.rows, ...changed].map((row) => [row.number, row]));
    return { ...next, rows: order ? order.map((number) => rows.get(number)) : [...rows.values()] };
  }

  function learn({ words: said, language }) {
    words = said;
    Speaking.learned();
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.title;
    Keys.learn(words);
    for (const element of document.querySelectorAll("[data-word]:not(#headline, #subline)")) {
      Parts.setText(element, words[element.dataset.word]);
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      const text = words[element.dataset.label];
      if (element.hasAttribute("aria-label")) element.setAttribute("aria-label", text);
      if (element.hasAttribute("title")) element.title = text;
    }
  }

  function render() {
    if (!view) return;
    Panel.render(view, saving);
    Sieve.render(view);
    Picks.render(view);
    Rows.render(view, saving);
    Shops.render(view);
    Dialogs.render(view);
    Silence.render(view);
    Sheets.render(view);
    Case.render(view, saving);
    Pages.render(view);
    Whistle.render(view);
    tick();
  }

  function tick() {
    const moment = now();
    const why = Opening.ended();
    if (why || (missed >= SILENT_BEATS && !Settings.renewing())) Panel.stop(moment, words, why);
    Panel.tick(moment);
    Rows.tick(moment);
    Shops.tick(moment);
    Dialogs.tick(moment);
    Silence.tick(moment);
    Case.tick(moment);
    Pages.tick(moment);
    Whistle.tick(moment);
  }

  // Counted in beats, not by the clock: after the laptop slept, the first beat asks again.
  function beat() {
    missed += 1;
    if (missed % SILENT_BEATS === 0) asking = false;
    pull();
    tick();
  }

  async function call(name, ...values) {
    const silence = new Promise((resolve) => {
      setTimeout(resolve, PATIENCE_MS, {
        ok: false, error: words.no_answer, next_step: words["no_answer.next"],
      });
    });
    try {
      return await Promise.race([api()[name](...values), silence]);
    } catch (error) {
      console.error(error);
      return silence;
    }
  }

  const save = (number, handled, name, ...values) => saveAll([number], handled, name, number, ...values);

  async function saveAll(numbers, handled, name, ...values) {
    if (numbers.some((number) => saving.has(number))) return null;
    const entry = { handled, name, values, after: Infinity };
    for (const number of numbers) saving.set(number, entry);
    render();
    const answer = await call(name, ...values);
    if (answer.ok) {
      // Only an answer to a question asked from now on shows what was saved.
      entry.after = asked;
      pull();
    } else {
      for (const number of numbers) if (saving.get(number) === entry) saving.delete(number);
      render();
      toast(answer.error, answer.next_step);
    }
    return answer.ok ? answer : null;
  }

  async function snooze(number, minutes) {
    const answer = await save(number, "snoozed", "snooze", minutes);
    if (!answer) return;
    const clock = Ticking.clock(answer.until, now());
    offerUndo([number], Ticking.filled(words.snoozed, { number, clock }));
  }

  async function acknowledge(wanted) {
    const numbers = wanted.filter((each) => !saving.has(each));
    if (numbers.length === 0) return;
    const [number] = numbers;
    const one = numbers.length === 1;
    const answer = await (one ? save(number, "acknowledged", "acknowledge")
      : saveAll(numbers, "acknowledged", "acknowledge_all", numbers));
    if (!answer) return;
    offerUndo(numbers, one ? Ticking.filled(words.taken, { number })
      : Ticking.filled(words.taken_many, { count: answer.count }));
  }

  async function assign(number, person) {
    Hands.fold(true);
    const row = view.rows.find((each) => each.number === number);
    // Whose it now is has yet to take it in hand.
    const handled = person && row?.handled !== "theirs" ? "" : undefined;
    const answer = await save(number, handled, "assign", person);
    if (!answer) return;
    const text = Ticking.filled(person ? words.assigned : words.unassigned, { number, person });
    offerUndo([number], text, words.assign_undone);
  }

  function offerUndo(numbers, text, done = words.undone) {
    undoable = { numbers, until: performance.now() + UNDO_MS, done };
    toast(text, "", undo);
  }

  async function undo() {
    const { numbers, until, done } = undoable;
    undoable = { numbers: [], until: 0, done: "" };
    if (numbers.length === 0 || performance.now() > until) return toast(words.undo_nothing);
    // What is to be undone may not be confirmed yet, and what is said last counts.
    for (const number of numbers) saving.delete(number);
    const answer = await saveAll(numbers, "", "take_back", numbers);
    return answer && toast(Ticking.filled(done, { count: answer.count }));
  }

  async function begin(text, name, value) {
    toast(text);
    const answer = await call(name, value);
    if (!answer.ok) toast(answer.error, answer.next_step);
    return answer;
  }

  // Only the agent knows whether a window is what helps.
  async function help(shop) {
    const answer = await begin(words.helping, "help_shop", shop);
    const begun = { read: words.helping_read, window: words.helping_window, code: words.helping_code };
    if (answer.ok) toast(begun[answer.help]);
    pull();
  }

  async function tell(name, ...values) {
    const answer = await call(name, ...values);
    if (!answer.ok) toast(answer.error, answer.next_step);
    pull();
    return answer;
  }

  async function open(shop) {
    const answer = await begin(words.helping, "open_window", shop);
    if (answer.ok) toast(words.helping_window);
  }

  function toast(text, nextStep = "", back = null) {
    const box = Parts.make("div", nextStep ? "toast failed" : "toast");
    const say = Parts.make("p", "", text);
    const close = Parts.button("close", "✕", words.close);
    box.append(say, close);
    if (nextStep) say.append(Parts.make("span", "next", nextStep));
    const remove = () => box.remove();
    if (back) {
      const again = Parts.make("button", "undo", words.undo);
      again.type = "button";
      again.addEventListener("click", () => {
        remove();
        back();
      });
      close.before(again);
    }
    close.addEventListener("click", remove);
    setTimeout(remove, nextStep || back ? TOAST_MS : TOAST_MS / 2);
    at("toasts").replaceChildren(box);
  }

  const acts = {
    acknowledge: (number) => acknowledge([number]),
    snooze: (number, { minutes }) => snooze(number, Number(minutes)),
    hand: () => Case.hand(),
    assign: (number, { person }) => assign(number, person),
    star: (number, { starred }) => save(number, undefined, "star", starred !== "true"),
    open: (number) => begin(words.opening, "open_case", number),
    help: (_, { shop }) => help(shop),
    resume: (_, { shop }) => tell("resume", shop),
    pause: (_, { shop }) => Dialogs.ask(shop),
    case: (number) => Case.open(number),
  };

  function act(event, choose, settled) {
    const button = event.target.closest("button[data-act]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    // A click of the mouse aims at what stood there a moment ago; a key means what is focused.
    if (event.detail > 0 && !settled()) return;
    const number = Number(button.closest("[data-number]")?.dataset.number);
    if (button.dataset.act === "choose" || button.dataset.act === "snooze") choose(number, button);
    if (button.dataset.act !== "choose") acts[button.dataset.act](number, button.dataset);
  }

  function chooseInRow(number) {
    Rows.choose(number);
  }

  function chooseInHero(_, button) {
    const choices = at("hero").querySelector(".choices");
    choices.hidden = !choices.hidden;
    at("hero").querySelector("[data-act=choose]").setAttribute("aria-expanded", String(!choices.hidden));
    if (button.dataset.act === "snooze") at("hero").querySelector("[data-act=choose]").focus();
  }

  function wireLeaving() {
    const leave = at("leave");
    at("quit").addEventListener("click", () => leave.showModal());
    at("leave-no").addEventListener("click", () => leave.close());
    at("leave-yes").addEventListener("click", async () => {
      const answer = await call("quit");
      if (answer.ok) return;
      leave.close();
      toast(answer.error, answer.next_step);
    });
  }

  function wireGrip(grip) {
    let from = null;
    let busy = false;
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      from = { x: event.screenX - window.innerWidth, y: event.screenY - window.innerHeight };
    });
    grip.addEventListener("pointermove", async (event) => {
      if (!from || busy || !api()?.resize) return;
      busy = true;
      await api().resize(Math.round(event.screenX - from.x), Math.round(event.screenY - from.y));
      busy = false;
    });
    for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, () => { from = null; });
  }

  at("rows").addEventListener("click", (event) => act(event, chooseInRow, Rows.settled));
  at("hero").addEventListener("click", (event) => act(event, chooseInHero, Panel.settled));
  at("case").addEventListener("click", (event) => act(event, Case.choose, () => true));
  at("shops").addEventListener("click", (event) => act(event, () => {}, () => true));
  Rows.wire(render);
  Sieve.wire(render);
  Picks.wire(render, { take: acknowledge, openCase: Case.open, pressOpen: Case.press, undo });
  wireLeaving();
  document.querySelectorAll(".grip").forEach(wireGrip);
  Dialogs.wire({
    pause: (shop, minutes) => tell("pause", shop, minutes),
    resume: (shop) => tell("resume", shop),
    leave: (shop) => tell("leave_code", shop),
    open,
  });
  Silence.wire({ hush: (minutes) => tell("hush", minutes), unhush: () => tell("unhush"), say: toast, now });
  Case.wire({ call, toast, now });
  Sheets.wire({ tell, toast, now });
  Pages.wire({ call, now, toast, act: (event) => act(event, () => {}, () => true) });
  Opening.wire({ again: () => tell("try_again") });
  Whistle.wire({ api, leave: at("leave") });
  Keys.wire({ api, expand: Whistle.expand });
  window.addEventListener("pywebviewready", pull);
  setInterval(beat, BEAT_MS);
  pull();
})();
