// Write out this document as it stands, so that without its scripts it looks the same.
// Nothing of the live page is touched: the copy belongs to a document that shows and runs nothing.
([styles, frames]) => {
  const inert = document.implementation.createHTMLDocument("");
  let unread = 0;

  // --- style sheets: what is visible and where lines break depends on them ---------------------
  const matches = (root, rule) => {
    if (/:host|::slotted|::part|:root/.test(rule.selectorText)) return true;
    try {
      return root.querySelector(rule.selectorText) !== null;
    } catch {
      return true;
    }
  };
  const wrapped = (rule, inner) =>
    (inner ? `${rule.cssText.slice(0, rule.cssText.indexOf("{"))}{${inner}}` : "");
  const moving = [];
  const written = (rules, root) => [...rules].map((rule) => {
    if (rule instanceof CSSStyleRule) return matches(root, rule) ? rule.cssText : "";
    if (rule instanceof CSSKeyframesRule) return moving.push(rule) && "";
    if (rule instanceof CSSImportRule) return rule.styleSheet ? sheetText(rule.styleSheet, root) : "";
    if (rule instanceof CSSMediaRule && !matchMedia(rule.media.mediaText).matches) return "";
    if (rule instanceof CSSGroupingRule) return wrapped(rule, written(rule.cssRules, root));
    return rule.constructor.name === "CSSLayerStatementRule" ? rule.cssText : "";
  }).filter(Boolean).join("\n");
  // The rules of a sheet from another host are hidden from the page, but not from the browser.
  const rulesOf = (sheet) => {
    try {
      return sheet.cssRules;
    } catch {
      const text = styles[sheet.href];
      if (text === undefined) {
        unread += 1;
        return [];
      }
      const copy = new CSSStyleSheet();
      copy.replaceSync(text);
      return copy.cssRules;
    }
  };
  function sheetText(sheet, root) {
    const media = sheet.media.mediaText;
    if (sheet.disabled || (media && !matchMedia(media).matches)) return "";
    return written(rulesOf(sheet), root);
  }
  const stylesOf = (root) => {
    const sheets = [...root.styleSheets, ...(root.adoptedStyleSheets || [])];
    const text = sheets.map((sheet) => sheetText(sheet, root)).filter(Boolean).join("\n");
    const used = moving.splice(0).filter((rule) => text.includes(rule.name));
    return [text, ...used.map((rule) => rule.cssText)].filter(Boolean).join("\n");
  };
  const styleElement = (text) => {
    const style = inert.createElement("style");
    style.textContent = text;
    return style;
  };

  // --- elements ------------------------------------------------------------------------------
  const isStyle = (element) => element.localName === "style" ||
    (element.localName === "link" && /stylesheet|preload|prefetch/.test(element.rel || ""));
  const filledIn = (element, copy) => {
    if (element instanceof HTMLInputElement) {
      if (element.type !== "password" && element.type !== "file") {
        copy.setAttribute("value", element.value);
      }
      copy.toggleAttribute("checked", element.checked);
    } else if (element instanceof HTMLTextAreaElement) {
      copy.textContent = element.value;
    } else if (element instanceof HTMLOptionElement) {
      copy.toggleAttribute("selected", element.selected);
    }
  };
  const listed = [...document.querySelectorAll("iframe, frame")];
  const framed = (element, copy) => {
    const address = frames[listed.indexOf(element)];
    if (!address) return;
    copy.setAttribute("src", address);
    copy.removeAttribute("srcdoc");
  };
  const copied = (node) => {
    const copy = inert.importNode(node, false);
    if (node.nodeType !== Node.ELEMENT_NODE) return copy;
    filledIn(node, copy);
    framed(node, copy);
    if (node.shadowRoot) copy.append(shadowOf(node.shadowRoot));
    if (copy.localName !== "textarea") fill(copy, node);
    return copy;
  };
  function fill(copy, node) {
    for (const child of node.childNodes) {
      const leftOut = child.nodeType === Node.COMMENT_NODE || child.localName === "script";
      if (!leftOut && !isStyle(child)) copy.append(copied(child));
    }
  }
  function shadowOf(root) {
    const template = inert.createElement("template");
    template.setAttribute("shadowrootmode", "open");
    const text = stylesOf(root);
    if (text) template.content.append(styleElement(text));
    fill(template.content, root);
    return template;
  }

  const html = copied(document.documentElement);
  const text = stylesOf(document);
  if (text) (html.querySelector("head") || html).append(styleElement(text));
  return {html: (document.doctype ? "<!DOCTYPE html>\n" : "") + html.outerHTML, unread};
}
