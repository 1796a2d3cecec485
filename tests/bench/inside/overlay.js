// Stands in for the agent in the overlay's page: what it is handed is what the page is answered,
// as the text that crosses to it; and tells when what was changed has been painted.
"use strict";

window.desk = { text: null, at: 0, begun: 0 };

window.pywebview = {
  api: {
    async snapshot(known) {
      if (desk.text === null) return { ok: true, revision: known, taken_at: (desk.at += 1), unchanged: true };
      desk.begun = performance.now();
      const answer = JSON.parse(desk.text);
      desk.text = null;
      desk.at = answer.taken_at;
      return answer;
    },
  },
};

window.painted = () => new Promise((done) => {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  });
});

window.update = async (text) => {
  desk.text = text;
  dispatchEvent(new Event("pywebviewready"));
  const painted = await window.painted();
  return painted - desk.begun;
};

// The plainest page that shows the same: every row built anew.
window.plain = async (text) => {
  const begun = performance.now();
  const list = document.createElement("ul");
  for (const row of JSON.parse(text).view.rows) {
    const item = document.createElement("li");
    for (const name of ["kind_text", "amount", "consequence", "reason", "shop", "buyer"]) {
      item.append(Object.assign(document.createElement("span"), { textContent: row[name] }));
    }
    list.append(item);
  }
  document.body.replaceChildren(list);
  return await window.painted() - begun;
};
