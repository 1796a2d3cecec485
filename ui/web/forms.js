// What the settings are made of: fields, switches, buttons that ask twice; nothing typed is lost.
"use strict";

const Forms = (() => {
  const { make, setText } = Parts;
  const SURE_MS = 4000;

  function button(text, press, className = "") {
    const element = make("button", className, text);
    element.type = "button";
    element.addEventListener("click", press);
    return element;
  }

  // No question over the page: the second press within a moment is the answer.
  function sureButton(text, sure, press) {
    let timer = 0;
    const calm = () => {
      clearTimeout(timer);
      timer = 0;
      setText(element, text);
      element.dataset.sure = "false";
    };
    const element = button(text, () => {
      if (timer) {
        calm();
        press();
        return;
      }
      setText(element, sure);
      element.dataset.sure = "true";
      timer = setTimeout(calm, SURE_MS);
    });
    element.addEventListener("blur", calm);
    return element;
  }

  function field(title, control, hint = "") {
    const box = make("label", "field");
    box.append(make("span", "title", title), control);
    if (hint) box.append(make("span", "hint", hint));
    return box;
  }

  function input(type, { max = 200, name = "" } = {}) {
    const element = make("input");
    element.type = type;
    if (type === "text" || type === "password" || type === "url") {
      element.maxLength = max;
      element.autocomplete = type === "password" ? "new-password" : "off";
      element.spellcheck = false;
    }
    if (name) element.setAttribute("aria-label", name);
    return element;
  }

  function select(options, name = "") {
    const element = make("select");
    if (name) element.setAttribute("aria-label", name);
    element.append(...options.map(([value, text]) => {
      const option = make("option", "", text);
      option.value = value;
      return option;
    }));
    return element;
  }

  function toggle(text, save) {
    const box = make("label", "toggle");
    const control = input("checkbox");
    box.append(control, make("span", "", text));
    saves(control, () => save(control.checked));
    return { box, control };
  }

  // While it is being saved, and while somebody types, what the agent says does not replace it.
  function saves(control, save) {
    control.addEventListener("change", async () => {
      if (!control.checkValidity()) {
        control.reportValidity();
        return;
      }
      control.dataset.saving = "true";
      control.setAttribute("aria-busy", "true");
      const kept = await save();
      delete control.dataset.saving;
      control.removeAttribute("aria-busy");
      if (!kept && control.dataset.known !== undefined) put(control, control.dataset.known);
    });
  }

  function put(control, value) {
    if (control.type === "checkbox") control.checked = value === true || value === "true";
    else if (control.value !== String(value)) control.value = value;
  }

  function show(control, value) {
    control.dataset.known = value;
    const typing = control === document.activeElement && control.type !== "checkbox";
    if (!control.dataset.saving && !typing) put(control, value);
  }

  return { button, sureButton, field, input, select, toggle, saves, show };
})();
