"""How well every text of the page stands out from each colour behind it."""

CONTRAST = """() => {
  const channel = (value) => { const c = value / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = (text) => [...text.matchAll(/rgba?\\(([^)]+)\\)/g)]
    .map((found) => found[1].split(/[ ,/]+/).map(Number)).filter((c) => c[3] !== 0);
  const grounds = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundImage, backgroundColor } = getComputedStyle(each);
      const found = [...parse(backgroundImage), ...parse(backgroundColor)];
      if (found.length > 0 && found.every((c) => c.length === 3)) return found;
    }
    return [];
  };
  const worst = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const ink = light(parse(getComputedStyle(element).color)[0]);
    for (const ground of grounds(element)) {
      const under = light(ground);
      const ratio = (Math.max(ink, under) + 0.05) / (Math.min(ink, under) + 0.05);
      if (ratio < 4.5) worst.push([element.className, element.textContent, ratio]);
    }
  }
  return worst;
}"""
