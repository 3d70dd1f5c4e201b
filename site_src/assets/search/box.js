// Speaks with the theme's search box as the theme's own worker does: its messages, our answers.
(() => {
  "use strict";

  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
  const { Index, answer, unreachable } = self.backedSearch;

  /**
   * A function that takes the box's messages and hands each answer to `reply`; an answer that another query has overtaken
   * is left out. `load(name, anew)` gives the value of a part as a promise; `anew` passes over what the browser keeps.
   */
  self.backedSearch.box = (load, reply) => {
    let index;
    let latest = 0;

    const begin = async (anew) => new Index(await load("search/root", anew), load);

    const found = async (query) => {
      try {
        index ??= begin(false);
        return await answer(query, await index);
      } catch {
        index = begin(true); // a new version of the site may have been published since
        return answer(query, await index);
      }
    };

    return async ({ type, data }) => {
      if (type === SETUP) return reply({ type: READY });
      if (type !== QUERY) return undefined;
      const asked = (latest += 1);
      const result = data.trim() ? await found(data).catch(() => ((index = undefined), unreachable())) : { items: [] };
      return asked === latest ? reply({ type: RESULT, data: result }) : undefined;
    };
  };
})();
