// Call `geshaoStirred` when the watched part of the page says something new; once a document.
// Countdowns and waiting times change every second and are no news.
([watch, shadow]) => {
  if (window.geshaoWatching || !document.body) return;
  window.geshaoWatching = true;
  const ticking = /\d+\s*(天|小时|时|分钟|分|秒钟|秒)/g;
  const rootsIn = (root) => [root, ...(shadow ? [...root.querySelectorAll("*")] : [])
    .flatMap((element) => (element.shadowRoot ? rootsIn(element.shadowRoot) : []))];
  const digest = () => rootsIn(document)
    .flatMap((root) => watch.flatMap((css) => [...root.querySelectorAll(css)]))
    .map((element) => element.textContent.replace(ticking, "")).join("\u0000");
  let last = digest();
  let waiting = false;
  const look = () => {
    waiting = false;
    observe();
    const now = digest();
    if (now !== last) {
      last = now;
      window.geshaoStirred();
    }
  };
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(look, 0);
  });
  // Changes within a shadow root are told to nobody outside; new roots come with new content.
  const seen = new WeakSet();
  function observe() {
    for (const root of rootsIn(document)) {
      const place = root === document ? document.body : root;
      if (seen.has(place)) continue;
      seen.add(place);
      observer.observe(place, {childList: true, subtree: true, characterData: true});
    }
  }
  observe();
}
