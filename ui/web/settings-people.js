// Who handles what: the people of the roster as sentences, and one form that adds or changes one.
"use strict";

const PeopleForm = (() => {
  const { make, setText, fill } = Parts;
  const { button, sureButton, field, input, toggle } = Forms;
  let parts = null;
  let change = null;
  let words = {};
  let staff = { people: [], roads: [], kinds: [], robots: [] };
  // Whom the form is about: null while it is folded, "" somebody new.
  let about = null;

  function build(said, save) {
    [words, change, about] = [said, save, null];
    const [form, add] = [make("form", "form"), button(words.set_person_add, () => unfold(""), "")];
    const [name, stands] = [input("text", { max: 60 }), toggle(words.set_person_stands_in, () => true)];
    const [kinds, roads, robots] = [make("fieldset", "tiers"), make("fieldset", "tiers"), make("div", "robots")];
    const [keep, acts] = [make("button", "main", words.set_person_save), make("div", "acts")];
    acts.append(keep, button(words.set_person_cancel, () => fold()));
    name.required = true;
    form.append(field(words.set_person_name, name), kinds, make("p", "fine", words.set_person_kinds_hint), roads, robots, stands.box, acts);
    form.addEventListener("submit", submit);
    parts = {
      form, add, name, kinds, roads, robots, stands: stands.control, keep, known: "",
      none: make("p", "fine", words.set_people_none), list: make("ul", "set-list"),
    };
    const box = make("div");
    box.append(parts.none, parts.list, add, form);
    form.hidden = true;
    return box;
  }

  function unfold(person) {
    about = person;
    const { kinds, roads, numbers, stands_in: stands } = staff.people.find(({ name }) => name === person)
      ?? { kinds: [], roads: [], numbers: {}, stands_in: false };
    parts.name.value = person;
    parts.name.readOnly = person !== "";
    tick(parts.kinds, kinds);
    tick(parts.roads, roads);
    for (const control of robots()) control.value = numbers[control.dataset.road] ?? "";
    parts.stands.checked = stands;
    parts.form.hidden = false;
    parts.add.hidden = true;
    parts.form.scrollIntoView({ block: "nearest" });
    (person ? parts.kinds.querySelector("input") : parts.name).focus();
  }

  function fold() {
    const who = about;
    about = null;
    parts.form.hidden = true;
    parts.add.hidden = false;
    const row = [...parts.list.children].find(({ dataset }) => who && dataset.key === who);
    (row?.querySelector("button") ?? parts.add).focus();
  }

  const robots = () => [...parts.robots.querySelectorAll("input")];
  const ticked = (box) => [...box.querySelectorAll("input:checked")].map(({ value }) => value);

  function tick(box, values) {
    for (const control of box.querySelectorAll("input")) control.checked = values.includes(control.value);
  }

  function given() {
    const filled = robots().map(({ dataset, value }) => [dataset.road, value.trim()]);
    return Object.fromEntries(filled.filter(([, value]) => value));
  }

  async function submit(event) {
    event.preventDefault();
    if (parts.keep.getAttribute("aria-disabled") === "true") return;
    parts.keep.setAttribute("aria-disabled", "true");
    const answer = await change("person", {
      new: about === "", name: parts.name.value.trim(), kinds: ticked(parts.kinds),
      roads: ticked(parts.roads), numbers: given(), stands_in: parts.stands.checked,
    });
    parts.keep.removeAttribute("aria-disabled");
    if (answer && about !== null) fold();
  }

  function update(data) {
    ({ staff } = data);
    parts.none.hidden = staff.people.length > 0;
    fill(parts.list, staff.people, newPerson, putPerson);
    const known = JSON.stringify([staff.kinds, staff.roads, staff.robots]);
    if (parts.known === known) return;
    parts.known = known;
    choices(parts.kinds, words.set_person_kinds, staff.kinds);
    choices(parts.roads, words.set_person_roads, staff.roads);
    parts.roads.hidden = staff.roads.length === 0;
    const before = given();
    parts.robots.replaceChildren(...staff.robots.map(({ value, title }) => {
      const control = input("text", { max: 64 });
      control.dataset.road = value;
      control.value = before[value] ?? "";
      return field(title.slice(0, 120), control);
    }));
  }

  // What was ticked stays ticked when there is more to tick.
  function choices(box, title, wanted) {
    const before = ticked(box);
    box.replaceChildren(make("legend", "", title), ...wanted.map(({ value, title: text }) => {
      const [label, control, said] = [make("label", "toggle"), input("checkbox"), Parts.foreign()];
      control.value = value;
      setText(said, text.slice(0, 60));
      label.append(control, said);
      return label;
    }));
    tick(box, before);
  }

  function newPerson() {
    const [item, acts] = [make("li"), make("div", "acts")];
    const edit = button(words.set_person_change, () => unfold(item.dataset.key));
    const remove = sureButton(words.set_person_remove, words.settings_sure, () => change("remove_person", { name: item.dataset.key }));
    acts.append(edit, remove);
    item.append(Parts.foreign("name"), Parts.foreign("said"), acts);
    return item;
  }

  function putPerson(item, { name, said }) {
    item.dataset.key = name;
    const [title, sentence, acts] = item.children;
    setText(title, name.slice(0, 120));
    setText(sentence, said.slice(0, 300));
    for (const each of acts.children) each.setAttribute("aria-label", `${each.textContent} ${name.slice(0, 120)}`);
  }

  return { build, update };
})();
