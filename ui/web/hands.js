// To whom an opened case is given: the people of the roster, and back to what that says.
"use strict";

const Hands = (() => {
  const { make, setText, setTitle, foreign, fill } = Parts;
  const at = (id) => document.getElementById(id);
  const [box, names] = ["case-people", "case-names"].map(at);
  const button = make("button");
  button.type = "button";
  button.dataset.act = "hand";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", box.id);
  button.setAttribute("aria-keyshortcuts", "P");

  let words = {};

  const turn = () => button;
  const unfolded = () => !box.hidden;
  // To whom it is being given just now: it is shown at once, and marked until it is stored.
  const asked = (busy) => (busy?.name === "assign" ? busy.values[1] : undefined);
  const some = (view) => (view.duty?.people.length ?? 0) > 0;

  function draw(row, busy, view) {
    ({ words } = view);
    const named = asked(busy) ?? row.named;
    const people = (view.duty?.people ?? []).map((person) => ({ person, on: person === named }));
    const wanted = named ? [...people, { person: "", on: false }] : people;
    button.hidden = wanted.length === 0;
    if (button.hidden) fold(true);
    setText(button, words.assign);
    setTitle(button, words.assign_title);
    button.setAttribute("aria-label", Parts.aboutCase(row, words)(words.assign));
    fill(names, wanted, build, update);
    Parts.hold(names, Boolean(busy));
  }

  function build() {
    const element = make("button");
    element.type = "button";
    element.dataset.act = "assign";
    element.append(foreign());
    return element;
  }

  function update(element, { person, on }) {
    element.dataset.person = person;
    setText(element.firstChild, person || words.assign_roster);
    setTitle(element, person ? Ticking.filled(words.assign_to, { person }) : words.assign_roster);
    element.setAttribute("aria-pressed", String(on));
  }

  function fold(folded) {
    const inside = box.contains(document.activeElement);
    box.hidden = folded;
    button.setAttribute("aria-expanded", String(!folded));
    if (folded && inside) button.focus({ preventScroll: true });
  }

  // Who unfolds it by a key means somebody else than who has it.
  function reach() {
    if (unfolded()) names.querySelector("[aria-pressed=false]")?.focus();
  }

  return { turn, unfolded, some, asked, draw, fold, reach };
})();
