// The login page: a code to scan, which is spent after a while and drawn anew by a click.

import { ask } from "./ask.js";
import { boot, h, mount, random } from "./kit.js";

const CGI = "/shop-faas/login/cgi";
const ASK_EVERY_MS = 1000;
const [LET_IN, SPENT] = [1, 2];
const CELLS = 25;
const magic = random(32);
const post = async (name, query) =>
  (await ask(`${CGI}/${name}`, { query, body: {}, headers: { biz_magic: magic } })).answer;

// Looks like such a code, but says nothing: its squares follow from `text` by a little arithmetic.
function picture(text) {
  let seed = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2147483647, 7);
  const dark = () => { seed = (seed * 48271) % 2147483647; return seed % 2 === 0; };
  const corner = (x, y) => [[0, 0], [CELLS - 7, 0], [0, CELLS - 7]].some(([left, top]) =>
    x >= left && x < left + 7 && y >= top && y < top + 7);
  const ring = (x, y) => {
    const [across, down] = [x % (CELLS - 7), y % (CELLS - 7)].map((at) => Math.abs(at - 3));
    return Math.max(across, down) !== 2;
  };
  let squares = "";
  for (let y = 0; y < CELLS; y += 1) {
    for (let x = 0; x < CELLS; x += 1) {
      if (corner(x, y) ? ring(x, y) : dark()) squares += `M${x} ${y}h1v1h-1z`;
    }
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 27 27"><path d="${squares}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const image = h("img", { class: "login__type__container__scan__qrcode", alt: "" });
const spent = h("div", { class: "spent", hidden: true },
  h("p", {}, "二维码已过期"), h("a", { onclick: () => draw() }, "点击刷新"));
let uuid = "";

async function draw() {
  uuid = (await post("getLoginQrcode")).uuid;
  image.src = picture(uuid);
  spent.hidden = true;
}

async function look() {
  if (!uuid || !spent.hidden) return;
  const { state } = await post("askLoginQrcode", { uuid });
  if (state === LET_IN) location.assign(boot.back);
  spent.hidden = state !== SPENT;
}

mount(h("div", { class: "login__type__container" },
  h("h1", {}, "微信小店"), h("p", {}, "扫码进入我的小店"),
  h("div", { class: "login__type__container__scan" }, image, spent),
  h("p", { class: "hint" }, "请使用微信扫码登录")));
draw();
setInterval(look, ASK_EVERY_MS);
