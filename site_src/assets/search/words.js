// Words as the search compares them: the same lines as scripts/backed/publish/search_words.py, and what is close to a word.
(() => {
  "use strict";

  /** A text in small letters without accents: compatible forms taken apart, marks left out. */
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "");

  /** The words of a text in their order: runs of letters and digits. */
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  const ENDINGS = [/s$/, /(?:ingen|ing|ed|en|e)$/];
  const LEAST = 3;

  /** What forms of a word share, for English and Dutch: "exercise", "exercises" and "exercising" give "exercis". */
  const stem = (word) => {
    if (/\p{N}/u.test(word)) return word;
    const cut = (short, ending) => {
      const shorter = short.replace(ending, "");
      return shorter.length < LEAST ? short : shorter;
    };
    return ENDINGS.reduce(cut, word.replace(/(?<=..)(?:ies|y|ie)$/, "i"));
  };

  /** How many letters of a word may be wrong. Figures are looked up as they are. */
  const allowed = (word) => (/\p{N}/u.test(word) || word.length < 4 ? 0 : word.length < 6 ? 1 : 2);

  /**
   * How many letters have to be put in, left out, changed or exchanged with their neighbour to make `word` of `other`,
   * or, with `begun`, of the first letters of `other`; Infinity where there are more than `most`.
   */
  const distance = (word, other, most, begun) => {
    if (word.length - other.length > most || (!begun && other.length - word.length > most)) return Infinity;
    const width = Math.min(other.length, word.length + most);
    let before = [];
    let last = Array.from({ length: width + 1 }, (_, column) => column);
    for (let row = 1; row <= word.length; row += 1) {
      const now = [row];
      for (let column = 1; column <= width; column += 1) {
        const same = word[row - 1] === other[column - 1];
        now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        const crossed = word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1];
        if (crossed) now[column] = Math.min(now[column], before[column - 2] + 1);
      }
      if (Math.min(...now) > most) return Infinity;
      [before, last] = [last, now];
    }
    const found = begun ? Math.min(...last) : width === other.length ? last[width] : Infinity;
    return found > most ? Infinity : found;
  };

  self.backedSearch = { fold, words, stem, allowed, distance };
})();
