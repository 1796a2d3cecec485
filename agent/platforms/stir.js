// Call `geshaoStirred` when the watched part of the page says something new; once a document. What
// the page looks like then (`extract.js`) goes with it: asking for it would cost another way. Where
// the rows are heard and only their shop is to be seen, *own*, that look is brief.
// Countdowns and waiting times change every second and are no news.
([watch, shadow, spec, own], extract, asText) => {
  if (window.geshaoWatching || !document.body) return;
  window.geshaoWatching = true;
  const ticking = /\d+\s*(天|小时|时|分钟|分|秒钟|秒)/g;
  const rootsIn = (root) => [root, ...(shadow ? [...root.querySelectorAll("*")] : [])
    .flatMap((element) => (element.shadowRoot ? rootsIn(element.shadowRoot) : []))];
  const digest = () => rootsIn(document)
    .flatMap((root) => watch.flatMap((css) => [...root.querySelectorAll(css)]))
    .map((element) => element.textContent.replace(ticking, "")).join("\u0000");
  // A page that changes all the time is not looked at all the time; a whole look counts as two.
  const [most, withinMs] = [10, 5000];
  const looks = [];
  const whole = () => {
    // `extract.js` takes the shade away (shade.js); it is back before anything could be painted.
    const sheets = [...document.adoptedStyleSheets];
    try {
      return extract(spec);
    } finally {
      if (document.adoptedStyleSheets.length < sheets.length) document.adoptedStyleSheets = sheets;
    }
  };
  // A page that always leaves a doubt would be looked at twice each time.
  let doubts = 0;
  const brief = () => {
    if (!own || doubts >= 3) return null;
    try {
      const told = extract(spec, own);
      doubts = told ? 0 : doubts + 1;
      return told;
    } catch {
      doubts += 1;
      return null;
    }
  };
  const seen = () => {
    const now = performance.now();
    while (looks.length && now - looks[0] > withinMs) looks.shift();
    if (!spec || looks.length >= most) return undefined;
    looks.push(now);
    try {
      const told = brief();
      if (!told) looks.push(now);
      return asText(told || whole());
    } catch {
      return undefined;
    }
  };
  let last = digest();
  let waiting = false;
  const look = () => {
    waiting = false;
    observe();
    const now = digest();
    if (now !== last) {
      last = now;
      window.geshaoStirred(seen());
    }
  };
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(look, 0);
  });
  // Changes within a shadow root are told to nobody outside; new roots come with new content.
  const roots = new WeakSet();
  function observe() {
    for (const root of rootsIn(document)) {
      const place = root === document ? document.body : root;
      if (roots.has(place)) continue;
      roots.add(place);
      observer.observe(place, {childList: true, subtree: true, characterData: true});
    }
  }
  observe();
}
