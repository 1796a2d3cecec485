// What came and went, drawn: up is what came, down is what ended, hatched is what nobody watched.
"use strict";

const Days = (() => {
  const { make, setText } = Parts;
  const at = (id) => document.getElementById(id);
  const [chips, body, wait, made] = ["day-periods", "day-body", "day-wait", "day-made"].map(at);
  const [chart, table, numbers] = ["day-chart", "day-table", "day-numbers"].map(at);
  const SVG = "http://www.w3.org/2000/svg";
  const AGAIN_MS = 700;
  const ANEW_MS = 60000;
  const FIRST = 5;
  const [WIDTH, HIGH, LOW, FOOT, SLOT] = [312, 66, 44, 14, 13];

  let view = null;
  let call = null;
  let book = null;
  let drawn = "";
  let chosen = 0;
  let asking = false;
  let askedAt = -Infinity;
  let failed = "";
  let soon = true;

  function open() {
    askedAt = -Infinity;
    soon = true;
  }

  // A new one is made while the old one is shown; until there is one, it is asked for soon again.
  async function ask(moment) {
    if (asking || moment - askedAt < (book ? ANEW_MS : AGAIN_MS)) return;
    asking = true;
    askedAt = moment;
    const answer = await call("day");
    asking = false;
    failed = answer.ok ? "" : `${answer.error}${answer.next_step}`;
    if (answer.ok && answer.day) {
      // The first may be of an hour ago: the one that is being made is fetched soon.
      if (soon) askedAt = moment - ANEW_MS + 2 * AGAIN_MS;
      soon = false;
      book = answer.day;
    }
    draw();
  }

  function render(next) {
    view = next;
    draw();
  }

  function tick(now) {
    ask(performance.now());
    if (book) setText(made, Ticking.fill({ text: view.words.day_made, at: book.made_at }, now, view.words));
  }

  function draw() {
    body.hidden = chips.hidden = !book;
    wait.hidden = Boolean(book) && !failed;
    setText(wait, failed || view.words.day_reading);
    const wanted = JSON.stringify([book, chosen, view.language]);
    if (!book || wanted === drawn) return;
    drawn = wanted;
    drawChips();
    const period = book.periods[chosen] ?? book.periods[0];
    setText(at("day-summary"), period.summary);
    setText(at("day-stood"), period.stood);
    drawHours(period);
    drawTable(period);
    drawTouch(period.touch);
    drawCounts(at("day-kinds"), period.kinds);
    drawCounts(at("day-shops"), period.shops);
    drawClose(period);
  }

  function drawChips() {
    Parts.fill(chips, [...book.periods.entries()], () => make("button"), (chip, [index, period]) => {
      chip.type = "button";
      setText(chip, period.title);
      chip.setAttribute("aria-pressed", String(index === chosen));
    });
  }

  function shape(tag, attributes, text = "") {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text) element.textContent = text;
    return element;
  }

  function hatching(id) {
    const pattern = shape("pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(shape("line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "stripe" }));
    return pattern;
  }

  function drawHours(period) {
    const most = Math.max(4, ...period.hours.flatMap(({ came, went }) => [came, went]));
    const middle = HIGH + 10;
    const bottom = middle + LOW + 10;
    const image = shape("svg", { viewBox: `0 0 ${WIDTH} ${bottom + FOOT}`, role: "img", "aria-label": period.summary });
    const defs = shape("defs", {});
    defs.append(hatching("day-hatch"));
    image.append(defs);
    for (const [number, hour] of period.hours.entries()) {
      const x = number * SLOT;
      if (hour.seen === "nothing" || hour.seen === "partly") image.append(veil(x, hour.seen, bottom));
      image.append(...bar(x, hour.came, most, middle, -HIGH, "came"), ...bar(x, hour.went, most, middle, LOW, "went"));
      if (number % 3 === 0) image.append(shape("text", { x: x + 1, y: bottom + 11, class: "axis" }, String(number)));
    }
    image.append(shape("line", { x1: 0, x2: WIDTH, y1: middle, y2: middle, class: "zero" }));
    chart.replaceChildren(image);
  }

  function veil(x, seen, bottom) {
    // In part is drawn in part: at the foot of both halves.
    const height = seen === "nothing" ? bottom : 14;
    return shape("rect", { x, y: bottom - height, width: SLOT, height, fill: "url(#day-hatch)", class: `veil ${seen}` });
  }

  function bar(x, count, most, middle, room, kind) {
    if (count === 0) return [];
    const height = Math.max(2, Math.abs(room) * count / most);
    const y = room < 0 ? middle - height : middle;
    const label = room < 0 ? y - 2 : y + height + 8;
    return [
      shape("rect", { x: x + 2, y, width: SLOT - 4, height, class: kind }),
      shape("text", { x: x + SLOT / 2, y: label, class: "count" }, String(count)),
    ];
  }

  function drawTable(period) {
    const { words } = view;
    const head = make("tr");
    for (const text of [words.day_hour, words.day_came, words.day_went, words.day_watched]) {
      const cell = make("th", "", text);
      cell.scope = "col";
      head.append(cell);
    }
    const rows = period.hours.map((hour) => {
      const [row, title] = [make("tr"), make("th", "", hour.title)];
      title.scope = "row";
      row.append(title, ...[hour.came_text, hour.went_text, hour.watched].map((text) => make("td", "", text)));
      return row;
    });
    const [caption, top, rest] = [make("caption", "", period.summary), make("thead"), make("tbody")];
    top.append(head);
    rest.append(...rows);
    table.replaceChildren(caption, top, rest);
  }

  function drawTouch(touch) {
    for (const name of ["median", "worst", "said", "waiting"]) setText(at(`day-${name}`), touch[name]);
    drawCounts(at("day-steps"), touch.steps);
  }

  // Length says it, and the number beside it: no colour is needed.
  function drawCounts(list, counts) {
    const most = Math.max(1, ...counts.flatMap(({ came, went }) => [came, went]));
    const alone = list.id === "day-steps";
    list.replaceChildren(...counts.map((count) => {
      const [line, title] = [make("li"), Parts.foreign("title")];
      setText(title, count.title.slice(0, 120));
      title.title = count.title;
      line.append(title, lengths(count, most, alone), make("span", "said", said(count, alone)));
      return line;
    }));
  }

  function said({ came, went, note }, alone) {
    if (alone) return String(came);
    const { words } = view;
    return [`${words.day_came} ${came}`, `${words.day_went} ${went}`, note].filter(Boolean).join(" · ");
  }

  function lengths({ came, went }, most, alone) {
    const image = shape("svg", { viewBox: `0 0 100 ${alone ? 8 : 15}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    image.append(shape("rect", { x: 0, y: 1, width: 100 * came / most, height: 6, class: "came" }));
    if (!alone) image.append(shape("rect", { x: 0.5, y: 9, width: Math.max(0, 99 * went / most), height: 5, class: "went" }));
    return image;
  }

  function drawClose(period) {
    setText(at("day-close-said"), period.close_said || view.words.day_close_none);
    const lines = period.close.map(closeLine);
    at("day-close").replaceChildren(...lines.slice(0, FIRST));
    at("day-close-rest").replaceChildren(...lines.slice(FIRST));
    at("day-close-fold").hidden = lines.length <= FIRST;
    setText(at("day-close-more"), Ticking.filled(view.words.day_close_more, { n: lines.length - FIRST }));
  }

  function closeLine(one) {
    const [line, shop] = [make("li"), Parts.foreign("shop")];
    line.dataset.bad = one.bad;
    setText(shop, one.shop.slice(0, 120));
    line.append(make("span", "when", one.when), make("b", "kind", one.number ? `#${one.number} ${one.kind}` : one.kind),
      shop, make("span", "said", one.said));
    return line;
  }

  function wire(given) {
    ({ call } = given);
    chips.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (!chip) return;
      chosen = [...chips.children].indexOf(chip);
      draw();
    });
    numbers.addEventListener("click", () => {
      const shown = table.dataset.shown !== "true";
      table.dataset.shown = shown;
      numbers.setAttribute("aria-pressed", String(shown));
    });
  }

  return { open, render, tick, wire };
})();
