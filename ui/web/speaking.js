// What little the page says before anybody spoke to it, where its reader reads no Chinese; the
// rest of its own text is not shown until somebody has said it.
"use strict";

const Speaking = (() => {
  const root = document.documentElement;
  const foreign = location.hash === "#en";
  if (foreign) {
    root.lang = "en";
    root.dataset.speaks = "nothing";
  }

  function begin() {
    if (!foreign) return;
    for (const element of document.querySelectorAll("[data-en]")) element.textContent = element.dataset.en;
    root.dataset.speaks = "little";
  }

  function learned() {
    delete root.dataset.speaks;
  }

  return { begin, learned };
})();
