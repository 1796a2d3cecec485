// Call `benchSaw` with the numbers of tickets that the table shows and did not show before.
(() => {
  const known = new Set();
  let first = true;
  const look = () => {
    const rows = document.querySelectorAll("tbody > tr[data-row-key]");
    const shown = [...rows].map((row) => row.dataset.rowKey).filter((key) => /^\d+$/.test(key));
    const fresh = shown.filter((key) => !known.has(key));
    fresh.forEach((key) => known.add(key));
    const there = rows.length || document.querySelector("#chantListScrollArea");
    if (!there) return;
    if (first || fresh.length) window.benchSaw(first, fresh);
    first = false;
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})();
