// The one table of keys, and the panel that shows it: beside the list, which hears them all the while.
"use strict";

const Keys = (() => {
  const { make, setText } = Parts;
  const at = (id) => document.getElementById(id);
  const [panel, table] = ["keys", "keys-table"].map(at);
  // What is pressed, how that is written, what it does. A test compares it with what scripts heed.
  const TABLE = [
    { group: "keys_anywhere" },
    { keys: ["Shift+Slash"], shown: ["?"], word: "key_keys" },
    { keys: ["KeyW"], shown: ["W"], word: "key_whistle" },
    { keys: ["KeyM"], shown: ["M"], word: "key_hush" },
    { keys: ["KeyH"], shown: ["H"], word: "key_health" },
    { keys: ["KeyD"], shown: ["D"], word: "key_day" },
    { keys: ["Comma"], shown: [","], word: "key_settings" },
    { keys: ["KeyR"], shown: ["R"], word: "key_drill" },
    { keys: ["Escape"], shown: ["Esc"], word: "key_back" },
    { group: "keys_list" },
    { keys: ["KeyJ", "ArrowDown"], shown: ["J", "↓"], word: "key_next" },
    { keys: ["KeyK", "ArrowUp"], shown: ["K", "↑"], word: "key_former" },
    { keys: ["Enter"], shown: ["Enter"], word: "key_open" },
    { keys: ["KeyA"], shown: ["A"], word: "key_take" },
    { keys: ["KeyL"], shown: ["L"], word: "key_later" },
    { keys: ["KeyP"], shown: ["P"], word: "key_assign" },
    { keys: ["KeyO"], shown: ["O"], word: "key_backoffice" },
    { keys: ["KeyZ"], shown: ["Z"], word: "key_undo" },
    { keys: ["KeyX"], shown: ["X"], word: "key_pick" },
    { keys: ["Shift+ArrowDown", "Shift+ArrowUp"], shown: ["Shift ↓", "Shift ↑"], word: "key_stretch" },
    { keys: ["Ctrl+KeyA"], shown: ["Ctrl A"], word: "key_pick_all" },
    { keys: ["Slash"], shown: ["/"], word: "key_search" },
    { keys: ["KeyF"], shown: ["F"], word: "key_filter" },
    { group: "keys_whistle" },
    { keys: ["KeyE"], shown: ["E"], word: "key_dock" },
    { keys: ["KeyT"], shown: ["T"], word: "key_fade", needs: "fade" },
    { group: "keys_note" },
    { keys: ["Ctrl+Enter"], shown: ["Ctrl Enter"], word: "key_save" },
  ];

  let before = null;
  let hooks = null;

  function learn(words) {
    for (const [index, row] of TABLE.entries()) {
      const item = table.children[index] ?? table.appendChild(newRow(row));
      setText(item.lastElementChild, words[row.group ?? row.word]);
    }
  }

  function newRow({ group, shown }) {
    const item = make("div", group ? "heading" : "key");
    if (group) {
      item.append(make("dt"));
      return item;
    }
    const pressed = make("dt");
    pressed.append(...shown.map((text) => make("kbd", "", text)));
    item.append(pressed, make("dd"));
    return item;
  }

  async function toggle() {
    if (!panel.hidden) return close();
    await hooks.expand();
    for (const [index, { needs }] of TABLE.entries()) {
      if (needs) table.children[index].hidden = !hooks.api()?.[needs];
    }
    before = document.activeElement;
    panel.hidden = false;
    panel.scrollTop = 0;
    return panel.focus({ preventScroll: true });
  }

  function close() {
    const inside = panel.contains(document.activeElement);
    panel.hidden = true;
    if (inside) (before?.isConnected ? before : at("list")).focus({ preventScroll: true });
  }

  // By its place too: an input method for Chinese makes another sign of it.
  const asks = ({ key, code, shiftKey }) => key === "?" || key === "？" || (code === "Slash" && shiftKey);

  function pressed(event) {
    const { key, repeat, ctrlKey, altKey, metaKey, isComposing, target } = event;
    if (isComposing || ctrlKey || altKey || metaKey || document.querySelector("dialog:modal")) return;
    if (target.closest?.("input:not([type=checkbox]), select, textarea")) return;
    const leaves = key === "Escape" && !panel.hidden;
    if (!leaves && !asks(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (leaves) close();
    else if (!repeat) toggle();
  }

  function wire(given) {
    hooks = given;
    at("to-keys").addEventListener("click", toggle);
    at("keys-close").addEventListener("click", close);
    // Before everybody else: what lies beneath keeps its own for the next Escape.
    window.addEventListener("keydown", pressed, true);
  }

  return { learn, wire };
})();
