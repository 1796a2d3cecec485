// What every page of the make-believe Doudian shares: its data island, its DOM builder, its clock.

export const boot = JSON.parse(document.getElementById("boot").textContent);
export const N = boot.names;
export const ui = (part) => `${boot.ui}-${part}`;

// Strings become text nodes and nothing else: what a buyer typed is never markup.
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function mount(node) {
  document.getElementById("root").replaceChildren(node);
}

// The platform's clock: the page's own, set right by what the server said last.
let skew = boot.now - Date.now();
export const now = () => Date.now() + skew;
export const setClock = (serverMs) => { skew = serverMs - Date.now(); };

const shanghai = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hour12: false, year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function dateTime(seconds) {
  const part = Object.fromEntries(
    shanghai.formatToParts(new Date(seconds * 1000)).map((p) => [p.type, p.value]));
  const hour = part.hour === "24" ? "00" : part.hour;
  return `${part.year}/${part.month}/${part.day} ${hour}:${part.minute}:${part.second}`;
}

export const clockTime = (ms) => dateTime(ms / 1000).slice(11, 16);
export const yuan = (fen) => (fen / 100).toFixed(2);

// 2天9小时16分, 22小时31分12秒, 3小时: days hide seconds, and zeros at either end are dropped.
export function spell(seconds) {
  const units = [["天", 86400], ["小时", 3600], ["分", 60], ["秒", 1]];
  let rest = seconds;
  const parts = units.map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return [count, name];
  });
  if (parts[0][0] > 0) parts.pop();
  while (parts.length > 1 && parts[0][0] === 0) parts.shift();
  while (parts.length > 1 && parts.at(-1)[0] === 0) parts.pop();
  return parts.map(([count, name]) => `${count}${name}`).join("");
}

export function toast(text) {
  const box = h("div", { class: ui("message") },
    h("div", { class: ui("message-notice") },
      h("div", { class: ui("message-notice-content") }, text)));
  document.body.append(box);
  setTimeout(() => box.remove(), 3000);
}

export const random = (length) =>
  Array.from({ length }, () => Math.floor(Math.random() * 36).toString(36)).join("");
