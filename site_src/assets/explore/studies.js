// All studies as far as filters, counts and orders need them; what scripts/backed/render/explore.py writes.
(() => {
  "use strict";

  const { part } = window.backed.shards;

  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

  /** Numbers to the base of 64, each of the same width: "1:0Az" are 0, 10 and 61. */
  const unpacked = (text) => {
    const from = text.indexOf(":") + 1;
    const width = Number(text.slice(0, from - 1));
    return Array.from({ length: (text.length - from) / width }, (_, which) => {
      let number = 0;
      for (let at = 0; at < width; at += 1) number = number * 64 + VALUE.get(text[from + which * width + at]);
      return number;
    });
  };

  /** A facet: its values, which of them a study has, and which studies fit those chosen. */
  class Facet {
    constructor({ id, label, values, sets, of }) {
      Object.assign(this, { id, label, of: unpacked(of) });
      this.values = values.map(([value, name, wider]) => ({ value, name, wider }));
      this.place = new Map(values.map(([value], at) => [value, at]));
      /** The values of each set, wider ones too: who asks for exercise finds walking. */
      this.sets = sets.map((set) => [...new Set(set.flatMap((at) => this.lineage(at)))]);
    }

    /** A value and those that are wider, by their places. */
    lineage(at) {
      const found = [];
      for (let one = at; one >= 0; one = this.values[one].wider) found.push(one);
      return found;
    }

    /** Which sets have one of the values that are chosen (a set of ids), as an array of 1 and 0. */
    fitting(chosen) {
      const wanted = new Set([...chosen].map((value) => this.place.get(value)));
      return this.sets.map((set) => (wanted.size === 0 || set.some((at) => wanted.has(at)) ? 1 : 0));
    }
  }

  class Studies {
    static async load() {
      return new Studies(await part("explore/root"));
    }

    constructor(root) {
      this.many = root.studies;
      this.columns = root.columns;
      this.facets = root.facets.map((facet) => new Facet(facet));
      this.year = unpacked(root.year);
      this.people = unpacked(root.people);
      this.inPart = root.in_part;
      this.parts = root.rows;
      this.years = [...new Set(this.year)].filter(Boolean).sort((a, b) => a - b);
      this.newest = this.year.map((_, number) => number).sort((a, b) => this.year[b] - this.year[a] || a - b);
    }

    facet(id) {
      return this.facets.find((facet) => facet.id === id);
    }

    /**
     * The studies that fit a view, and of each facet how many more would fit by each value.
     * A view has `chosen`, a map of ids of facets to sets of values; `from` and `to`, years or 0; and `words`, null or
     * the numbers that the words find.
     */
    fitting({ chosen, from, to, words }) {
      const fits = this.facets.map((facet) => facet.fitting(chosen.get(facet.id) ?? []));
      const misses = new Uint8Array(this.many); // how many filters a study does not fit
      const missed = new Int16Array(this.many); // the last facet that it does not fit
      if (words) {
        misses.fill(2);
        for (const number of words) misses[number] = 0;
      }
      for (let number = 0; number < this.many; number += 1) {
        const year = this.year[number];
        if ((from && year < from) || (to && (!year || year > to))) misses[number] = 2;
      }
      this.facets.forEach(({ of }, which) => {
        const fit = fits[which];
        if (fit.every(Boolean)) return;
        for (let number = 0; number < this.many; number += 1) {
          if (fit[of[number]]) continue;
          misses[number] += 1;
          missed[number] = which;
        }
      });
      const numbers = [];
      for (let number = 0; number < this.many; number += 1) if (!misses[number]) numbers.push(number);
      const counts = this.facets.map((facet, which) => this.#count(facet, which, misses, missed));
      return { numbers, counts };
    }

    /** How many studies have each value of a facet, of those that fit every other filter. */
    #count(facet, which, misses, missed) {
      const bySet = new Uint32Array(facet.sets.length);
      for (let number = 0; number < this.many; number += 1) {
        if (!misses[number] || (misses[number] === 1 && missed[number] === which)) bySet[facet.of[number]] += 1;
      }
      const counts = new Uint32Array(facet.values.length);
      facet.sets.forEach((set, at) => set.forEach((value) => (counts[value] += bySet[at])));
      return counts;
    }

    /** What each study is sorted by in a column, by its number; null is last whichever way. */
    async keys(sort) {
      if (sort === "year" || sort === "people") return this[sort].map((value) => value || null);
      if (sort === "name") return unpacked(await part("explore/names"));
      const { values, sets, of } = this.facet(sort);
      const first = sets.map((set) => set[0] ?? null);
      // Of a vocabulary by name, of a scale (risk of bias) by its order.
      const byName = [...values.keys()].sort((a, b) => values[a].name.localeCompare(values[b].name, "en"));
      const scale = ["bias", "size", "status"].includes(sort) ? [...values.keys()] : byName;
      const rank = new Map(scale.map((value, at) => [value, at]));
      return of.map((set) => (first[set] === null ? null : rank.get(first[set])));
    }

    /** Numbers in an order: `[sort, whether it falls]`, the last one chosen first; `words` are best first. */
    async sorted(numbers, order, words) {
      const place = new Map((order.length || !words ? this.newest : words).map((number, at) => [number, at]));
      const keys = await Promise.all(order.map(([sort]) => this.keys(sort)));
      const apart = (a, b, at) => {
        const [first, second] = [keys[at][a], keys[at][b]];
        if (first === null || second === null) return (first === null) - (second === null);
        return order[at][1] ? second - first : first - second;
      };
      return [...numbers].sort((a, b) => {
        for (let at = 0; at < order.length; at += 1) {
          const difference = apart(a, b, at);
          if (difference) return difference;
        }
        return place.get(a) - place.get(b);
      });
    }

    /** The rows of some studies, as the build wrote them: id, whether it can be cited, name, title, state, cells. */
    async rows(numbers) {
      const wanted = [...new Set(numbers.map((number) => Math.floor(number / this.inPart)))];
      const held = new Map();
      const work = async () => {
        for (let at = wanted.pop(); at !== undefined; at = wanted.pop()) {
          held.set(at, await part(`explore/rows/${this.parts[at]}`));
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      return numbers.map((number) => held.get(Math.floor(number / this.inPart))[number % this.inPart]);
    }

    /** The numbers of the studies that words find, best first; as the search box finds them. */
    async found(words) {
      const { Index, rank } = self.backedSearch;
      this.index ??= part("search/root").then((root) => new Index(root, part));
      this.index.catch(() => (this.index = null));
      const index = await this.index;
      const [first, many] = index.root.studies;
      if (many !== this.many) throw new Error("The site has changed meanwhile: load the page again");
      const { numbers } = await rank(words, index, [first, many]);
      return numbers.map((number) => number - first);
    }
  }

  window.backed.explore = { Studies };
})();
