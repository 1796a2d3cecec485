// Read everything that one look at a page can tell, and return plain values.
// The spec comes from a pack; nothing in it is code. Page text is only ever read.
(spec) => {
  const clean = (text) => (text || "").replace(/[\u200b\u200e\u200f\ufeff]/g, "").trim();
  const all = (root, candidates) => {
    for (const css of candidates || []) {
      const found = root.querySelectorAll(css);
      if (found.length) return [...found];
    }
    return [];
  };
  const visible = (element, [width, height] = [1, 1]) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width >= width && box.height >= height &&
      style.visibility !== "hidden" && style.display !== "none" && style.opacity !== "0";
  };
  const linesOf = (element) => clean(element.innerText).split(/\n+/).map(clean).filter(Boolean);
  const textOf = (element, line) => (line ? linesOf(element)[line - 1] || "" : clean(element.innerText));

  // --- gates -------------------------------------------------------------------------------
  const saysIt = (phrase, notIn) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.includes(phrase) || !element || !visible(element)) continue;
      if (!(notIn || []).some((css) => element.closest(css))) return true;
    }
    return false;
  };
  const trips = (gate) =>
    (!gate.url || location.href.includes(gate.url)) &&
    (!gate.title || document.title.includes(gate.title)) &&
    (!gate.css.length || gate.css.some((css) =>
      [...document.querySelectorAll(css)].some((element) => visible(element, gate.min_size)))) &&
    (!gate.text || saysIt(gate.text, gate.not_in));

  // --- identity ----------------------------------------------------------------------------
  const identity = () => {
    for (const place of spec.identity) {
      for (const element of all(document, place.css)) {
        const name = visible(element) ? textOf(element, place.line) : "";
        if (name) return name;
      }
    }
    return null;
  };

  // --- rows --------------------------------------------------------------------------------
  const groupsOf = (dom) => {
    const groups = [];
    const starts = (element) => !dom.start.length ||
      dom.start.some((css) => element.matches(css) || element.querySelector(css));
    for (const element of all(document, dom.rows)) {
      if (dom.empty.some((css) => element.matches(css))) continue;
      if (starts(element)) groups.push([element]);
      else if (groups.length) groups[groups.length - 1].push(element);
    }
    return groups;
  };
  const columnOf = (group, name, headers) => {
    const index = headers.indexOf(name);
    const widest = group.reduce((a, b) => ((b.cells?.length || 0) > (a.cells?.length || 0) ? b : a));
    return index < 0 ? null : widest.cells?.[index] || null;
  };
  const within = (group, candidates) => {
    for (const css of candidates) {
      for (const element of group) {
        const found = element.matches(css) ? element : element.querySelector(css);
        if (found) return found;
      }
    }
    return null;
  };
  const dig = (text, path) => {
    try {
      const value = path.split(".").reduce((value, key) => value?.[key], JSON.parse(text));
      return value == null ? "" : String(value);
    } catch {
      return "";
    }
  };
  const afterLabel = (text, label) => {
    const at = text.indexOf(label);
    if (at < 0) return "";
    return clean(text.slice(at + label.length).replace(/^[\s:：]+/, "").split("\n")[0]);
  };
  const textIn = (element, item) => {
    if (!item.attr) return textOf(element, item.line);
    const value = element.getAttribute(item.attr) || "";
    return item.json ? dig(value, item.json) : clean(value);
  };
  const itemOf = (group, item, headers) => {
    if (item.column || item.css.length) {
      const cell = item.column ? columnOf(group, item.column, headers) : null;
      const element = item.css.length ? within(cell ? [cell] : item.column ? [] : group, item.css) : cell;
      if (item.has) return element ? "1" : "";
      if (!element) return "";
      const text = textIn(element, item);
      return item.after ? afterLabel(text, item.after) : text;
    }
    return item.after
      ? group.map((element) => afterLabel(clean(element.innerText), item.after)).find(Boolean) || ""
      : group.map((element) => textOf(element, item.line)).join("\n");
  };
  const readDom = (dom) => {
    const headers = all(document, dom.headers).map((cell) => clean(cell.innerText));
    const rows = groupsOf(dom).map((group) => Object.fromEntries(
      Object.entries(dom.items).map(([name, item]) => [name, itemOf(group, item, headers)])));
    const total = all(document, dom.total).map((element) => clean(element.innerText)).find(Boolean);
    return {
      rows,
      total: total ?? null,
      empty: dom.empty.some((css) => [...document.querySelectorAll(css)].some((e) => visible(e))),
      loading: dom.loading.some((css) => [...document.querySelectorAll(css)].some((e) => visible(e))),
    };
  };

  return {
    url: location.href,
    gates: spec.gates.filter(trips).map((gate) => gate.name),
    identity: identity(),
    dom: spec.dom ? readDom(spec.dom) : null,
  };
}
