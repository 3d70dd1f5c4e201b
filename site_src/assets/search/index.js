// The parts that scripts/backed/publish/search.py writes: read when they are asked for, each once.
(() => {
  "use strict";

  /** The last of the pairs `[first, name]` that begins at or before a word or a number. */
  const stretch = (pairs, sought) => {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      pairs[middle][0] <= sought ? (low = middle + 1) : (high = middle);
    }
    return Math.max(0, low - 1);
  };

  class Index {
    /** `load` gives the value of the part of a name, as a promise. */
    constructor(root, load) {
      this.root = root;
      this.load = load;
      this.entries = root.entries;
      this.common = new Set(root.common.split(" "));
      this.boosts = new Float32Array(root.entries);
      let at = 0;
      for (const [many, boost] of root.boosts) this.boosts.fill(boost, at, (at += many));
    }

    /** The stretches of words that may hold one which begins with `start`. */
    async beginning(start) {
      const { words } = this.root;
      const [from, to] = [stretch(words, start), stretch(words, `${start}\uffff`)];
      return this.#stretches(words.slice(from, to + 1));
    }

    /** All stretches of words. */
    all() {
      return this.#stretches(this.root.words);
    }

    #stretches(pairs) {
      const read = async ([, name]) => {
        const part = await this.load(`search/words/${name}`);
        part.list ??= part.words.split(" ");
        return part;
      };
      return Promise.all(pairs.map(read));
    }

    /** Where a word is held, given the stretch it is in and its place there: numbers of entries, by field. */
    async hits({ part, at }) {
      const [first, name] = part.hits[stretch(part.hits, at)];
      const held = (await this.load(`search/hits/${name}`))[at - first];
      return held.map((steps) => {
        let number = 0;
        return steps.map((step) => (number += step));
      });
    }

    /** What is shown of an entry. */
    async text(number) {
      const { texts } = this.root;
      const [first, name] = texts[stretch(texts, number)];
      const [location, title, text, tags, page] = (await this.load(`search/texts/${name}`))[number - first];
      return { number, location, title, text, tags, page };
    }
  }

  self.backedSearch.Index = Index;
})();
