// The strip at the bottom: each shop's proof of quiet, and whether alerts arrive.
"use strict";

const Shops = (() => {
  const { make, setText, setTitle, foreign } = Parts;
  const strip = document.getElementById("shops");
  const roads = document.getElementById("channels");
  const pace = document.getElementById("pace");
  const entries = new Map();
  let view = null;

  function render(next) {
    view = next;
    const wanted = new Set(view.shops.map((shop) => shop.shop_id));
    for (const [id, entry] of entries) {
      if (!wanted.has(id)) {
        entry.item.remove();
        entries.delete(id);
      }
    }
    const items = view.shops.map((shop) => update(shop));
    if (items.some((item, index) => strip.children[index] !== item)) {
      const focused = document.activeElement;
      strip.append(...items);
      if (strip.contains(focused)) focused.focus({ preventScroll: true });
    }
    renderChannels();
    pace.hidden = !view.pace;
    setText(pace, view.pace);
  }

  function update(shop) {
    const entry = entries.get(shop.shop_id) ?? build(shop);
    entry.shop = shop;
    entry.item.dataset.state = shop.state;
    setText(entry.name, shop.name.slice(0, 120));
    setTitle(entry.name, [shop.name, shop.platform].filter(Boolean).join(" · "));
    setTitle(entry.proof, shop.detail);
    setText(entry.rules, shop.rules);
    setTitle(entry.rules, shop.doubt);
    setText(entry.doubt, shop.doubt);
    setText(entry.note, shop.note.slice(0, 300));
    updateStrip(entry.record, shop);
    updateHelp(entry, shop);
    updateResume(entry, shop);
    entry.pause.hidden = shop.state === "paused";
    updateQueues(entry, shop);
    return entry.item;
  }

  function build(shop) {
    const [item, fold, summary] = [make("li", "watch"), make("details"), make("summary")];
    const [name, proof, queues] = [foreign("name"), make("span", "proof"), make("ul", "queues")];
    const [line, rules, note, doubt] =
      [make("span", "line"), make("span", "rules"), foreign("note"), make("p", "doubt")];
    line.append(name, rules, proof, note);
    summary.append(make("span", "dot"), line);
    const pause = Parts.shopButton("pause", view.words.pause_one, shop, view.words);
    const record = make("div", "record");
    record.setAttribute("role", "img");
    fold.append(summary, record, queues, doubt, pause);
    item.append(fold);
    const entry = { item, name, rules, proof, note, record, queues, doubt, pause, help: null, resume: null, lines: [] };
    entries.set(shop.shop_id, entry);
    return entry;
  }

  // A slot for each half hour of the last day; the words say the same to who does not see it.
  function updateStrip(record, shop) {
    record.hidden = !shop.strip;
    record.setAttribute("aria-label", shop.record);
    setTitle(record, shop.record);
    if (record.dataset.drawn === shop.strip) return;
    record.dataset.drawn = shop.strip;
    while (record.children.length > shop.strip.length) record.lastElementChild.remove();
    while (record.children.length < shop.strip.length) record.append(make("span"));
    for (const [index, letter] of [...shop.strip].entries()) record.children[index].dataset.slot = letter;
  }

  function updateHelp(entry, shop) {
    if (!shop.help) {
      entry.help?.remove();
      entry.help = null;
    } else if (entry.help) {
      setText(entry.help, shop.help);
    } else {
      entry.help = Parts.helpButton(shop, shop.name, view.words);
      entry.item.append(entry.help);
    }
  }

  function updateResume(entry, shop) {
    if (!shop.resume) {
      entry.resume?.remove();
      entry.resume = null;
    } else if (!entry.resume) {
      entry.resume = Parts.shopButton("resume", shop.resume, shop, view.words);
      entry.item.append(entry.resume);
    }
  }

  function updateQueues(entry, shop) {
    while (entry.lines.length > shop.queues.length) entry.lines.pop().line.remove();
    while (entry.lines.length < shop.queues.length) {
      const [line, title, proof] = [make("li"), foreign("title"), make("span", "proof")];
      line.append(title, proof);
      entry.queues.append(line);
      entry.lines.push({ line, title, proof });
    }
    for (const [index, queue] of shop.queues.entries()) {
      const { line, title } = entry.lines[index];
      line.dataset.good = queue.good;
      setText(title, queue.title);
    }
  }

  function renderChannels() {
    while (roads.children.length > view.channels.length) roads.lastElementChild.remove();
    while (roads.children.length < view.channels.length) roads.append(make("li"));
    for (const [index, channel] of view.channels.entries()) {
      roads.children[index].dataset.failing = channel.failing;
    }
  }

  function tick(now) {
    if (!view) return;
    const { words } = view;
    for (const { shop, proof, lines } of entries.values()) {
      setText(proof, Ticking.fill(shop.proof, now, words));
      for (const [index, queue] of shop.queues.entries()) {
        setText(lines[index].proof, Ticking.fill(queue.proof, now, words));
      }
    }
    for (const [index, channel] of view.channels.entries()) {
      const text = Ticking.fill(channel.text, now, words);
      setText(roads.children[index], text);
      setTitle(roads.children[index], text);
    }
  }

  return { render, tick };
})();
