// The two forms of the settings: a shop with what follows until its lists are found, and a road.
"use strict";

const ShopForm = (() => {
  const { make, setText, foreign } = Parts;
  const { button, field, input, select } = Forms;
  let parts = null;
  let change = null;
  let offers = [];
  let added = "";
  let wanted = false;
  let seen = "";

  function build(words, save) {
    change = save;
    const [name, username, password] = [input("text"), input("text"), input("password", { max: 1280 })];
    const [form, add] = [make("form", "form"), button(words.set_shop_add, () => unfold(true), "main")];
    const watch = make("button", "main", words.set_shop_watch);
    const acts = make("div", "acts");
    acts.append(watch, button(words.set_shop_cancel, () => unfold(false)));
    const [hint, platforms] = [make("p", "fine hint"), make("div")];
    name.required = true;
    const signs = [field(words.set_shop_username, username), field(words.set_shop_password, password)];
    form.append(field(words.set_shop_platform, platforms), field(words.set_shop_name, name, words.set_shop_name_hint), hint, ...signs, acts);
    form.addEventListener("submit", submit);
    parts = { form, add, watch, hint, platforms, name, username, password, signs, known: "", after: follow(words) };
    const box = make("div");
    box.append(add, form, parts.after.box);
    form.hidden = parts.after.box.hidden = true;
    return box;
  }

  // What was found, once it is added; the button that helps comes with the shop itself.
  function follow(words) {
    const box = make("div", "found");
    const [title, name, proof, note, lists, acts] =
      [make("p", "title"), foreign("name"), make("p", "proof"), foreign("note"), make("ul"), make("div", "acts")];
    title.setAttribute("role", "status");
    const done = button(words.set_shop_done, () => { added = ""; box.hidden = true; parts.add.focus(); });
    const help = make("span");
    acts.append(help, done);
    box.append(title, name, proof, note, lists, acts);
    return { box, title, name, proof, note, lists, help, done };
  }

  function unfold(open) {
    wanted = open;
    parts.form.hidden = !open;
    parts.add.hidden = open;
    // From the first field on, Tab leads to all.
    if (open) parts.platform.focus();
    else parts.add.focus();
  }

  function choose() {
    const offer = offers.find(({ platform }) => platform === parts.platform.value);
    setText(parts.hint, offer?.hint ?? "");
    for (const each of parts.signs) each.hidden = !offer?.password;
  }

  async function submit(event) {
    event.preventDefault();
    if (parts.watch.getAttribute("aria-disabled") === "true") return;
    parts.watch.setAttribute("aria-disabled", "true");
    const offer = offers.find(({ platform }) => platform === parts.platform.value);
    const answer = await change("add_shop", {
      platform: parts.platform.value, name: parts.name.value.trim(),
      username: offer?.password ? parts.username.value.trim() : "",
      password: offer?.password ? parts.password.value : "",
    });
    parts.watch.removeAttribute("aria-disabled");
    if (!answer) return;
    for (const each of [parts.name, parts.username, parts.password]) each.value = "";
    unfold(false);
    added = answer.shop;
    seen = "";
    parts.after.box.hidden = !added;
  }

  function update(view, data) {
    const known = JSON.stringify(data.platforms);
    if (parts.known !== known) {
      offers = data.platforms;
      parts.known = known;
      parts.platform = select(offers.map(({ platform, title }) => [platform, title]));
      parts.platform.addEventListener("change", choose);
      parts.platforms.replaceChildren(parts.platform);
      choose();
    }
    if (data.shops.length === 0 && !wanted && !added) unfold(true);
  }

  function tick(view, anew) {
    if (!added) return;
    const { after } = parts;
    const { words } = view;
    const shop = view.shops.find(({ shop_id: id }) => id === added);
    const found = shop && ["calm", "waiting"].includes(shop.state);
    const waits = shop || anew ? words.set_shop_added : words.set_shop_later;
    const said = shop?.help ? words.set_shop_help : waits;
    setText(after.title, found ? words.set_shop_found : said);
    setText(after.name, shop?.name ?? "");
    setText(after.proof, shop ? Ticking.fill(shop.proof, view.taken_at, words) : "");
    setText(after.note, [shop?.note, shop?.detail].filter(Boolean).join("\n").slice(0, 400));
    after.done.hidden = !shop;
    const looks = `${shop?.help ?? ""}/${shop?.state ?? ""}`;
    if (seen !== looks) {
      seen = looks;
      after.help.replaceChildren(...(shop?.help ? [Parts.helpButton(shop, shop.name, words)] : []));
    }
    Parts.fill(after.lists, found ? shop.queues : [], () => make("li"), (item, queue) => {
      setText(item, `${queue.title}：${Ticking.fill(queue.proof, view.taken_at, words)}`);
    });
  }

  return { build, update, tick };
})();

