// The kiosk's list, asked for once and whenever something changed.

import { N, boot, dateTime, h, mount, spell, yuan } from "./kit.js";
import { ask, listen } from "./ask.js";

const row = (one) =>
  h("li", { class: N.row }, `${one.id} ¥${yuan(one.amount)} ${dateTime(one.due, "-")}`);

async function show() {
  const { answer } = await ask("/api/cases");
  const who = await ask("/api/who", { site: "chat" });
  mount(h("h1", {}, `${who.answer.shop} ${boot.page} ${boot.letter} ${spell(79260)}`),
    h("ul", {}, (answer.rows ?? []).map(row)));
}

listen(boot.sites.shop, show);
show();
