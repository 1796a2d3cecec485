// The groups of the list, each with its name and how many it has; an empty one is not there.
"use strict";

const Groups = (() => {
  const { make, setText, setTitle } = Parts;
  const OPEN = ["now", "today", "later", "theirs"];
  const host = document.getElementById("rows");
  const groups = new Map([...OPEN, "ended"].map((name) => [name, build(name)]));

  function build(name) {
    const [section, head] = [make("section", "group"), make("h2", "head")];
    const group = { title: make("span", "title"), count: make("span", "count"), taken: make("span", "taken"),
      list: make("ul", "rows") };
    section.dataset.group = name;
    head.id = `group-${name}`;
    section.setAttribute("aria-labelledby", head.id);
    head.append(group.title, group.count, group.taken);
    section.append(head, group.list);
    host.append(section);
    return group;
  }

  const titled = (words) => ({ now: words.group_now, today: words.group_today, later: words.group_later,
    theirs: words.group_theirs, ended: words.group_ended });

  // That an empty one is not there is a rule of the style: its last row takes a while to leave.
  function render(name, rows, words) {
    const group = groups.get(name);
    const taken = rows.filter(({ handled }) => handled === "acknowledged" || handled === "snoozed").length;
    setText(group.title, titled(words)[name]);
    setTitle(group.title, name === "today" ? words.group_today_title : "");
    setText(group.count, Ticking.filled(words.group_count, { count: rows.length }));
    setText(group.taken, taken > 0 ? Ticking.filled(words.group_taken, { count: taken }) : "");
  }

  const list = (name) => groups.get(name).list;
  const parted = (rows) => {
    const parts = new Map(OPEN.map((name) => [name, []]));
    for (const row of rows) parts.get(row.group).push(row);
    return parts;
  };

  return { render, list, parted };
})();
