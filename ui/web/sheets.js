// What unfolds from the foot, over the list and never over the verdict: a rehearsal, the holiday.
"use strict";

const Sheets = (() => {
  const { make, setText, setTitle, foreign } = Parts;
  const at = (id) => document.getElementById(id);
  const [drill, rehearsal, says, links] = ["drill", "rehearsal", "rehearsal-says", "rehearsal-links"].map(at);
  const [duty, holiday, first, last, who, reply] =
    ["duty", "holiday", "holiday-first", "holiday-last", "holiday-who", "reply-text"].map(at);

  let view = null;

  function render(next) {
    view = next;
    renderDrill(view.trial, view.words);
    renderDuty(view.duty);
  }

  function renderDrill(trial, words) {
    const state = trial?.state ?? "";
    const going = state === "running" || state === "asks";
    rehearsal.dataset.state = state;
    drill.dataset.state = state;
    setText(drill, trial?.short || words.drill);
    setText(says, trial?.text ?? "");
    setText(at("drill-begin"), trial ? words.drill_again : words.drill_begin);
    at("rehearsal-meaning").hidden = trial !== null;
    for (const id of ["drill-heard", "drill-unheard"]) show(at(id), state === "asks");
    show(at("drill-begin"), !going);
    renderLinks(trial?.links ?? []);
  }

  // What had the focus and is gone leaves it to what is always there.
  function show(element, shown) {
    const lost = !shown && element === document.activeElement;
    element.hidden = !shown;
    if (lost) at("drill-fold").focus();
  }

  function renderLinks(wanted) {
    while (links.children.length > wanted.length) links.lastElementChild.remove();
    for (const [index, link] of wanted.entries()) {
      const item = links.children[index] ?? links.appendChild(newLink());
      item.dataset.state = link.state;
      for (const [name, text] of [["title", link.title], ["held", link.sign], ["took", link.took],
        ["said", link.said], ["next", link.next_step]]) {
        setText(item.querySelector(`.${name}`), text.slice(0, 400));
      }
      setTitle(item.querySelector(".said"), link.said);
    }
  }

  function newLink() {
    const item = make("li");
    item.append(make("span", "held"), foreign("title"), foreign("said"), make("span", "took"), foreign("next"));
    return item;
  }

  function renderDuty(called) {
    duty.hidden = called === null;
    if (called === null) {
      if (holiday.open) holiday.close();
      return;
    }
    duty.dataset.away = called.away;
    for (const [id, text] of [["duty-now", called.text], ["duty-holiday", called.holiday]]) {
      setText(at(id), text.slice(0, 300));
      setTitle(at(id), text);
    }
    at("holiday-meaning").hidden = Boolean(called.holiday);
    setText(at("holiday-says"), called.holiday.slice(0, 300));
    setText(reply, called.reply);
    at("duty-copy").hidden = at("reply").hidden = !called.reply;
    at("holiday-end").hidden = !called.first;
    at("holiday-fields").hidden = at("holiday-save").hidden = called.people.length === 0;
  }

  // Only when it is opened: what somebody is typing stays as it is.
  function fillHoliday(today) {
    const called = view.duty;
    first.value = called.first || today;
    last.value = called.last || today;
    who.replaceChildren(...called.people.map((name) => {
      const option = make("option", "", name);
      option.value = name;
      return option;
    }));
    who.value = called.people.includes(called.stand_in) ? called.stand_in : called.people[0] ?? "";
  }

  function day(now) {
    const date = new Date(now);
    const two = (number) => String(number).padStart(2, "0");
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  }

  function open(sheet) {
    for (const other of [rehearsal, holiday]) if (other !== sheet && other.open) other.close();
    if (!sheet.open) sheet.show();
  }

  async function copied() {
    const before = holiday.open;
    const done = await Copying.copy(reply.value, () => {
      open(holiday);
      reply.focus();
      reply.select();
    });
    if (done && !before) holiday.close();
    return done;
  }

  function wire({ tell, toast, now }) {
    drill.addEventListener("click", () => open(rehearsal));
    at("drill-begin").addEventListener("click", () => tell("begin_drill"));
    at("drill-heard").addEventListener("click", () => tell("answer_drill", true));
    at("drill-unheard").addEventListener("click", () => tell("answer_drill", false));
    at("duty-set").addEventListener("click", () => {
      if (!holiday.open) fillHoliday(day(now()));
      open(holiday);
    });
    at("holiday-save").addEventListener("click", async () => {
      const answer = await tell("begin_holiday", first.value, last.value, who.value);
      if (!answer.ok) return;
      holiday.close();
      toast(view.words.holiday_saved);
    });
    at("holiday-end").addEventListener("click", async () => {
      const answer = await tell("end_holiday");
      if (!answer.ok) return;
      holiday.close();
      toast(view.words.holiday_ended);
    });
    for (const id of ["duty-copy", "reply-copy"]) {
      at(id).addEventListener("click", async () => {
        toast(await copied() ? view.words.copied : view.words.copy_by_hand);
      });
    }
    for (const sheet of [rehearsal, holiday]) {
      sheet.querySelector(".fold").addEventListener("click", () => sheet.close());
    }
    // By its place on the keyboard: an input method for Chinese takes the letter itself.
    document.addEventListener("keydown", (event) => {
      const { code, repeat, ctrlKey, altKey, metaKey, target } = event;
      if (code !== "KeyR" || repeat || ctrlKey || altKey || metaKey || !view) return;
      if (!document.querySelector("dialog:modal") && !target.closest?.("input, select, textarea")) open(rehearsal);
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || document.querySelector("dialog:modal")) return;
      for (const sheet of [rehearsal, holiday]) if (sheet.open) sheet.close();
    });
  }

  return { render, wire };
})();