const RoadForm = (() => {
  const { make, setText } = Parts;
  const { button, field, input, select } = Forms;
  let parts = null;
  let change = null;
  let types = [];

  function build(words, save) {
    change = save;
    const [name, url, secret, keyword] = [input("text", { max: 32 }), input("password", { max: 2000 }), input("password", { max: 500 }), input("text")];
    const [form, add] = [make("form", "form"), button(words.set_road_add, () => unfold(true))];
    const save_it = make("button", "main", words.set_road_save);
    const acts = make("div", "acts");
    acts.append(save_it, button(words.set_shop_cancel, () => unfold(false)));
    const [kinds, tiers] = [make("div"), make("fieldset", "tiers")];
    [name.required, url.required] = [true, true];
    const fields = { url: field(" ", url), secret: field(" ", secret), keyword: field(words.set_road_keyword, keyword) };
    form.append(field(words.set_road_type, kinds), field(words.set_road_name, name), fields.url, fields.secret, fields.keyword, tiers, acts);
    form.addEventListener("submit", submit);
    parts = { form, add, save: save_it, kinds, tiers, name, url, secret, keyword, fields, known: "", legend: words.set_road_tiers };
    const box = make("div");
    box.append(add, form);
    form.hidden = true;
    return box;
  }

  function unfold(open) {
    parts.form.hidden = !open;
    parts.add.hidden = open;
    if (open) parts.type.focus();
    else parts.add.focus();
  }

  function choose() {
    const kind = types.find(({ type }) => type === parts.type.value);
    const { fields } = parts;
    setText(fields.url.querySelector(".title"), kind.url);
    setText(fields.secret.querySelector(".title"), kind.secret);
    fields.secret.hidden = !kind.secret;
    fields.keyword.hidden = !kind.keyword;
  }

  async function submit(event) {
    event.preventDefault();
    if (parts.save.getAttribute("aria-disabled") === "true") return;
    parts.save.setAttribute("aria-disabled", "true");
    const kind = types.find(({ type }) => type === parts.type.value);
    const answer = await change("add_road", {
      type: kind.type, name: parts.name.value.trim(), url: parts.url.value.trim(),
      secret: kind.secret ? parts.secret.value.trim() : "",
      keyword: kind.keyword ? parts.keyword.value.trim() : "",
      tiers: [...parts.tiers.querySelectorAll("input:checked")].map(({ value }) => value),
    });
    parts.save.removeAttribute("aria-disabled");
    if (!answer) return;
    for (const each of [parts.name, parts.url, parts.secret, parts.keyword]) each.value = "";
    unfold(false);
  }

  function update(view, data) {
    const known = JSON.stringify([data.road_types, data.tiers]);
    if (parts.known === known) return;
    parts.known = known;
    types = data.road_types;
    parts.type = select(types.map(({ type, title }) => [type, title]));
    parts.type.addEventListener("change", choose);
    parts.kinds.replaceChildren(parts.type);
    parts.tiers.replaceChildren(make("legend", "", parts.legend), ...Object.entries(data.tiers).map(([tier, title]) => {
      const [box, control] = [make("label", "toggle"), input("checkbox")];
      control.value = tier;
      control.checked = tier === "urgent";
      box.append(control, make("span", "", title));
      return box;
    }));
    choose();
  }

  return { build, update };
})();
