// What is shown while there is no agent to ask: how far the start is, and why nothing is watched.
"use strict";

const Opening = (() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const [box, again] = ["opening", "again"].map(at);

  let end = null;

  // Returns whether the answer came from nobody who watches.
  function take({ start }, learn) {
    box.hidden = !start?.again;
    // What a list was shown of before is watched by nobody now, whether it is tried again or not.
    const lost = start?.state === "stopped" || root.dataset.begun === "true";
    end = lost ? start ?? null : null;
    if (!start) {
      root.dataset.begun = "true";
      return false;
    }
    learn(start);
    if (!end) show(start);
    return true;
  }

  function show({ state, headline, subline }) {
    root.dataset.state = state;
    root.dataset.rows = "none";
    root.dataset.begun = "false";
    Parts.setText(at("headline"), headline);
    Parts.setText(at("subline"), subline);
  }

  function wire(acts) {
    again.addEventListener("click", acts.again);
  }

  return { take, wire, ended: () => end };
})();
