// What a person who looks at the page would stumble over, as a list of sentences; none is good.
() => {
  const faults = [];
  const name = (one) => `${one.tagName.toLowerCase()}${one.id && `#${one.id}`}${[...one.classList].map((each) => `.${each}`).join("")}`
    + ` “${one.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const fault = (what, one, more = "") => faults.push(`${what}: ${name(one)}${more && ` ${more}`}`);
  const top = document.querySelector("dialog:modal") ?? document.body;
  const all = [...top.querySelectorAll("*")].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  // What a screen reader alone is to say is made one pixel large.
  const spoken = (one) => one.closest(".spoken") !== null || (one.offsetWidth <= 1 && style(one).position === "absolute");
  // To ask for a style is what takes the time.
  const known = new Map();
  const style = (one) => {
    if (!known.has(one)) {
      const { overflowX, overflowY, position } = getComputedStyle(one);
      known.set(one, { overflowX, overflowY, position });
    }
    return known.get(one);
  };
  const own = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = all.filter((one) => own(one) && !spoken(one) && one.tagName !== "OPTION");

  // --- nothing wider than the window, or than what it scrolls in ---
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) fault("the page is wider than the window", root, root.scrollWidth);
  const scrolls = (one, way) => ["auto", "scroll"].includes(style(one)[`overflow${way}`]);
  const rolls = (one) => one !== null && (scrolls(one, "Y") || rolls(one.parentElement));
  const sticks = (one) => [one, one.parentElement].some((each) => style(each).position === "sticky");
  for (const one of all) {
    if (scrolls(one, "X") && one.scrollWidth > one.clientWidth + 1) fault("scrolls sideways", one);
  }
  for (const one of texts) {
    const { left, right, width, bottom } = one.getBoundingClientRect();
    if (left < -0.5 || right > innerWidth + 0.5) fault("beyond the window", one);
    if (bottom > innerHeight + 0.5 && !rolls(one)) fault("below the window", one);
    if (width < 3) fault("no room for it", one, width);
  }

  // --- no text cut off whose whole is not in a title ---
  const clips = (one) => ["hidden", "clip"].includes(style(one).overflowX);
  const whole = (one) => one.closest("[title]:not([title=''])") !== null;
  for (const one of texts) {
    const inside = one.getBoundingClientRect();
    for (let each = one; each && each !== document.body && !scrolls(each, "Y"); each = each.parentElement) {
      if (!clips(each)) continue;
      const frame = each.getBoundingClientRect();
      const wide = each === one ? one.scrollWidth > one.clientWidth + 1 : inside.right > frame.right + 1 || inside.left < frame.left - 1;
      const high = each === one ? one.scrollHeight > one.clientHeight + 4 : inside.bottom > frame.bottom + 3 || inside.top < frame.top - 3;
      if ((wide || high) && !whole(one)) fault("cut off", one, `by ${each.className || each.id}`);
    }
  }

  // --- what is pressed is large enough, and nothing lies over it ---
  const pressable = "button, summary, input, select, textarea, a[href], [tabindex='0']";
  const floating = document.querySelector(".toast, dialog[open]:not(:modal)")?.getBoundingClientRect();
  for (const one of all.filter((each) => each.matches(pressable) && !each.inert)) {
    const { left, top: above, width, height } = one.getBoundingClientRect();
    if (Math.min(width, height) < (one.type === "checkbox" ? 13 : 18)) fault("too small to press", one, `${width}×${height}`);
    const [x, y] = [left + width / 2, above + height / 2];
    const under = floating && !one.closest(".toast, dialog") && y > floating.top - 2 && y < floating.bottom + 2;
    const meets = document.elementFromPoint(x, y);
    if (!meets || under || !scrolledIn(one, x, y)) continue;
    if (!one.contains(meets) && !meets.contains(one) && !sticks(meets)) fault("something lies over it", one, `: ${name(meets)}`);
  }

  function scrolledIn(one, x, y) {
    for (let each = one.parentElement; each; each = each.parentElement) {
      if (!clips(each) && !scrolls(each, "Y")) continue;
      const { left, right, top: above, bottom } = each.getBoundingClientRect();
      if (x < left || x > right || y < above + 3 || y > bottom - 3) return false;
    }
    return true;
  }

  // --- everything that is pressed has a name, is reached by keys, and shows that it is ---
  const before = document.activeElement;
  before.blur?.();
  for (const one of all.filter((each) => each.matches(pressable) && !each.disabled)) {
    const said = one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length || one.getAttribute("aria-labelledby");
    if (!said) fault("without a name", one);
    if (one.tabIndex < 0) {
      if (!one.matches(".pick")) fault("not reached by keys", one);
      continue;
    }
    one.focus({ preventScroll: true, focusVisible: true });
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    if (document.activeElement !== one) fault("takes no focus", one);
    else if (outlineStyle !== "solid" || parseFloat(outlineWidth) < 2) fault("focus is not seen", one);
  }
  document.activeElement.blur();
  before.focus?.({ preventScroll: true });
  return faults;
}
