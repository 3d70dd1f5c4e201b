// An answer as the theme's search dialog shows it: entries with their marks, grouped by page.
(() => {
  "use strict";

  const { fold, rank } = self.backedSearch;
  const SHOWN = 12; // entries
  const SNIPPET = 320; // signs of a longer text
  const BEFORE = 80; // signs of it before the first word that was found

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);

  const WORD = /[\p{L}\p{N}\p{M}]+/gu;

  /** A text as HTML, with a mark around each word that was found. */
  const marked = (text, found) => {
    let [html, at] = ["", 0];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (!found.has(fold(word))) continue;
      html += `${escaped(text.slice(at, index))}<mark>${escaped(word)}</mark>`;
      at = index + word.length;
    }
    return html + escaped(text.slice(at));
  };

  /** A text, or of a long one the part around the first word that was found. */
  const snippet = (text, found) => {
    if (text.length <= SNIPPET) return text;
    const first = [...text.matchAll(WORD)].find(({ 0: word }) => found.has(fold(word)))?.index ?? 0;
    const start = first > BEFORE ? text.lastIndexOf(" ", first - BEFORE) + 1 : 0;
    const end = start + SNIPPET < text.length ? text.lastIndexOf(" ", start + SNIPPET) : text.length;
    const cut = text.slice(start, end > start ? end : start + SNIPPET);
    return `${start ? "… " : ""}${cut}${start + cut.length < text.length ? " …" : ""}`;
  };

  const shown = (entry, score, terms, found) => ({
    location: entry.location,
    title: marked(entry.title, found),
    text: marked(snippet(entry.text, found), found),
    ...(entry.tags.length && { tags: entry.tags.map((tag) => marked(tag, found)) }),
    score,
    terms,
  });

  /** Entries grouped by page in their order; the page itself is in each group, last if it was not found. */
  const grouped = async (entries, index) => {
    const pages = new Map();
    for (const entry of entries) {
      pages.has(entry.page) ? pages.get(entry.page).push(entry) : pages.set(entry.page, [entry]);
    }
    const whole = async ([page, group]) =>
      group.some(({ number }) => number === page) ? group : [...group, await index.text(page)];
    return Promise.all([...pages].map(whole));
  };

  /** Which typed words were found, as the theme marks them on the page and tells those missing. */
  const told = (words) => {
    const terms = {};
    for (const { typed, found } of words) {
      if (!found.length) terms[escaped(typed)] = false;
      for (const { word } of found.slice(0, 3)) terms[word] = true;
    }
    return terms;
  };

  const note = (location, title, text) => [{ location, title, text, score: 0, terms: {} }];

  const further = (many) =>
    note(
      "studies/",
      `${many.toLocaleString("en-GB")} more ${many === 1 ? "entry matches" : "entries match"}`,
      "Add a word to find yours among them, or go through the list of studies.",
    );

  /** The answer to a query: `items`, groups of entries, and `suggest`, the word that the last one may become. */
  const answer = async (query, index) => {
    const { numbers, score, words } = await rank(query, index);
    const found = new Set(words.flatMap((one) => one.found.map(({ word }) => word)));
    const terms = told(words);
    const entries = await Promise.all(numbers.slice(0, SHOWN).map((number) => index.text(number)));
    const groups = await grouped(entries, index);
    const items = groups.map((group) =>
      group.map((entry) => shown(entry, score[entry.number], terms, found)),
    );
    if (numbers.length > SHOWN) items.push(further(numbers.length - SHOWN));
    const last = words.at(-1);
    const becomes = last?.found.filter(({ word }) => word.startsWith(last.typed)) ?? [];
    return { items, suggest: becomes.slice(0, 1).map(({ word }) => word) };
  };

  /** The answer where the parts cannot be loaded. */
  const unreachable = () => ({
    items: [note("", "The search could not be loaded", "Is there a connection? Type again to try once more.")],
  });

  Object.assign(self.backedSearch, { answer, unreachable });
})();
