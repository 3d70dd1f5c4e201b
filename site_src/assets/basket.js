// The reader's selection: works ticked anywhere, kept in this browser as a list of citation keys and nothing else.
(() => {
  "use strict";

  const { address, below } = window.backed.shards;
  const PLACE = "backed.selection";
  const KEY = /^[\p{L}\p{N}][\p{L}\p{N}_.:+-]{0,199}$/u;
  const listeners = [];
  let kept = true; // whether the browser lets us keep it
  let chosen = new Set();

  /** The keys of a list that have the form of one, each once. */
  const sound = (list) => new Set(list.filter((key) => typeof key === "string" && KEY.test(key)));

  const read = () => {
    try {
      const stored = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
      if (kept && Array.isArray(stored)) chosen = sound(stored);
    } catch (error) {
      if (!(error instanceof SyntaxError)) kept = false; // a text that is no list is written over by the next tick
    }
  };

  const write = () => {
    try {
      localStorage.setItem(PLACE, JSON.stringify([...chosen]));
    } catch {
      kept = false;
    }
    tell();
  };

  const tell = () => listeners.forEach((listener) => listener());

  /** Change the selection; what another window of the site put in meanwhile stays. */
  const change = (how) => {
    read();
    how();
    write();
  };

  const selection = {
    keys: () => [...chosen],
    has: (key) => chosen.has(key),
    put: (keys) => change(() => sound(keys).forEach((key) => chosen.add(key))),
    remove: (keys) => change(() => keys.forEach((key) => chosen.delete(key))),
    replace: (keys) => change(() => (chosen = sound(keys))),
    kept: () => kept,
    sound: (keys) => [...sound(keys)],
    /** The part of an address that holds these works: it is never sent to a server. */
    fragment: (keys) => `#s=${keys.map(encodeURIComponent).join(",")}`,
    follow: (listener) => listeners.push(listener),
  };

  /** Show in each box whether its work is selected. */
  const showTicks = () =>
    document.querySelectorAll("input[data-work]").forEach((box) => (box.checked = chosen.has(box.dataset.work)));

  /** A box that puts a work into the selection. */
  const tick = (key, name) => {
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", className: "bk-tick", autocomplete: "off", title: "Select, to cite it later" });
    box.dataset.work = key;
    box.setAttribute("aria-label", `Select ${name}`);
    box.checked = chosen.has(key);
    return box;
  };

  const counted = (many) => `${many} ${many === 1 ? "work" : "works"} selected`;

  /** The link to the selection with the number of works, in a corner; without works there is none. */
  const corner = () => {
    const [nav, link, told] = ["nav", "a", "span"].map((name) => document.createElement(name));
    nav.className = "bk-basket";
    nav.setAttribute("aria-label", "Your selection");
    told.className = "bk-sr";
    told.setAttribute("aria-live", "polite");
    nav.append(link, told);
    document.body.append(nav);
    const show = () => {
      const many = chosen.size;
      link.textContent = kept ? counted(many) : `${counted(many)}, on this page only`;
      // What may not be kept goes along in the link.
      link.href = address("selection/") + (kept ? "" : selection.fragment([...chosen]));
      link.hidden = many === 0;
    };
    show();
    return () => {
      show();
      told.textContent = chosen.size ? link.textContent : "Nothing is selected";
    };
  };

  /** Give each study that the search box finds its box; the theme writes the results anew with each letter. */
  const tickResults = (list) => {
    const add = () =>
      list.querySelectorAll(".md-search-result__item").forEach((item) => {
        const link = item.querySelector("a[href]");
        const [, key] = /^studies\/([^/]+)\/$/.exec(below(link?.href ?? "") ?? "") ?? [];
        if (!key || item.querySelector(".bk-tick")) return;
        item.append(tick(decodeURIComponent(key), link.querySelector("h1, h2")?.textContent.trim() ?? key));
      });
    new MutationObserver(add).observe(list, { childList: true });
    add();
  };

  window.backed.selection = selection;
  window.backed.tick = tick;

  const start = () => {
    read();
    listeners.push(corner());
    listeners.push(showTicks);
    // The theme tells of each page, also of those that it exchanges without loading (navigation.instant).
    window.document$ ? document$.subscribe(showTicks) : showTicks();
    const results = document.querySelector(".md-search-result__list");
    if (results) tickResults(results);
  };
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("input[data-work]")) return;
    target.checked ? selection.put([target.dataset.work]) : selection.remove([target.dataset.work]);
  });
  window.addEventListener("storage", ({ key }) => {
    if (key !== PLACE && key !== null) return;
    read();
    tell();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return; // the way back shows a page as it was left
    read();
    tell();
  });
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
