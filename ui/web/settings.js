// What can be set without the file: each change is saved at once, and told with its line.
"use strict";

const Settings = (() => {
  const { make, setText, fill } = Parts;
  const { button, field, input, select, toggle, saves, show, sureButton } = Forms;
  const ASK_MS = 1000;
  const ANEW_MS = 20000;
  const page = document.getElementById("settings-page");
  let carry = null;
  let say = null;
  let view = null;
  let data = null;
  let parts = null;
  let spoken = "";
  let asking = false;
  let askedAt = -Infinity;
  let anewUntil = 0;
  let anewFrom = 0;

  function render(next) {
    view = next;
    if (spoken !== view.language) build();
    if (data) update();
  }

  function open() {
    pull();
  }

  async function pull() {
    if (asking) return;
    asking = true;
    askedAt = performance.now();
    const answer = await carry("settings");
    asking = false;
    if (answer.ok) {
      ({ settings: data } = answer);
      if (data.begun !== anewFrom) anewUntil = 0;
      if (view) update();
    } else if (!data) {
      setText(parts.wait, `${answer.error} ${answer.next_step}`);
    }
  }

  function tick() {
    if (performance.now() - askedAt >= ASK_MS) pull();
    if (parts && data) ShopForm.tick(view, renewing());
  }

  // For some seconds nobody answers, since all is opened anew: that is wanted, and said.
  function renewing() {
    return performance.now() < anewUntil;
  }

  async function change(act, wish = {}) {
    const from = data.begun;
    const answer = await carry("change", { act, ...wish });
    if (answer.ok) {
      if (answer.anew) [anewFrom, anewUntil] = [from, performance.now() + ANEW_MS];
      say(answer.said);
      if (view && data) update();
      pull();
    } else {
      say(answer.error, answer.next_step);
    }
    return answer.ok ? answer : null;
  }

  function build() {
    const { words } = view;
    spoken = view.language;
    const [wait, body, pending, fault] = [make("p", "wait", words.settings_wait), make("div"), make("div", "pending"), make("p", "fault")];
    const [waits, renew] = [make("p"), button(words.settings_renew, () => change("renew"), "main")];
    wait.setAttribute("role", "status");
    fault.setAttribute("role", "status");
    waits.setAttribute("role", "status");
    pending.append(waits, renew);
    parts = { wait, body, pending, waits, renew, fault, file: make("p", "fine") };
    body.append(fault, shops(words), roads(words), sounds(words), quiet(words), people(words), holiday(words), rules(words), general(words),
      make("p", "fine", words.settings_file), parts.file);
    page.replaceChildren(pending, wait, body);
    body.hidden = pending.hidden = true;
  }

  function section(title, ...inside) {
    const box = make("section", "set");
    box.append(make("h2", "", title), ...inside);
    return box;
  }

  function shops(words) {
    parts.shops = make("ul", "set-list");
    parts.noShops = make("p", "fine", words.set_shops_none);
    return section(words.set_shops, parts.noShops, parts.shops, ShopForm.build(words, change));
  }

  function roads(words) {
    parts.roads = make("ul", "set-list");
    parts.noRoads = make("p", "fine", words.set_roads_none);
    return section(words.set_roads, parts.noRoads, parts.roads, RoadForm.build(words, change));
  }

  function sounds(words) {
    const sound = toggle(words.set_sound_on, (on) => change("switch", { channel: "sound", on }));
    const desktop = toggle(words.set_desktop_on, (on) => change("switch", { channel: "desktop", on }));
    const volume = range(words.set_volume, 0, (percent) => change("volume", { tier: "", percent }));
    parts.sound = sound.control;
    parts.desktop = desktop.control;
    parts.volume = volume;
    parts.sounds = make("ul", "set-list");
    return section(words.set_sounds, sound.box, field(words.set_volume, volume), parts.sounds, desktop.box);
  }

  function range(name, least, save) {
    const control = input("range", { name });
    [control.min, control.max, control.step] = [least, 100, 5];
    saves(control, () => save(Number(control.value)));
    return control;
  }

  function quiet(words) {
    const [begins, ends] = [input("time"), input("time")];
    [begins.required, ends.required] = [true, true];
    const save = (on) => change("quiet", on ? { begins: begins.value, ends: ends.value } : { begins: "", ends: "" });
    const on = toggle(words.set_quiet_on, save);
    for (const control of [begins, ends]) saves(control, () => (on.control.checked ? save(true) : true));
    const times = make("div", "times");
    times.append(field(words.set_quiet_from, begins), field(words.set_quiet_to, ends));
    Object.assign(parts, { quiet: on.control, begins, ends, quietMeans: make("p", "fine") });
    return section(words.set_quiet, on.box, times, parts.quietMeans);
  }

  function people(words) {
    return section(words.set_people, PeopleForm.build(words, change));
  }

  function holiday(words) {
    const [first, last, who] = [input("date"), input("date"), make("div", "who")];
    const save = button(words.set_holiday_begin, async () => {
      await plan("begin_holiday", words.holiday_saved, first.value, last.value, who.firstElementChild.value.trim());
    });
    const end = button(words.holiday_end, () => plan("end_holiday", words.holiday_ended));
    const acts = make("div", "acts");
    acts.append(save, end);
    const days = make("div", "times");
    days.append(field(words.holiday_from, first), field(words.holiday_to, last));
    Object.assign(parts, { duty: Parts.foreign("name"), first, last, who, endHoliday: end, people: null, noHoliday: make("p", "fine", words.set_holiday_none) });
    return section(words.set_holiday, parts.duty, make("p", "fine", words.holiday_meaning), parts.noHoliday, days, field(words.holiday_who, who), acts, make("p", "fine", words.set_holiday_soon));
  }

  async function plan(act, done, ...values) {
    const answer = await carry(act, ...values);
    if (answer.ok) say(done);
    else say(answer.error, answer.next_step);
    pull();
  }

  function rules(words) {
    parts.rules = make("ul", "set-list rules");
    return section(words.set_rules, parts.rules, make("p", "fine", words.set_rules_more));
  }

  function general(words) {
    const language = select([["zh", words.set_language_zh], ["en", words.set_language_en]]);
    saves(language, () => change("language", { language: language.value }));
    const starts = toggle(words.set_autostart, (on) => change("autostart", { on }));
    Object.assign(parts, { language, starts: starts.control, startsSaid: make("p", "fine") });
    return section(words.set_general, field(words.set_language, language), starts.box, parts.startsSaid);
  }

  function update() {
    const { words } = view;
    const aimed = page.contains(document.activeElement) ? document.activeElement : null;
    parts.wait.hidden = true;
    parts.body.hidden = false;
    setText(parts.fault, data.fault || data.failed);
    parts.pending.hidden = !renewing() && !data.pending;
    setText(parts.waits, renewing() ? words.settings_renewing : data.pending);
    parts.renew.hidden = renewing();
    parts.noShops.hidden = data.shops.length > 0;
    fill(parts.shops, data.shops, newShop, putShop);
    parts.noRoads.hidden = data.roads.length > 0;
    fill(parts.roads, data.roads, newRoad, putRoad);
    updateSounds();
    updateQuiet();
    updateHoliday();
    fill(parts.rules, data.rules, newRule, putRule);
    show(parts.language, data.language);
    show(parts.starts, data.autostart);
    setText(parts.startsSaid, data.autostart_said);
    setText(parts.file, data.file);
    ShopForm.update(view, data);
    RoadForm.update(view, data);
    PeopleForm.update(data);
    // What had the focus and is gone leaves it to what is always there.
    if (aimed && !(aimed.isConnected && aimed.checkVisibility())) document.getElementById("tab-settings").focus();
  }

  function row(...acts) {
    const item = make("li");
    const box = make("div", "acts");
    box.append(...acts);
    item.append(Parts.foreign("name"), Parts.foreign("said"), box);
    return item;
  }

  function putRow(item, name, said) {
    setText(item.querySelector(".name"), name.slice(0, 120));
    setText(item.querySelector(".said"), said.slice(0, 300));
    for (const each of item.querySelectorAll(".acts button")) {
      each.setAttribute("aria-label", `${each.textContent} ${name.slice(0, 120)}`);
    }
  }

  // Each asks its row when it is pressed: the rows move up when one goes.
  const key = (event) => event.currentTarget.closest("li").dataset.key;

  function newShop() {
    let item = null;
    const remove = sureButton(view.words.set_shop_remove, view.words.settings_sure, () => change("remove_shop", { shop: item.dataset.key }));
    item = row(remove);
    return item;
  }

  function putShop(item, shop) {
    item.dataset.key = shop.shop_id;
    putRow(item, shop.name, `${shop.platform} · ${shop.said}`);
  }

  function newRoad() {
    let item = null;
    const { words } = view;
    const attempt = button(words.set_road_try, (event) => change("try_road", { road: key(event) }));
    const remove = sureButton(words.set_road_remove, words.settings_sure, () => change("remove_road", { road: item.dataset.key }));
    item = row(attempt, remove);
    const heard = make("fieldset", "tiers");
    heard.append(make("legend", "spoken"), ...Object.entries(data.tiers).map(([tier, title]) => {
      const { box, control } = toggle(title, () => setTiers(item));
      control.value = tier;
      return box;
    }));
    item.append(heard, make("p", "trial"));
    return item;
  }

  async function setTiers(item) {
    const boxes = [...item.querySelectorAll(".tiers input")];
    const tiers = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const { key: road } = item.dataset;
    return change("tiers", { road, tiers });
  }

  function putRoad(item, road) {
    item.dataset.key = road.name;
    item.dataset.good = road.good;
    putRow(item, road.name, road.said);
    setText(item.querySelector("legend"), Ticking.filled(view.words.set_road_hears, { road: road.name.slice(0, 60) }));
    for (const control of item.querySelectorAll(".tiers input")) show(control, road.tiers.includes(control.value));
    putTrial(item, road.trial);
  }

  function putTrial(item, trial) {
    const said = item.querySelector(".trial");
    said.setAttribute("role", "status");
    said.dataset.state = trial.state;
    setText(said, trial.said.slice(0, 400));
  }

  function newSound(sound) {
    const { words } = view;
    const volume = range(words.set_volume, 5, (percent) => change("volume", { tier: sound.tier, percent }));
    const item = row(volume, button(words.set_sound_try, () => change("try_sound", { tier: sound.tier })));
    item.append(make("p", "trial"));
    return item;
  }

  function updateSounds() {
    show(parts.sound, data.sound);
    show(parts.desktop, data.desktop);
    show(parts.volume, data.percent);
    parts.sounds.hidden = parts.volume.parentElement.hidden = !data.sound;
    fill(parts.sounds, data.sounds, newSound, (item, sound) => {
      putRow(item, sound.title, sound.said);
      item.querySelector("input").setAttribute("aria-label", `${view.words.set_volume} ${sound.title}`);
      show(item.querySelector("input"), sound.percent);
      putTrial(item, sound.trial);
    });
  }

  function updateQuiet() {
    const { begins, ends, means } = data.quiet;
    show(parts.quiet, Boolean(begins));
    for (const [control, value, usual] of [[parts.begins, begins, "23:00"], [parts.ends, ends, "07:30"]]) {
      if (value || !control.value) show(control, value || usual);
    }
    setText(parts.quietMeans, means);
  }

  function updateHoliday() {
    const { first, last, stand_in: standIn, people } = data.holiday;
    setText(parts.duty, [view.duty?.text, view.duty?.holiday].filter(Boolean).join(" · ").slice(0, 300));
    const known = JSON.stringify(people);
    if (parts.people !== known) {
      parts.people = known;
      parts.who.replaceChildren(people.length ? select(people.map((name) => [name, name])) : input("text"));
    }
    parts.noHoliday.hidden = Boolean(first);
    parts.endHoliday.hidden = !first;
    const who = parts.who.firstElementChild;
    for (const [control, value] of [[parts.first, first], [parts.last, last], [who, standIn]]) {
      if (control.dataset.known !== value) {
        if (value) show(control, value);
        control.dataset.known = value;
      }
    }
  }

  function newRule(rule) {
    const item = make("li");
    const number = input("number");
    [number.min, number.max, number.step, number.required] = [rule.least, rule.most, "any", true];
    saves(number, () => change("rule", { rule: rule.rule, number: Math.round(Number(number.value)) }));
    item.append(make("span"), number, make("span"));
    return item;
  }

  function putRule(item, rule) {
    const [before, number, after] = item.children;
    setText(before, rule.before);
    setText(after, rule.after);
    number.setAttribute("aria-label", `${rule.before}…${rule.after}`);
    number.placeholder = "—";
    show(number, rule.number ?? "");
  }

  function wire({ call, toast }) {
    carry = call;
    say = toast;
    page.addEventListener("keydown", (event) => {
      // The first Escape leaves the field, the next one the page.
      if (event.key === "Escape" && event.target.matches("input, select")) event.target.blur();
    });
  }

  return { render, open, tick, wire, renewing };
})();
