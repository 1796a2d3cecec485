// Read everything that one look at a page can tell, and return plain values.
// The spec comes from a pack; nothing in it is code. Page text is only ever read.
(spec) => {
  const clean = (text) => (text || "").replace(/[\u200b\u200e\u200f\ufeff]/g, "").trim();
  const squashed = (text) => clean(text).replace(/\s+/g, "");
  const all = (root, candidates) => {
    for (const css of candidates || []) {
      const found = root.querySelectorAll(css);
      if (found.length) return [...found];
    }
    return [];
  };
  // Left of or above the page is where things wait that nobody should see yet.
  const visible = (element, [width, height] = [1, 1]) => {
    const box = element.getBoundingClientRect();
    return box.width >= width && box.height >= height &&
      box.right + scrollX > 0 && box.bottom + scrollY > 0 &&
      element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  };
  const shows = (candidates, size) => (candidates || []).some((css) =>
    [...document.querySelectorAll(css)].some((element) => visible(element, size)));
  const linesOf = (element) => clean(element.innerText).split(/\n+/).map(clean).filter(Boolean);
  const textOf = (element, line) => (line ? linesOf(element)[line - 1] || "" : clean(element.innerText));

  // --- gates -------------------------------------------------------------------------------
  // The smallest elements that hold the phrase: a link or a line break may stand within it.
  const holders = (element, phrase, notIn) => {
    if (notIn.some((css) => element.matches(css))) return [];
    if (!squashed(element.textContent).includes(phrase)) return [];
    const within = [...element.children].filter((child) => squashed(child.textContent).includes(phrase));
    return within.length ? within.flatMap((child) => holders(child, phrase, notIn)) : [element];
  };
  const says = (phrase, notIn) => Boolean(document.body) &&
    holders(document.body, squashed(phrase), notIn).some((element) => visible(element));
  const here = location.origin + location.pathname + location.hash;
  const trips = (gate) =>
    (!gate.url || here.includes(gate.url)) &&
    (!gate.title || document.title.includes(gate.title)) &&
    (!gate.css.length || shows(gate.css, gate.min_size)) &&
    (!gate.text || says(gate.text, gate.not_in));

  // --- identity ----------------------------------------------------------------------------
  const nameAt = (place) => {
    if (place.title_after) {
      const at = document.title.lastIndexOf(place.title_after);
      return at < 0 ? "" : clean(document.title.slice(at + place.title_after.length));
    }
    for (const css of place.css) {
      for (const element of document.querySelectorAll(css)) {
        const name = visible(element) ? textOf(element, place.line) : "";
        if (name) return name;
      }
    }
    return "";
  };

  // --- rows --------------------------------------------------------------------------------
  const grouped = (elements, dom) => {
    const groups = [];
    const starts = (element) => !dom.start.length ||
      dom.start.some((css) => element.matches(css) || element.querySelector(css));
    for (const element of elements) {
      if (dom.empty.some((css) => element.matches(css))) continue;
      if (starts(element)) groups.push([element]);
      else if (groups.length) groups[groups.length - 1].push(element);
    }
    return groups;
  };
  const groupsOf = (dom) => {
    for (const css of dom.rows) {
      const groups = grouped(document.querySelectorAll(css), dom);
      if (groups.length) return groups;
    }
    return [];
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
  // Ids have more digits than a number can hold; where they are written as numbers, their text counts.
  const asWritten = (_key, value, context) =>
    (typeof value === "number" && context?.source ? context.source : value);
  const dig = (text, path) => {
    try {
      const value = path.split(".").reduce((value, key) => value?.[key], JSON.parse(text, asWritten));
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
  const placeOf = (group, item, headers) => {
    if (!item.column) return within(group, item.css);
    const cell = columnOf(group, item.column, headers);
    return cell && item.css.length ? within([cell], item.css) : cell;
  };
  const itemOf = (group, item, headers) => {
    if (item.column || item.css.length) {
      const element = placeOf(group, item, headers);
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
    // A page that was clicked to is seen while it comes in: half a list is not the list yet.
    const loading = document.readyState === "loading" || shows(dom.loading);
    return {rows, total: total ?? null, empty: shows(dom.empty), loading};
  };

  return {
    gates: spec.gates.filter(trips).map((gate) => gate.name),
    names: spec.identity.map(nameAt),
    dom: spec.dom ? readDom(spec.dom) : null,
  };
}
