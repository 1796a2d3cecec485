// Finds rows by what is typed: words, numbers, and the letters of Chinese, whole syllables or the
// first letter of each.
"use strict";

const Search = (() => {
  const LETTERS = /^[a-z]+$/;
  const NUMBER = /^#(\d+)$/;
  const SPARE = 100;
  const readings = new Map();
  const texts = new Map();

  // Tells whether there are characters that were not known before.
  function learn({ readings: known, rows }) {
    if (texts.size > 2 * rows.length + SPARE) texts.clear();
    const fresh = Object.entries(known).filter(([one]) => !readings.has(one));
    for (const [one, letters] of fresh) readings.set(one, letters.split(" "));
    return fresh.length > 0;
  }

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  // Returns what tells whether a row is found; each row is judged once, until it says something else.
  function asked(query) {
    const looks = query.trim().split(/\s+/).filter(Boolean).map(plain).map(look);
    const judged = new Map();
    const found = (row) => {
      const entry = read(row);
      const before = judged.get(row.number);
      if (before?.entry === entry) return before.fits;
      const fits = looks.every((one) => one(row, entry.text));
      judged.set(row.number, { entry, fits });
      return fits;
    };
    return looks.length > 0 ? found : null;
  }

  function look(term) {
    const number = NUMBER.exec(term);
    if (number) return (row) => row.number === Number(number[1]);
    const spelled = LETTERS.test(term) ? speller(term) : () => false;
    return (_, text) => text.includes(term) || spelled(text);
  }

  // What is lower case and of one width already is most of the work, and rows seldom change.
  function read(row) {
    const raw = [`#${row.number}`, row.order_id, row.shop, row.kind_text, row.tier_text, row.buyer,
      row.person, row.amount, row.reason, row.product, row.status, row.note].join("\n");
    const before = texts.get(row.number);
    if (before?.raw === raw) return before;
    const entry = { raw, text: plain(raw) };
    texts.set(row.number, entry);
    return entry;
  }

  function speller(term) {
    const steps = Array.from(term, () => new Map());
    const sizes = (character, place) => {
      const step = steps[place];
      if (!step.has(character)) step.set(character, taken(character, term, place));
      return step.get(character);
    };
    const begins = [...readings.keys()].filter((one) => sizes(one, 0).length > 0);
    const first = new RegExp(`[${term[0]}${begins.join("")}]`, "g");
    return (text) => {
      first.lastIndex = 0;
      for (let at = first.exec(text); at; at = first.exec(text)) if (goesOn(text, at.index)) return true;
      return false;
    };

    // Each character takes some letters; all ways are followed side by side, and none twice.
    function goesOn(text, start) {
      let places = [0];
      for (let at = start; places.length > 0 && at < text.length; at += 1) {
        const next = new Set();
        for (const place of places) {
          for (const size of sizes(text[at], place)) {
            if (place + size >= term.length) return true;
            next.add(place + size);
          }
        }
        places = [...next];
      }
      return false;
    }
  }

  // How many letters of the term a character may stand for: its syllable, or what it begins with.
  function taken(character, term, place) {
    const spoken = readings.get(character);
    if (!spoken) return character === term[place] ? [1] : [];
    const sizes = [];
    for (const syllable of spoken) {
      const size = common(syllable, term, place);
      if (size === 0) continue;
      sizes.push(1);
      if (size === syllable.length || place + size === term.length) sizes.push(size);
      if (size >= 2 && syllable[1] === "h") sizes.push(2);
    }
    return sizes;
  }

  function common(syllable, term, place) {
    let size = 0;
    while (size < syllable.length && syllable[size] === term[place + size]) size += 1;
    return size;
  }

  return { learn, asked };
})();
