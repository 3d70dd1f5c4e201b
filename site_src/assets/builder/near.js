// What comes near to a word that is no term: by its label and synonyms, by beginnings of words, by a slip of typing.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const SMALL = new Set("a an and at by for from in of on or the to with een de het en of van voor met".split(" "));

  /** How many letters have to be changed, added or dropped to make one word of the other; `most` and one more at most. */
  const apart = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[other.length];
  };

  /** From 0 to 1: how well one word stands for another. */
  const alike = (typed, known) => {
    if (typed === known) return 1;
    const shorter = Math.min(typed.length, known.length);
    if (shorter >= 3 && (known.startsWith(typed) || typed.startsWith(known))) return 0.8;
    const most = typed.length >= 7 ? 2 : typed.length >= 4 ? 1 : 0;
    return most && apart(typed, known, most) <= most ? 0.7 : 0;
  };

  /** How near an option is: 2 if one of its names is just what was typed, else the mean over the words typed. */
  const nearness = (typed, names) => {
    const plain = words(typed).join(" ");
    if (names.some((name) => words(name).join(" ") === plain)) return 2;
    const asked = words(typed).filter((word) => !SMALL.has(word));
    const told = [...new Set(names.flatMap(words))];
    const each = asked.map((word) => Math.max(0, ...told.map((known) => alike(word, known))));
    return asked.length ? each.reduce((total, one) => total + one, 0) / asked.length : 0;
  };

  /** The values, nearest first, of at most three options {value, words} that come near to a text; none is far off. */
  const nearest = (typed, options) =>
    options
      .map(({ value, words: names }) => ({ value, length: value.length, near: nearness(typed, [value, ...names]) }))
      .filter(({ near }) => near >= 0.6)
      .sort((a, b) => b.near - a.near || a.length - b.length || (a.value < b.value ? -1 : 1))
      .slice(0, 3)
      .map(({ value }) => value);

  /** Whether a text is one of the names, but for case, accents and hyphens. */
  const isName = (typed, names) => nearness(typed, names) === 2;

  Object.assign(builder, { nearest, isName });
})();
