// Read everything that one look at a page can tell, and return plain values.
// The spec comes from a pack; nothing in it is code. Page text is only ever read.
//
// With the shop's *own* name the look is brief: nothing is laid out for it, which would be most of
// what it costs. It tells of names and rows as the document holds them, be they hidden by a style
// sheet or not; and null where a whole look is needed: a gate that may be shown, any other name.
(spec, own = "") => {
  // What is under a shade (shade.js) is not laid out, and so not visible. It is back before anything
  // could be painted.
  const shade = window.geshaoShade;
  const shaded = shade && !own && document.adoptedStyleSheets.includes(shade);
  if (shaded) {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== shade);
  }
  const clean = (text) => (text || "").replace(/[\u200b\u200e\u200f\ufeff]/g, "").trim();
  const squashed = (text) => clean(text).replace(/\s+/g, "");

  // --- what a brief look goes by: the document alone ------------------------------------------
  const PUT_AWAY = "[hidden], [style*='display: none' i], [style*='display:none' i]";
  const [ELEMENT, TEXT] = [1, 3];
  // A style sheet may show what is put away, and asking for it costs as much as all else here: once
  // for each way in which it is put away.
  const asked = window.geshaoAsked ??= new WeakMap();
  const isPutAway = (place) => {
    if (!place) return false;
    const how = `${place.className}\u0000${place.getAttribute("style")}`;
    if (asked.get(place)?.how !== how) {
      asked.set(place, {how, hides: getComputedStyle(place).display === "none"});
    }
    return asked.get(place).hides;
  };
  const WITHIN_A_LINE = new RegExp("^(A|ABBR|B|BDI|BDO|BUTTON|CODE|DEL|EM|FONT|I|IMG|INPUT|INS|KBD|" +
    "LABEL|MARK|Q|S|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|WBR)$");
  const SILENT = /^(NOSCRIPT|SCRIPT|STYLE|SVG|TEMPLATE)$/i;
  const CELL = /^T[DH]$/;
  // Lines are counted and labels end with them, and `innerText` would have to lay them out.
  const lined = (element) => [...element.childNodes].map((node) => {
    if (node.nodeType === TEXT) return node.data.replace(/\s+/g, " ");
    if (node.nodeType !== ELEMENT || SILENT.test(node.tagName)) return "";
    if ((node.hidden || node.hasAttribute("style")) && node.matches(PUT_AWAY)) return "";
    const text = lined(node);
    if (WITHIN_A_LINE.test(node.tagName)) return text;
    return CELL.test(node.tagName) ? `${text}\t` : `\n${text}\n`;
  }).join("");
  const known = new Map();
  const linedUp = (element) => {
    if (!known.has(element)) known.set(element, lined(element).replace(/ *\n */g, "\n"));
    return known.get(element);
  };

  // --- open shadow roots: a page of micro-apps hides its content from ordinary queries --------
  const rootsIn = (root) => [root, ...[...root.querySelectorAll("*")]
    .flatMap((element) => (element.shadowRoot ? rootsIn(element.shadowRoot) : []))];
  const roots = spec.shadow ? rootsIn(document) : [document];
  const holds = (element, root) => {
    for (let host = root.host; host; host = host.getRootNode().host) {
      if (element.contains(host)) return true;
    }
    return false;
  };
  const rootsOf = (element) => (spec.shadow ? roots.filter((root) => holds(element, root)) : []);
  const every = (css) => roots.flatMap((root) => [...root.querySelectorAll(css)]);
  const inside = (element, css) => element.querySelector(css) ??
    rootsOf(element).map((root) => root.querySelector(css)).find(Boolean) ?? null;
  const drawn = (element) => (own ? linedUp(element) : element.innerText);
  const shown = (element) => [drawn(element), ...rootsOf(element)
    .flatMap((root) => [...root.children].map(drawn))].filter(Boolean).join("\n");
  const written = (element) =>
    [element, ...rootsOf(element)].map((node) => node.textContent).join("\n");
  const bodies = () => (document.body ? [document.body] : [])
    .concat(roots.slice(1).flatMap((root) => [...root.children]));

  const all = (candidates) => {
    for (const css of candidates || []) {
      const found = every(css);
      if (found.length) return found;
    }
    return [];
  };
  // Left of or above the page is where things wait that nobody should see yet.
  const visible = (element, [width, height] = [1, 1]) => {
    if (own) return !isPutAway(element.closest(PUT_AWAY));
    const box = element.getBoundingClientRect();
    return box.width >= width && box.height >= height &&
      box.right + scrollX > 0 && box.bottom + scrollY > 0 &&
      element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  };
  const shows = (candidates, size) => (candidates || []).some((css) =>
    every(css).some((element) => visible(element, size)));
  const linesOf = (element) => clean(shown(element)).split(/\n+/).map(clean).filter(Boolean);
  const textOf = (element, line) => (line ? linesOf(element)[line - 1] || "" : clean(shown(element)));

  // --- texts -------------------------------------------------------------------------------
  // The smallest elements that hold the phrase: a link or a line break may stand within it.
  const holders = (element, test, notIn) => {
    if (notIn.some((css) => element.matches(css))) return [];
    if (!test(squashed(element.textContent))) return [];
    const within = [...element.children].filter((child) => test(squashed(child.textContent)));
    return within.length ? within.flatMap((child) => holders(child, test, notIn)) : [element];
  };
  const saying = (test, notIn) => bodies().flatMap((body) => holders(body, test, notIn))
    .filter((element) => visible(element));
  const says = (phrase, notIn = []) => {
    const wanted = squashed(phrase);
    return saying((text) => text.includes(wanted), notIn).length > 0;
  };
  // `共#条`: the number that stands at the # in the page's own words.
  const numberIn = (phrase, notIn) => {
    const [before, after] = phrase.split("#").map((part) =>
      squashed(part).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const form = new RegExp(`${before}(\\d[\\d,]*\\+?)${after}`);
    const element = saying((text) => form.test(text), notIn)[0];
    return element ? squashed(element.textContent).match(form)[1] : null;
  };

  // --- gates -------------------------------------------------------------------------------
  const here = location.origin + location.pathname + location.hash;
  const isOn = (site) => (`${location.origin}${location.pathname}/`).startsWith(`${site}/`);
  const trips = (gate) =>
    (gate.site === null || (gate.site && isOn(gate.site))) &&
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
      for (const element of every(css)) {
        const name = visible(element) ? textOf(element, place.line) : "";
        if (name) return name;
      }
    }
    return "";
  };

  // --- rows --------------------------------------------------------------------------------
  const begins = (element, dom) =>
    (!dom.start.length && !dom.start_text) ||
    dom.start.some((css) => element.matches(css) || inside(element, css)) ||
    (dom.start_text && squashed(written(element)).includes(squashed(dom.start_text)));
  // A row that only says that there is none is the mark of emptiness, not a case.
  const saysNone = (element, dom) =>
    dom.empty_text.some((text) => squashed(written(element)) === squashed(text));
  const grouped = (elements, dom) => {
    const groups = [];
    for (const element of elements) {
      if (dom.empty.some((css) => element.matches(css))) continue;
      if (saysNone(element, dom)) continue;
      if (begins(element, dom)) groups.push([element]);
      else if (groups.length) groups[groups.length - 1].push(element);
    }
    return groups;
  };
  // What begins nowhere is no case that we know, yet it is something: the head's row is not, nor
  // are blanks, nor what holds the mark of emptiness.
  const isUnbegun = (element, dom) =>
    visible(element) && squashed(shown(element)) !== "" && !begins(element, dom) &&
    (element.querySelector("td") || !element.querySelector("th")) && !saysNone(element, dom) &&
    !dom.empty.some((css) => element.matches(css) || inside(element, css));
  const groupsOf = (dom) => {
    for (const css of dom.rows) {
      const groups = grouped(every(css), dom);
      if (groups.length) return [groups, css];
    }
    return [[], ""];
  };
  const cellsOf = (element) => element.cells || element.children;
  const cellOf = (group, item, headers) => {
    const index = item.cell ? item.cell - 1 : headers.indexOf(item.column);
    const widest = group.reduce((a, b) => (cellsOf(b).length > cellsOf(a).length ? b : a));
    return index < 0 ? null : cellsOf(widest)[index] || null;
  };
  const within = (group, candidates) => {
    for (const css of candidates) {
      for (const element of group) {
        const found = element.matches(css) ? element : inside(element, css);
        if (found) return [found, css];
      }
    }
    return [null, ""];
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
    return clean(text.slice(at + label.length).replace(/^[\s:：]+/, "").split(/[\n\t]/)[0]);
  };
  const textIn = (element, item) => {
    if (!item.attr) return textOf(element, item.line);
    const value = element.getAttribute(item.attr) || "";
    return item.json ? dig(value, item.json) : clean(value);
  };
  const placeOf = (group, item, headers) => {
    if (!item.column && !item.cell) return within(group, item.css);
    const cell = cellOf(group, item, headers);
    return cell && item.css.length ? within([cell], item.css) : [cell, item.column || `#${item.cell}`];
  };
  // What stands at the item's place, and by which of its candidates it was found.
  const itemOf = (group, item, headers) => {
    if (item.column || item.cell || item.css.length) {
      const [element, by] = placeOf(group, item, headers);
      if (item.has) return [element ? "1" : "", by];
      if (!element) return ["", ""];
      const text = textIn(element, item);
      return [item.after ? afterLabel(text, item.after) : text, by];
    }
    const text = item.after
      ? group.map((element) => afterLabel(clean(shown(element)), item.after)).find(Boolean) || ""
      : group.map((element) => textOf(element, item.line)).join("\n");
    return [text, item.after || ""];
  };
  const rowsOf = (dom, groups) => {
    const headers = all(dom.headers).map((cell) => clean(shown(cell)));
    return groups.map((group) => Object.entries(dom.items)
      .map(([name, item]) => [name, ...itemOf(group, item, headers)]));
  };
  const byName = (row) => Object.fromEntries(row.map(([name, text]) => [name, text]));
  const readDom = (dom) => {
    const [groups, by] = groupsOf(dom);
    const read = rowsOf(dom, groups);
    const apart = [...dom.rows, ...spec.apart];
    // A tab that is kept though hidden has a pager of its own, of another moment.
    const total = dom.total.flatMap(every).filter((element) => visible(element))
      .map((element) => clean(shown(element))).find(Boolean) ??
      (dom.total_text ? numberIn(dom.total_text, apart) : null);
    const none = all(dom.rows).some((element) => visible(element) && saysNone(element, dom)) ||
      shows(dom.empty) || dom.empty_text.some((text) => says(text, apart));
    const unbegun = !groups.length &&
      dom.rows.flatMap(every).some((element) => isUnbegun(element, dom));
    const failed = shows(dom.error) || dom.error_text.some((text) => says(text, apart));
    return {
      rows: read.map(byName),
      by: Object.fromEntries((read[0] || []).map(([name, _text, by]) => [name, by])),
      rows_by: by,
      total,
      empty: none && !failed && !unbegun,
      failed,
      unbegun,
      // A page that was clicked to is seen while it comes in: half a list is not the list yet.
      loading: (document.readyState === "loading" && !spec.never_done) || shows(dom.loading) ||
        dom.loading_text.some((text) => says(text, apart)),
    };
  };

  const brief = () => {
    // Which of several is to be seen is not known: all have to be the same.
    const all = spec.identity.flatMap((place) => [nameAt(place),
      ...place.css.flatMap(every).map((element) => textOf(element, place.line))]).filter(Boolean);
    const isHeard = (place) => !place.css.length && !place.title_after;
    const isNamed = all.length || !spec.identity.length || spec.identity.some(isHeard);
    const isOwn = isNamed && all.every((name) => squashed(name) === squashed(own));
    if (!isOwn || spec.gates.some(trips)) return null;
    const dom = spec.dom && {rows: rowsOf(spec.dom, groupsOf(spec.dom)[0]).map(byName)};
    return {brief: true, gates: [], names: spec.identity.map(nameAt), counts: [], dom};
  };
  if (own) return brief();

  const seen = {
    gates: spec.gates.filter(trips).map((gate) => gate.name),
    names: spec.identity.map(nameAt),
    counts: spec.counts.map((phrase) => numberIn(phrase, [...spec.rows, ...spec.apart])),
    dom: spec.dom ? readDom(spec.dom) : null,
  };
  if (shaded) document.adoptedStyleSheets = [...document.adoptedStyleSheets, shade];
  return seen;
}
