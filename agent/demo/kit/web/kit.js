// What every page of every make-believe office shares: data island, DOM builder, clock, spelling.

export const boot = JSON.parse(document.getElementById("boot").textContent);
export const N = boot.names;
export const K = boot.keys;
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

export function mount(...nodes) {
  document.getElementById("root").replaceChildren(...nodes);
}

// The platform's clock in ms: the page's own, set right by what the server said last.
let skew = boot.now - Date.now();
export const now = () => Date.now() + skew;
export const setClock = (serverMs) => { skew = serverMs - Date.now(); };

const shanghai = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hour12: false, year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

// 2026/05/01 20:00:00, or with another *dash*: 2026-05-01 20:00:00.
export function dateTime(seconds, dash = "/") {
  const part = Object.fromEntries(
    shanghai.formatToParts(new Date(seconds * 1000)).map((p) => [p.type, p.value]));
  const hour = part.hour === "24" ? "00" : part.hour;
  return `${part.year}${dash}${part.month}${dash}${part.day} ${hour}:${part.minute}:${part.second}`;
}

export const clockTime = (ms) => dateTime(ms / 1000).slice(11, 16);
export const yuan = (fen) => (fen / 100).toFixed(2);

// [days, hours, minutes, seconds] of a number of seconds, for pages that spell them all.
export function parts(seconds) {
  let rest = Math.max(0, Math.floor(seconds));
  return [86400, 3600, 60, 1].map((size) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count;
  });
}

// 2天9小时16分, 22小时31分12秒, 3小时: days hide seconds, and zeros at either end are dropped.
export function spell(seconds) {
  const named = parts(seconds).map((count, index) => [count, ["天", "小时", "分", "秒"][index]]);
  if (named[0][0] > 0) named.pop();
  while (named.length > 1 && named[0][0] === 0) named.shift();
  while (named.length > 1 && named.at(-1)[0] === 0) named.pop();
  return named.map(([count, name]) => `${count}${name}`).join("");
}

// Countdowns and waiting times: once a second, every node below `root` that matches `selector` gets
// the text that `textOf(node)` returns.
export function everySecond(selector, textOf, root = document) {
  setInterval(() => {
    for (const node of root.querySelectorAll(selector)) {
      const text = textOf(node);
      if (node.textContent !== text) node.textContent = text;
    }
  }, 1000);
}

export const random = (length) =>
  Array.from({ length }, () => Math.floor(Math.random() * 36).toString(36)).join("");
