// Which entries answer a query, best first: every word counts by where an entry holds it and by how rare it is.
(() => {
  "use strict";

  const { allowed, distance, stem, words } = self.backedSearch;
  const IN = [5, 2, 1]; // title or tag, text, words not shown
  const MANY = 8; // how many words at the most stand for one that is begun or mistyped

  /** The words of the index that a typed word stands for, as `{ word, part, at, many, close }`; `close` is 1 if the same. */
  const meant = async (typed, begun, index) => {
    const exactly = await sameOrBegun(typed, begun, index);
    return exactly.length ? exactly : mistyped(typed, begun, index);
  };

  const sameOrBegun = async (typed, begun, index) => {
    const root = stem(typed);
    const shared = typed.startsWith(root) ? root : typed.slice(0, root.length - 1);
    const same = [];
    const longer = [];
    for (const part of await index.beginning(shared)) {
      part.list.forEach((word, at) => {
        const found = { word, part, at, many: part.many[at] };
        if (word === typed) same.push({ ...found, close: 1 });
        else if (stem(word) === root) same.push({ ...found, close: 0.9 });
        else if (word.startsWith(typed)) longer.push({ ...found, close: 0.3 + (0.4 * typed.length) / word.length });
      });
    }
    if (!begun && same.length) return same;
    return [...same, ...mostly(longer)];
  };

  const mostly = (found) => found.sort((a, b) => b.many - a.many || (a.word < b.word ? -1 : 1)).slice(0, MANY);

  /** The closest words there are; those with the same first letter before others, so that little is loaded. */
  const mistyped = async (typed, begun, index) => {
    const most = allowed(typed);
    if (!most) return [];
    for (const parts of [() => index.beginning(typed[0]), () => index.beginning(typed[1]), () => index.all()]) {
      const found = closest(typed, begun && typed.length > 4, most, await parts());
      if (found.length) return mostly(found);
    }
    return [];
  };

  const closest = (typed, begun, most, parts) => {
    let best = most;
    let found = [];
    for (const part of parts) {
      part.list.forEach((word, at) => {
        const wrong = distance(typed, word, best, begun);
        if (wrong > best) return;
        if (wrong < best) [best, found] = [wrong, []];
        found.push({ word, part, at, many: part.many[at], close: 0.6 / (1 + wrong) });
      });
    }
    return found;
  };

  /** How well each entry holds a typed word, by number; 0 where it does not. */
  const weights = async (found, index) => {
    const weight = new Float32Array(index.entries);
    const held = await Promise.all(found.map((one) => index.hits(one)));
    let holding = 0;
    held.forEach((fields, which) =>
      fields.forEach((numbers, field) => {
        const worth = IN[field] * found[which].close;
        for (const number of numbers) {
          if (!weight[number]) holding += 1;
          if (weight[number] < worth) weight[number] = worth;
        }
      }),
    );
    const rare = Math.log(1 + index.entries / (1 + holding));
    return weight.map((worth) => worth * rare);
  };

  /** The typed words that are looked up; what is common is left out where there is anything else. */
  const lookedUp = (query, index) => {
    const typed = [...new Set(words(query))];
    const telling = typed.filter((word) => !index.common.has(word));
    return telling.length ? telling : typed;
  };

  /**
   * The entries that answer a query, as `{ numbers, words }`: all that hold every word; where none does, those that hold
   * most of them. `words` are `{ typed, found }`: the words of the index that each typed one stands for.
   */
  const rank = async (query, index) => {
    const typed = lookedUp(query, index);
    const last = /[\p{L}\p{N}\p{M}]$/u.test(query) ? words(query).at(-1) : "";
    const asked = await Promise.all(
      typed.map(async (word) => ({ typed: word, found: await meant(word, word === last, index) })),
    );
    const weighed = await Promise.all(asked.map(({ found }) => weights(found, index)));
    const score = new Float32Array(index.entries);
    const held = new Uint8Array(index.entries);
    for (const weight of weighed) {
      for (let number = 0; number < index.entries; number += 1) {
        if (!weight[number]) continue;
        held[number] += 1;
        score[number] += weight[number] * index.boosts[number];
      }
    }
    const most = held.reduce((a, b) => Math.max(a, b), 0);
    const numbers = [];
    if (most) held.forEach((many, number) => many === most && numbers.push(number));
    numbers.sort((a, b) => score[b] - score[a] || a - b);
    return { numbers, score, words: asked };
  };

  self.backedSearch.rank = rank;
})();
