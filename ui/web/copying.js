// Puts a text on the clipboard; where that fails it is selected for whoever copies it by hand.
"use strict";

const Copying = (() => {
  const PATIENCE_MS = 400;

  // Some windows ask nobody for leave to copy, and never answer.
  async function copy(text, select) {
    const silence = new Promise((_, reject) => { setTimeout(reject, PATIENCE_MS); });
    try {
      await Promise.race([navigator.clipboard.writeText(text), silence]);
      return true;
    } catch {
      select();
      return document.execCommand("copy");
    }
  }

  return { copy };
})();
