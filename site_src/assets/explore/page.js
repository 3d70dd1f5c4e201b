// The list of studies as a browser: words, filters, order, columns, table or cards; the view stands in the address.
(() => {
  "use strict";

  const { explore } = window.backed;
  const { Studies, element, spanOf } = explore;
  const NARROW = window.matchMedia("(max-width: 44rem)").matches; // there a table does not fit
  const STEP = 50; // rows shown at once
  const page = document.getElementById("explore");
  const [field, facetsAt, chosenAt, barAt, toldAt] = [
    "#explore-words", ".bk-facets", ".bk-explore__chosen", ".bk-explore__bar", ".bk-explore__told",
  ].map((one) => page.querySelector(one));
  const region = page.nextElementSibling;
  const table = region.querySelector("table");
  const moreAt = region.nextElementSibling;
  const cards = element("ul", { className: "bk-study-cards", hidden: true });
  cards.setAttribute("aria-label", "Studies");
  const counted = (number) => number.toLocaleString("en-GB");

  const failed = (error) =>
    (toldAt.textContent = `${error.message}. Look at your connection, or go through the list without the filters.`);

  /** The view that the page begins with. */
  const atFirst = (columns) => ({
    words: "",
    chosen: new Map(),
    from: 0,
    to: 0,
    order: [],
    columns: columns.filter(({ shown }) => shown).map(({ id }) => id),
    cards: NARROW,
    rows: STEP,
  });

  /** The view that an address tells; what is not known there is passed over. */
  const viewOf = (address, studies) => {
    const view = atFirst(studies.columns);
    const asked = (name) => address.get(name) ?? "";
    view.words = asked("words").slice(0, 200);
    for (const facet of studies.facets) {
      const values = asked(facet.id).split(" ").filter((value) => facet.place.has(value));
      if (values.length) view.chosen.set(facet.id, new Set(values));
    }
    const year = (name) => (studies.years.includes(Number(asked(name))) ? Number(asked(name)) : 0);
    [view.from, view.to] = [year("from"), year("to")];
    const sorts = new Set(studies.columns.map(({ sort }) => sort).filter(Boolean));
    const order = asked("sort").split(" ").map((one) => [one.replace(/^-/, ""), one.startsWith("-")]);
    view.order = order.filter(([sort]) => sorts.has(sort));
    if (address.has("columns")) {
      const wanted = asked("columns").split(" ");
      view.columns = studies.columns.filter(({ id }, at) => at === 0 || wanted.includes(id)).map(({ id }) => id);
    }
    if (["cards", "table"].includes(asked("view"))) view.cards = asked("view") === "cards";
    return view;
  };

  /** A view as parameters of an address; what is as it was at first is left out. */
  const told = (view, studies) => {
    const first = atFirst(studies.columns);
    const pairs = [
      ["words", view.words.trim()],
      ...studies.facets.map(({ id }) => [id, [...(view.chosen.get(id) ?? [])].join(" ")]),
      ["from", view.from || ""],
      ["to", view.to || ""],
      ["sort", view.order.map(([sort, down]) => (down ? "-" : "") + sort).join(" ")],
      ["columns", view.columns.join() === first.columns.join() ? "" : view.columns.slice(1).join(" ") || "-"],
      ["view", view.cards === first.cards ? "" : view.cards ? "cards" : "table"],
    ];
    return pairs.filter(([, value]) => value !== "");
  };

  let saving = 0;
  const keep = (pairs) => {
    clearTimeout(saving);
    saving = setTimeout(() => {
      const address = new URL(location.href);
      address.search = String(new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])));
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    }, 200); // browsers allow few changes of the address in a short time
  };

  const start = async () => {
    const studies = await Studies.load();
    studies.columns.forEach((column, at) => (column.at = at));
    let view = viewOf(new URLSearchParams(location.search), studies);
    let numbers = []; // those that fit, in their order
    let turn = 0; // what was asked for last counts, whatever arrives first
    let asWritten = true; // whether the rows are still those of the page as it came

    const shown = () => studies.columns.filter(({ id }) => view.columns.includes(id));
    const set = (change) => update({ ...view, rows: STEP, ...change }).catch(failed);
    const sortBy = (sort) => {
      const [[first, down] = []] = view.order;
      const others = view.order.filter(([other]) => other !== sort);
      set({ order: [[sort, first === sort && !down], ...others] });
    };

    const menus = studies.facets
      .filter(({ values }) => values.length > 1)
      .map((facet) => ({ facet, ...explore.facetMenu(facet, (values) => choose(facet, values)) }));
    const choose = (facet, values) => {
      const chosen = new Map(view.chosen);
      values.size ? chosen.set(facet.id, values) : chosen.delete(facet.id);
      return set({ chosen });
    };
    const years = explore.yearMenu(studies.years, (from, to) => set({ from, to }));
    const at = menus.findIndex(({ facet }) => facet.id === "size");
    const inOrder = menus.map(({ details }) => details);
    inOrder.splice(at < 0 ? inOrder.length : at, 0, years.details);
    facetsAt.append(...inOrder);

    const output = element("output", { className: "bk-explore__count" });
    const columns = explore.columnMenu(studies.columns, (ids) => set({ columns: ids }));
    const ways = element("select", { autocomplete: "off" }, new Option("Table", ""), new Option("Cards", "cards"));
    ways.addEventListener("change", () => set({ cards: ways.value === "cards" }));
    const order = element("select", { autocomplete: "off" });
    const orders = { "": "Newest first", year: "Oldest first", "-people": "Most people first", people: "Fewest people first", name: "Name, A to Z" };
    order.append(...Object.entries(orders).map(([value, name]) => new Option(name, value)), new Option("By column", "-"));
    order.addEventListener("change", () => set({ order: order.value ? [[order.value.replace(/^-/, ""), order.value.startsWith("-")]] : [] }));
    const taking = explore.taker(async () => [studies, numbers, shown()], failed);
    barAt.append(
      output,
      element("label", {}, "Show as ", ways),
      element("label", {}, "Sort by ", order),
      columns.details,
      ...taking,
    );

    const chips = () => {
      const list = [...view.chosen].flatMap(([id, values]) => {
        const facet = studies.facet(id);
        return [...values].map((value) => ({
          text: `${facet.label}: ${facet.values[facet.place.get(value)].name}`,
          drop: () => choose(facet, new Set([...values].filter((other) => other !== value))).then(() => field.focus()),
        }));
      });
      const { from, to } = view;
      if (from || to) list.push({ text: `Year: ${spanOf(from, to)}`, drop: () => set({ from: 0, to: 0 }) });
      const any = list.length > 0 || view.words.trim();
      const clear = element("button", { type: "button", className: "bk-chip bk-chip--all", textContent: "Clear all" });
      clear.addEventListener("click", () => {
        field.value = "";
        set({ words: "", chosen: new Map(), from: 0, to: 0 });
        field.focus(); // the button that had the focus is gone
      });
      chosenAt.replaceChildren(...explore.chips(list), ...(any ? [clear] : []));
    };

    const tools = (counts) => {
      menus.forEach(({ facet, show }) => show(view.chosen.get(facet.id) ?? new Set(), counts[studies.facets.indexOf(facet)]));
      years.show(view);
      columns.show(view.columns);
      ways.value = view.cards ? "cards" : "";
      const value = view.order.map(([sort, down]) => (down ? "-" : "") + sort).join(" ");
      order.options[0].textContent = view.words.trim() ? "Best match first" : "Newest first";
      order.value = value in orders ? value : "-";
      output.textContent = numbers.length
        ? `${counted(numbers.length)} of ${counted(studies.many)} studies`
        : "No study fits. Choose less, or try fewer words.";
      chips();
    };

    /** Write the rows that are shown, and the button for more. */
    const write = async (mine) => {
      const some = numbers.slice(0, view.rows);
      const rows = await studies.rows(some);
      if (mine !== turn) return;
      asWritten = false;
      region.hidden = view.cards;
      cards.hidden = !view.cards;
      const list = shown();
      table.tBodies[0].replaceChildren(...(view.cards ? [] : rows.map((row) => explore.tableRow(row, list))));
      cards.replaceChildren(...(view.cards ? rows.map((row) => explore.card(row, list)) : []));
      const left = numbers.length - some.length;
      const more = element("button", { type: "button", className: "bk-copy", textContent: `Show ${Math.min(STEP, left)} more` });
      more.addEventListener("click", async () => {
        const place = some.length;
        await update({ ...view, rows: view.rows + STEP }).catch(failed);
        const now = view.cards ? cards.children[place] : table.tBodies[0].rows[place];
        now?.querySelector("a")?.focus();
      });
      moreAt.replaceChildren(...(left ? [more, ` ${counted(left)} are not shown yet.`] : []));
    };

    const update = async (wanted) => {
      view = wanted;
      turn += 1;
      const mine = turn;
      const words = view.words.trim() ? await studies.found(view.words) : null;
      if (mine !== turn) return;
      const { numbers: fitting, counts } = studies.fitting({ ...view, words });
      const inOrderNow = await studies.sorted(fitting, view.order, words);
      if (mine !== turn) return;
      numbers = inOrderNow;
      toldAt.textContent = "";
      tools(counts);
      explore.heads(table, shown(), view.order, sortBy);
      const pairs = told(view, studies);
      keep(pairs);
      if (!asWritten || pairs.length || view.cards || table.tBodies[0].rows.length < Math.min(STEP, studies.many)) await write(mine);
    };

    field.value = view.words;
    field.addEventListener("input", () => set({ words: field.value }));
    region.after(cards);
    await update(view);
    const left = studies.many - table.tBodies[0].rows.length;
    if (asWritten && left > 0) await write(turn); // the button for more
    page.classList.add("bk-ready");
  };
  start().catch(failed);
})();
