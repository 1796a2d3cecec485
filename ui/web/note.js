// The note of an opened case: what is typed is marked until it is kept, and lost by no failure.
"use strict";

const Note = (() => {
  const { setText } = Parts;
  const at = (id) => document.getElementById(id);
  const [field, says, save] = ["case-note", "case-kept", "case-save"].map(at);

  // What somebody typed and nobody stored yet, by case: it outlives the page.
  const drafts = new Map();
  let hooks = null;
  let words = {};
  let number = null;
  let stored = "";
  let kept = null;

  function show(which, text, ready, said) {
    if (which !== number) kept = null;
    [number, stored, words] = [which, text, said];
    field.disabled = !ready;
    draw();
  }

  function draw() {
    const draft = drafts.get(number);
    const text = draft?.text ?? stored;
    if (field.value !== text) field.value = text;
    const state = draft?.state ?? (kept === number ? "saved" : "");
    const said = { saving: words.saving, unsaved: words.case_unsaved, saved: words.case_saved };
    setText(says, said[state] ?? "");
    says.dataset.state = state;
    save.hidden = state !== "unsaved";
  }

  async function keep() {
    const [which, draft] = [number, drafts.get(number)];
    if (draft?.state !== "unsaved") return;
    draft.state = "saving";
    draw();
    const answer = await hooks.call("note", which, draft.text);
    draft.state = answer.ok ? "saved" : "unsaved";
    if (!answer.ok) hooks.toast(answer.error, answer.next_step);
    else if (number !== which) forget(which, draft);
    else {
      // Only an answer to a question asked from now on shows what was stored.
      draft.after = hooks.asked();
      kept = which;
      hooks.refresh();
    }
    if (number === which) draw();
  }

  function forget(which, draft) {
    if (drafts.get(which) === draft) drafts.delete(which);
  }

  // What the agent answered to question number *ticket* is what it has.
  function confirm(ticket) {
    if (drafts.get(number)?.after < ticket) drafts.delete(number);
  }

  function leave() {
    keep();
    number = null;
  }

  function wire(given) {
    hooks = given;
    save.addEventListener("click", keep);
    field.addEventListener("input", () => {
      drafts.set(number, { text: field.value, state: "unsaved", after: Infinity });
      draw();
    });
    field.addEventListener("change", keep);
    field.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
      if (key === "Enter" && (ctrlKey || metaKey)) keep();
    });
  }

  return { show, confirm, leave, wire };
})();
