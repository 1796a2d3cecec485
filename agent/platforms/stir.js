// Call `geshaoStirred` when the watched part of the page says something new; once a document.
// Countdowns and waiting times change every second and are no news.
(watch) => {
  if (window.geshaoWatching || !document.body) return;
  window.geshaoWatching = true;
  const ticking = /\d+\s*(天|小时|时|分钟|分|秒钟|秒)/g;
  const digest = () => watch.flatMap((css) => [...document.querySelectorAll(css)])
    .map((element) => element.textContent.replace(ticking, "")).join("\u0000");
  let last = digest();
  let waiting = false;
  const look = () => {
    waiting = false;
    const now = digest();
    if (now !== last) {
      last = now;
      window.geshaoStirred();
    }
  };
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(look, 0);
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
}
