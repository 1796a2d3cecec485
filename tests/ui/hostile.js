// Shows every hostile text in every field of every page, and returns what became of it that should
// not. What can be open at once is open at once: the chips, a case, a page over it, a question.
async ([tame, hostile, mark, words, moment, days]) => {
  const faults = [];
  const executed = [];
  const [tags, names] = [new Set(), new Set()];
  const title = document.title;
  const at = (id) => document.getElementById(id);
  const { alert, confirm, prompt, print, open, eval: run, fetch } = window;
  const dangerous = { alert, confirm, prompt, print, open, eval: run, fetch };
  for (const name of Object.keys(dangerous)) window[name] = () => executed.push(name);
  document.addEventListener("securitypolicyviolation", ({ blockedURI }) => executed.push(`blocked: ${blockedURI}`));

  // The desk answers at once: a few turns, and all is told.
  const settle = async () => { for (let turn = 0; turn < 30; turn += 1) await null; };
  const press = (code, key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { code, key, bubbles: true }));

  // Every text of a pattern has the mark where a stranger's text goes.
  const filled = (part, text) => {
    if (typeof part === "string") return part.replaceAll(mark, () => text);
    if (Array.isArray(part)) return part.map((each) => filled(each, text));
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, filled(each, text)]));
  };

  async function tell(view, answers) {
    Object.assign(desk, { view: { ...view, words }, answers });
    desk.revision += 1;
    window.dispatchEvent(new Event("pywebviewready"));
    await settle();
  }

  // What is there while all texts are tame is the page's own, and nothing else may come.
  function look(text, where = document) {
    for (const one of where.querySelectorAll("*")) {
      const fresh = [one.tagName].filter((name) => !tags.has(name));
      fresh.push(...one.getAttributeNames().filter((name) => !names.has(name)));
      if (fresh.length > 0 && !tame.includes(text)) faults.push([text, "foreign", fresh.join(" ")]);
      if (tame.includes(text)) {
        tags.add(one.tagName);
        for (const name of one.getAttributeNames()) names.add(name);
      }
    }
    if (executed.length > 0 || window.hit !== undefined || document.title !== title) {
      faults.push([text, "executed", executed.splice(0).join(" ")]);
    }
  }

  const says = (text, where, said) => said === text || faults.push([text, `changed in ${where}`, said]);

  async function everywhere(text) {
    const { view, answers } = filled(moment, text);
    await tell(view, answers);
    at("drill-begin").click();
    document.querySelector("#shops [data-act=pause]").click();
    await settle();
    says(text, "a row", document.querySelector("#rows li.row[data-number='12'] .words").title);
    says(text, "a case", at("case-words").textContent);
    says(text, "a message", at("toasts").querySelector(".next").textContent);
    says(text, "a channel", at("channels").querySelector("li").textContent.slice(-text.length));
    look(text);
  }

  async function inTheDays(texts) {
    const answers = structuredClone(days);
    const period = answers.day.day.periods[0];
    period.shops = texts.map((text) => filled(period.shops[0], text));
    await tell(desk.view, answers);
    press("KeyD", "d");
    await settle();
    const shown = [...at("day-shops").children].map((one) => one.querySelector("bdi").textContent);
    for (const [index, text] of texts.entries()) says(text.slice(0, 120), "the days", shown[index].slice(0, 120));
    look(texts.join("\n"));
    press("KeyH", "h");
  }

  async function inTheSettings(texts) {
    const answers = structuredClone(moment.answers);
    const all = answers.settings.settings;
    const [[shop], [road]] = [all.shops, all.roads];
    all.shops = texts.map((text, index) => ({ ...filled(shop, text), shop_id: `${index}` }));
    all.roads = texts.map((text) => filled(road, text));
    all.holiday.people = texts;
    await tell(desk.view, filled(answers, texts[0]));
    press("Comma", ",");
    await settle();
    const shown = document.querySelectorAll("#settings-page .set-list")[0].querySelectorAll("bdi.name");
    for (const [index, text] of texts.entries()) says(text.slice(0, 120), "the settings", shown[index].textContent.slice(0, 120));
    look(texts.join("\n"));
    press("KeyH", "h");
  }

  async function inRows(texts) {
    const rows = texts.map((text, index) => ({ ...filled(moment.view.rows[0], text), number: index + 100 }));
    await tell({ ...moment.view, rows, hero: null }, {});
    for (const face of document.querySelectorAll("#rows .face")) {
      if (face.offsetHeight >= 80) faults.push([face.querySelector(".words").title, "a row grows", face.offsetHeight]);
    }
    look(texts.join("\n"));
  }

  async function searched(text) {
    at("search").value = text;
    at("search").dispatchEvent(new Event("input"));
    look(text, at("sieve"));
  }

  const batches = (size) => Array.from({ length: Math.ceil(hostile.length / size) },
    (_, index) => hostile.slice(index * size, (index + 1) * size));

  await tell(filled(moment.view, tame[0]), filled(moment.answers, tame[0]));
  press("KeyF", "f");
  for (const text of tame) await searched(text);
  for (const text of hostile) await searched(text);
  await searched("");
  document.querySelector("#facet-shop .chip[data-value='a']").click();
  document.querySelector("#rows li.row[data-number='12'] .face").click();
  for (const [code, key] of [["KeyD", "d"], ["Comma", ","], ["KeyH", "h"]]) {
    press(code, key);
    await settle();
  }
  for (const text of [...tame, ...hostile]) await everywhere(text);
  at("rest").close();
  for (const texts of batches(20)) await inTheDays(texts);
  for (const texts of batches(20)) await inTheSettings(texts);
  press("Escape", "Escape");
  press("Escape", "Escape");
  press("Escape", "Escape");
  for (const texts of batches(40)) await inRows(texts);
  Object.assign(window, dangerous);
  return faults;
}
