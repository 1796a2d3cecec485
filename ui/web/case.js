// One case over the list: everything known of it, what became of it, and what a person can do.
"use strict";

const Case = (() => {
  const { make, setText, setTitle, foreign, button, fill } = Parts;
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const page = at("case");
  const frame = at("list");
  const [title, body, box, choices, spans] =
    ["case-title", "case-body", "case-actions", "case-choices", "case-spans"].map(at);
  const LONGEST_NUMBER = 14;
  const LONGEST_TEXT = 20000;

  let hooks = null;
  let view = null;
  let saving = new Map();
  let number = null;
  let detail = null;
  let failure = "";
  let from = null;
  let ticking = [];
  let asked = 0;
  let asking = false;
  let askAgain = false;

  const shownRow = () => view.rows.find((row) => row.number === number) ?? detail?.row ?? null;
  const itemOf = (which) => document.querySelector(`#rows li.row[data-number="${Number(which)}"]`);
  const topOf = (item) => item.getBoundingClientRect().top - frame.getBoundingClientRect().top;

  function render(next, busy) {
    view = next;
    saving = busy;
    if (number === null) return;
    draw();
    refresh();
  }

  function open(which) {
    const item = itemOf(which);
    from = {
      element: document.activeElement, scroll: frame.scrollTop, item, top: item ? topOf(item) : 0,
    };
    Object.assign(page.dataset, { number: which });
    [number, detail, failure] = [which, null, ""];
    page.hidden = false;
    fold(true);
    Hands.fold(true);
    draw();
    refresh();
    tick(hooks.now());
    body.scrollTop = 0;
    body.focus({ preventScroll: true });
  }

  // The list is as it was left, also where rows came and went in the meantime.
  function close() {
    if (number === null) return;
    Note.leave();
    number = null;
    page.hidden = true;
    delete root.dataset.case;
    root.dataset.rows = view.rows.length > 0 ? "some" : "none";
    const { element, scroll, item, top } = from;
    frame.scrollTop = scroll;
    if (item?.isConnected) frame.scrollTop += topOf(item) - top;
    const back = [element, item?.querySelector(".face")].find((each) => each?.isConnected && each.checkVisibility());
    (back ?? frame).focus({ preventScroll: true });
  }

  async function refresh() {
    askAgain = asking;
    if (asking) return;
    asking = true;
    asked += 1;
    const [wanted, ticket] = [number, asked];
    const answer = await hooks.call("case", wanted);
    asking = false;
    if (number === wanted) take(answer, ticket);
    if (askAgain && number !== null) refresh();
  }

  function take(answer, ticket) {
    detail = answer.case ?? detail;
    failure = answer.ok ? "" : `${answer.error}${answer.next_step}`;
    if (answer.ok) Note.confirm(ticket);
    draw();
    tick(hooks.now());
  }

  function draw() {
    // The page takes the list's place: the verdict above stays as small as it is with rows.
    root.dataset.case = "open";
    root.dataset.rows = "some";
    const row = shownRow();
    const { words } = view;
    const past = detail?.past;
    setText(at("case-missing"), failure ? `${words.case_failed}${failure}` : detail ? "" : words.case_loading);
    at("case-again").hidden = !failure;
    setText(at("case-older"), past?.older ?? "");
    fill(at("case-past"), past?.lines ?? [], newLine, fillLine);
    Note.show(number, (detail?.row ?? row)?.note ?? "", Boolean(detail), words);
    if (row) drawRow(row, words);
  }

  function drawRow(row, words) {
    const busy = saving.get(number);
    page.dataset.tier = row.tier;
    page.dataset.handled = detail?.ended ? "ended" : busy?.handled ?? row.handled;
    setText(title, [row.starred ? "★" : "", row.kind_text, row.amount, `#${number}`].filter(Boolean).join(" "));
    setText(at("case-tier"), detail?.ended ? "" : row.tier_text);
    setText(at("case-then"), detail?.ended ? "" : [row.own_target, row.consequence].filter(Boolean).join(" · "));
    setText(at("case-words"), row.reason.slice(0, LONGEST_TEXT));
    at("case-words").parentElement.hidden = !row.reason;
    drawActions(row, words, Boolean(busy));
    Hands.draw(row, busy, view);
    const why = detail?.why ?? [];
    setText(at("case-why-title"), Ticking.filled(words.case_why, { tier: row.tier_text }));
    at("case-grounds").hidden = why.length === 0;
    fill(at("case-why"), why, () => foreignIn("li"), (item, text) => setText(item.firstChild, text));
    ticking = [];
    fill(at("case-facts"), [...facts(row, words, Hands.asked(busy))], newFact, fillFact);
    fill(spans, detail?.put_offs ?? view.snoozes, newSpan, fillSpan);
    setText(at("case-clipped"), detail?.put_offs.at(-1)?.note ?? "");
  }

  function drawActions(row, words, busy) {
    const key = `${number}/${row.outage}`;
    if (box.dataset.key !== key) {
      box.dataset.key = key;
      const star = button("star", "", "");
      const actions = Parts.actions(row, words);
      actions.append(star, Hands.turn());
      box.replaceChildren(actions);
    }
    const star = box.querySelector("[data-act=star]");
    const text = row.starred ? words.unstar : words.star;
    star.dataset.starred = row.starred;
    setText(star, text);
    star.setAttribute("aria-label", Parts.aboutCase(row, words)(text));
    if (row.outage) setText(box.querySelector("[data-act=help]"), row.help);
    Parts.hold(box, busy);
  }

  function* facts(row, words, given) {
    const limit = row.due_at === null ? null : { text: "{clock}", at: row.due_at };
    const moments = (detail?.moments ?? []).map(({ label, said }) => [words[label], said]);
    const tags = detail?.tags ?? [];
    const all = [
      [words.fact_assigned, given || detail?.assigned], [words.fact_shop, row.shop],
      [words.fact_buyer, detail?.buyer], [words.fact_product, row.product],
      [words.fact_order, row.order_id, "copy"], [words.fact_ticket, detail?.ticket, "copy"],
      [words.fact_number, `#${row.number}`, "copy"],
      [words.fact_status, row.status], [words.fact_stage, detail?.stage],
      [words.fact_kind, tags.length > 0 ? [row.kind_text, ...tags].join(" · ") : ""],
      [words.fact_about, detail?.about],
      [words.fact_limit, limit], [words.fact_deadline, row.raw_deadline], ...moments,
    ];
    for (const [label, said, copy] of all) if (said) yield { label, said, copy: Boolean(copy) };
  }

  function foreignIn(tag) {
    const element = make(tag);
    element.append(foreign());
    return element;
  }

  function newFact() {
    const [fact, value, copy] = [make("div"), foreignIn("dd"), make("button", "copy")];
    copy.type = "button";
    copy.addEventListener("click", () => copyFrom(value.firstChild));
    value.append(copy);
    fact.append(make("dt"), value);
    return fact;
  }

  function fillFact(fact, { label, said, copy }) {
    const [name, value] = fact.children;
    const [text, again] = value.children;
    setText(name, label);
    again.hidden = !copy;
    setText(again, view.words.copy);
    again.setAttribute("aria-label", Ticking.filled(view.words.case_copy, { what: label }));
    delete text.dataset.whole;
    setTitle(text, copy ? said : "");
    if (typeof said !== "string") return ticking.push([text, said]);
    if (copy) text.dataset.whole = said;
    return setText(text, copy ? shortened(said) : said.slice(0, LONGEST_TEXT));
  }

  const shortened = (text) => (text.length > LONGEST_NUMBER ? `${text.slice(0, 4)}…${text.slice(-6)}` : text);

  async function copyFrom(element) {
    const { whole } = element.dataset;
    const done = await Copying.copy(whole, () => {
      setText(element, whole);
      getSelection().selectAllChildren(element);
    });
    const { words } = view;
    hooks.toast(done ? Ticking.filled(words.case_copied, { text: whole.slice(0, 80) }) : words.copy_by_hand);
  }

  function newLine() {
    const line = make("li");
    line.append(make("time"), make("span", "by"), foreign("did"), foreign("said"));
    return line;
  }

  function fillLine(line, { at: when, by, by_text: who, text, said, bad }) {
    const [time, name, did, words] = line.children;
    Object.assign(line.dataset, { by, bad });
    setText(time, Ticking.clock(when, hooks.now()));
    for (const [piece, value] of [[name, who], [did, text], [words, said]]) setText(piece, value);
  }

  function newSpan() {
    return button("snooze", "", "");
  }

  function fillSpan(element, { minutes, text }) {
    element.dataset.minutes = minutes;
    setText(element, text);
    element.setAttribute("aria-label", `${view.words.snooze} ${text}`);
  }

  function tick(now) {
    const row = view && number !== null ? shownRow() : null;
    if (!row) return;
    const { words } = view;
    const ended = detail?.ended;
    const late = row.due_at !== null && row.due_at <= now;
    const left = late ? Ticking.due(row.due_at, now, words)
      : Ticking.filled(words.left, { left: Ticking.left(row.due_at - now, words, true) });
    page.dataset.late = late;
    setText(at("case-due"), row.due_at === null || ended ? "" : left);
    setText(at("case-mark"), saving.has(number) ? words.saving : Ticking.fill(ended ?? row.mark, now, words));
    for (const [element, said] of ticking) setText(element, Ticking.fill(said, now, words));
  }

  function fold(folded) {
    choices.hidden = folded;
    box.querySelector("[data-act=choose]")?.setAttribute("aria-expanded", String(!folded));
  }

  // What may be chosen depends on the time: it is asked for when somebody wants to choose.
  function choose() {
    Hands.fold(true);
    fold(!choices.hidden);
    if (choices.hidden) box.querySelector("[data-act=choose]").focus({ preventScroll: true });
    else refresh();
  }

  function hand() {
    fold(true);
    Hands.fold(Hands.unfolded());
  }

  // A key presses what stands there: where there is nothing to take in hand, it does nothing.
  function press(act) {
    const there = box.querySelector(`[data-act=${act}]`);
    if (!there?.checkVisibility()) return false;
    there.click();
    if (!choices.hidden) spans.querySelector("button")?.focus();
    Hands.reach();
    return true;
  }

  function wire(given) {
    hooks = given;
    at("case-back").addEventListener("click", close);
    Note.wire({ ...given, asked: () => asked, refresh });
    at("case-again").addEventListener("click", refresh);
    document.addEventListener("keydown", (event) => {
      // Escape belongs to an input method first, then to what lies on top.
      if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
      if (number !== null && Hands.unfolded()) Hands.fold(true);
      else if (choices.hidden || number === null) close();
      else choose();
    });
  }

  return { render, tick, open, press, choose, hand, wire };
})();
