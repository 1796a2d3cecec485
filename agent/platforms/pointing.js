// Let a person point at one element: it lights up under the mouse, and the click on it is
// swallowed, so that nothing on the page happens. Resolves with plain data about the element and
// what it stands in, or with null for Escape.
() => new Promise((resolve) => {
  window.geshaoStopPointing?.();

  // --- the light: in a closed shadow root, out of reach of the page's styles -------------------
  const host = document.createElement("geshao-light");
  const light = document.createElement("div");
  light.style.cssText = "position:fixed;z-index:2147483647;pointer-events:none;display:none;" +
    "border:2px solid #e8590c;background:rgba(232,89,12,.15);border-radius:3px;box-sizing:border-box";
  host.attachShadow({mode: "closed"}).append(light);
  document.documentElement.append(host);

  const under = (event) => {
    const element = event.composedPath().find((node) => node instanceof Element);
    return element && element !== document.documentElement ? element : null;
  };
  const show = (event) => {
    const element = under(event);
    light.style.display = element ? "block" : "none";
    if (!element) return;
    const box = element.getBoundingClientRect();
    for (const [name, value] of Object.entries(
      {left: box.left, top: box.top, width: box.width, height: box.height})) {
      light.style[name] = `${value}px`;
    }
  };

  // --- what there is to say about an element -----------------------------------------------------
  const clean = (text) => (text || "").trim().slice(0, 2000);
  const attributesOf = (element) => Object.fromEntries([...element.attributes]
    .filter(({name}) => name !== "class" && name !== "style" && name !== "id")
    .map(({name, value}) => [name, value.slice(0, 500)]));
  const described = (element) => {
    const siblings = [...(element.parentElement?.children ?? [])];
    return {
      tag: element.localName,
      id: element.id || "",
      classes: [...element.classList],
      attributes: attributesOf(element),
      place: siblings.indexOf(element) + 1,
      alike: siblings.filter((other) => other !== element && other.localName === element.localName).length,
    };
  };
  const above = (element) => {
    const line = [];
    for (let node = element; node && node !== document.documentElement;
      node = node.parentElement ?? node.getRootNode().host) line.push(described(node));
    return line;
  };
  const headerOf = (cell) => {
    const table = cell?.closest("table");
    const heads = [...(table?.tHead?.rows ?? [])].at(-1)?.cells ?? [];
    return clean(heads[cell?.cellIndex]?.innerText);
  };
  const told = (element) => {
    const held = element.closest("td, th");
    // Where one cell takes the place of several, the names above are not its own.
    const spans = [...(held?.parentElement.cells ?? [])].some((other) => other.colSpan > 1);
    const cell = spans ? null : held;
    return {
      line: above(element),
      text: clean(element.innerText ?? element.textContent),
      header: headerOf(cell),
      cell: cell ? cell.cellIndex + 1 : 0,
    };
  };

  // --- every kind of press is swallowed; the click tells ------------------------------------------
  const swallow = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const presses = ["pointerdown", "mousedown", "pointerup", "mouseup", "dblclick", "auxclick",
    "contextmenu", "touchstart", "touchend"];
  const stop = (value) => {
    removeEventListener("pointermove", show, true);
    for (const press of presses) removeEventListener(press, swallow, true);
    removeEventListener("click", take, true);
    removeEventListener("keydown", leave, true);
    host.remove();
    delete window.geshaoStopPointing;
    resolve(value);
  };
  const take = (event) => {
    swallow(event);
    const element = under(event);
    if (element) stop(told(element));
  };
  const leave = (event) => {
    if (event.key !== "Escape") return;
    swallow(event);
    stop(null);
  };
  addEventListener("pointermove", show, true);
  for (const press of presses) addEventListener(press, swallow, {capture: true, passive: false});
  addEventListener("click", take, true);
  addEventListener("keydown", leave, true);
  window.geshaoStopPointing = () => stop(null);
})
