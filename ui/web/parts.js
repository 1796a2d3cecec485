// The small pieces that rows, panel and strip are made of. Text only ever becomes text nodes.
"use strict";

const Parts = (() => {
  function make(tag, className = "", text = "") {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function setTitle(element, text) {
    if (element.title !== text) element.title = text;
  }

  // Text from a page may run either way and must not turn its neighbours around.
  function foreign(className = "") {
    const element = make("bdi", className);
    element.dir = "auto";
    return element;
  }

  function button(act, text, about, className = "") {
    const element = make("button", className, text);
    element.type = "button";
    element.dataset.act = act;
    element.setAttribute("aria-label", about);
    return element;
  }

  const aboutCase = (row, words) => (action) => Ticking.filled(words.about, {
    action, number: row.number, kind: row.kind_text,
  });

  function actions(row, words) {
    const box = make("div", "actions");
    const about = aboutCase(row, words);
    const take = button("acknowledge", words.acknowledge, about(words.acknowledge), "take");
    const later = button("choose", words.snooze, about(words.snooze));
    later.setAttribute("aria-expanded", "false");
    later.title = words.later_title;
    box.append(take, later, row.outage ? helpButton(row, row.shop, words) : openButton(about, words));
    return box;
  }

  function caseButton(row, words) {
    return button("case", words.case_open, aboutCase(row, words)(words.case_open));
  }

  function openButton(about, words) {
    const open = button("open", words.open, about(words.open));
    open.title = words.open_title;
    return open;
  }

  function helpButton(from, shop, words) {
    const about = Ticking.filled(words.help_about, { action: from.help, shop });
    const element = button("help", from.help, about, "help");
    element.dataset.shop = from.shop_id;
    return element;
  }

  function shopButton(act, text, shop, words) {
    const about = Ticking.filled(words.help_about, { action: text, shop: shop.name });
    const element = button(act, text, about, act);
    element.dataset.shop = shop.shop_id;
    return element;
  }

  function choices(view) {
    const box = make("div", "choices");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", view.words.snooze_title);
    for (const choice of view.snoozes) {
      const element = button("snooze", choice.text, `${view.words.snooze} ${choice.text}`);
      element.dataset.minutes = choice.minutes;
      box.append(element);
    }
    return box;
  }

  function hold(box, held) {
    for (const element of box.querySelectorAll("button")) {
      if (held) element.setAttribute("aria-disabled", "true");
      else element.removeAttribute("aria-disabled");
    }
  }

  // Element by element, so that what has the focus keeps it.
  function fill(parent, wanted, build, update) {
    while (parent.children.length > wanted.length) parent.lastElementChild.remove();
    for (const [index, each] of wanted.entries()) {
      update(parent.children[index] ?? parent.appendChild(build(each)), each);
    }
  }

  return { make, setText, setTitle, foreign, button, aboutCase, caseButton, fill, actions, helpButton, shopButton, choices, hold };
})();
