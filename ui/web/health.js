// How well the watching goes: each shop with its gaps and last readings, the roads, the computer.
"use strict";

const Health = (() => {
  const { make, setText, setTitle, foreign, fill } = Parts;
  const at = (id) => document.getElementById(id);
  const [shops, none, roads, machine, drill] =
    ["health-shops", "health-none", "health-roads", "health-machine", "health-drill"].map(at);
  const cards = new Map();
  let view = null;

  function render(next) {
    view = next;
    const known = new Map(view.health.shops.map((record) => [record.shop_id, record]));
    for (const [id, card] of cards) {
      if (!known.has(id)) {
        card.item.remove();
        cards.delete(id);
      }
    }
    const items = view.shops.map((shop) => update(shop, known.get(shop.shop_id)));
    place(items);
    none.hidden = items.length > 0;
    renderRoads();
    renderMachine();
    const running = at("drill");
    setText(drill, running.textContent);
    drill.dataset.state = running.dataset.state ?? "";
  }

  function place(items) {
    if (items.every((item, index) => shops.children[index] === item)) return;
    const focused = document.activeElement;
    shops.append(...items);
    if (shops.contains(focused)) focused.focus({ preventScroll: true });
  }

  function update(shop, record) {
    const card = cards.get(shop.shop_id) ?? build(shop);
    Object.assign(card, { shop, record });
    card.item.dataset.state = shop.state;
    setText(card.name, shop.name.slice(0, 120));
    setTitle(card.name, shop.name);
    setText(card.platform, shop.platform);
    setText(card.note, [shop.note, shop.detail].filter(Boolean).join("\n").slice(0, 400));
    setText(card.doubt, shop.doubt);
    updateButtons(card, shop);
    updateStrip(card, shop);
    updateReadings(card, record?.readings ?? []);
    updateGaps(card, record);
    return card.item;
  }

  function build(shop) {
    const { words } = view;
    const item = make("li", "card");
    const [head, buttons] = [make("div", "head"), make("div", "acts")];
    const [name, platform, proof] = [foreign("name"), make("span", "platform"), make("p", "proof")];
    const [note, doubt] = [foreign("note"), make("p", "doubt")];
    head.append(make("span", "dot"), name, platform, buttons);
    const [strip, scale] = [make("div", "record"), make("p", "scale")];
    strip.setAttribute("role", "img");
    scale.append(make("span", "", words.strip_begin), make("span", "", words.strip_end));
    scale.setAttribute("aria-hidden", "true");
    const [lists, heading] = [make("ul", "readings"), make("h3", "", words.health_lists)];
    const gaps = make("details", "gaps");
    const [missed, list, more] = [make("summary"), make("ul"), make("p", "rest")];
    gaps.append(missed, list, more);
    const calm = make("p", "calm");
    item.append(head, proof, note, strip, scale, gaps, calm, heading, lists, doubt);
    const card = { item, name, platform, proof, note, doubt, buttons, strip, scale, lists, gaps, missed,
      list, more, calm, help: "", lines: [] };
    cards.set(shop.shop_id, card);
    return card;
  }

  // Made anew only when they change: a press must meet what was aimed at.
  function updateButtons(card, shop) {
    const wanted = `${shop.help}/${shop.resume}`;
    if (card.help === wanted) return;
    card.help = wanted;
    card.buttons.replaceChildren();
    if (shop.help) card.buttons.append(Parts.helpButton(shop, shop.name, view.words));
    if (shop.resume) card.buttons.append(Parts.shopButton("resume", shop.resume, shop, view.words));
  }

  function updateStrip(card, shop) {
    card.strip.hidden = card.scale.hidden = !shop.strip;
    card.strip.setAttribute("aria-label", shop.record);
    fill(card.strip, [...shop.strip], () => make("span"), (slot, letter) => { slot.dataset.slot = letter; });
  }

  function updateReadings(card, readings) {
    card.lines = [];
    fill(card.lists, readings, newReading, (line, reading) => {
      line.dataset.good = reading.good;
      const [title, outcome, source, when] = line.children;
      setText(title, reading.title);
      setText(outcome, reading.outcome);
      setText(source, reading.source);
      card.lines.push({ when, at: reading.at });
    });
  }

  function newReading() {
    const line = make("li");
    line.append(foreign("title"), make("b", "outcome"), make("span", "source"), make("span", "when"));
    return line;
  }

  function updateGaps(card, record) {
    const gaps = record?.gaps ?? [];
    card.gaps.hidden = gaps.length === 0;
    card.calm.hidden = gaps.length > 0;
    setText(card.missed, record?.missed ?? "");
    setText(card.calm, record?.missed ?? "");
    setText(card.more, record?.more ?? "");
    fill(card.list, gaps, newGap, (line, gap) => {
      const [when, lasted, why] = line.children;
      setText(when, gap.when);
      setText(lasted, gap.lasted);
      setText(why, gap.why);
    });
  }

  function newGap() {
    const line = make("li");
    line.append(make("span", "when"), make("span", "lasted"), make("b", "why"));
    return line;
  }

  function renderRoads() {
    fill(roads, view.channels, () => make("li"), (line, road) => { line.dataset.failing = road.failing; });
  }

  function renderMachine() {
    const pieces = view.health.machine.flatMap((fact) => [["dt", fact], ["dd", fact]]);
    fill(machine, pieces, ([tag]) => make(tag), (piece, [tag, fact]) => {
      if (tag === "dt") setText(piece, fact.title);
      else piece.dataset.known = fact.known;
    });
  }

  function tick(now) {
    if (!view) return;
    const say = (sentence) => Ticking.fill(sentence, now, view.words);
    for (const card of cards.values()) {
      setText(card.proof, say(card.shop.proof));
      for (const { when, at: read } of card.lines) setText(when, say(read));
    }
    for (const [index, road] of view.channels.entries()) setText(roads.children[index], say(road.text));
    for (const [index, fact] of view.health.machine.entries()) {
      setText(machine.children[index * 2 + 1], say(fact.value));
    }
  }

  drill.addEventListener("click", () => at("drill").click());

  return { render, tick };
})();
