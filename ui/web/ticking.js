// How ages, countdowns and times of day are said; ui/ticking.py says the same in the terminal.
"use strict";

const Ticking = (() => {
  const MINUTE = 60;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  const two = (number) => String(number).padStart(2, "0");
  const whole = (number) => Math.floor(number);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

  function age(milliseconds, words) {
    const seconds = Math.max(0, whole(milliseconds / 1000));
    if (seconds < MINUTE) return filled(words.seconds, { n: seconds });
    if (seconds < HOUR) return filled(words.minutes, { n: whole(seconds / MINUTE) });
    if (seconds < DAY) return filled(words.hours, { n: whole(seconds / HOUR) });
    return filled(words.days, { n: whole(seconds / DAY) });
  }

  function left(milliseconds, words, toTheSecond = false) {
    const seconds = Math.max(0, whole(milliseconds / 1000));
    const [h, m, s] = [whole(seconds / HOUR), whole((seconds % HOUR) / MINUTE), seconds % MINUTE];
    if (seconds < HOUR) return `${m}:${two(s)}`;
    if (seconds >= DAY) {
      const [d, rest] = [whole(seconds / DAY), whole((seconds % DAY) / HOUR)];
      return filled(words.days_hours, { d, h: rest });
    }
    return toTheSecond ? `${h}:${two(m)}:${two(s)}` : filled(words.hours_minutes, { h, m });
  }

  function due(dueAt, now, words) {
    if (dueAt > now) return filled(words.left, { left: left(dueAt - now, words) });
    return filled(words.overdue, { age: age(now - dueAt, words) });
  }

  function clock(at, now) {
    const [moment, today] = [new Date(at), new Date(now)];
    const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
    if (moment.toDateString() === today.toDateString()) return time;
    return `${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${time}`;
  }

  function fill(sentence, now, words) {
    const { text, at } = sentence;
    if (at === null) return text;
    return filled(text, { age: age(now - at, words), left: left(at - now, words), clock: clock(at, now) });
  }

  return { age, left, due, clock, fill, filled };
})();
