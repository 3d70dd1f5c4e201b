// Tables that are sorted, filtered, narrowed to some columns and downloaded. They are whole without any of it.
(() => {
  "use strict";

  const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

  /** A number as programs write it, if the text is one: "−1,480.5" is "-1480.5"; any other text as it is. */
  const plain = (text) => {
    const bare = text.replace(/,(?=\d{3}(\D|$))/g, "").replace(/^−/, "-");
    return NUMBER.test(bare) ? bare : text;
  };

  /** The text and the lines of a cell, as they are read out: no footnotes, nothing that is only drawn. */
  const linesOf = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".bk-cite, [aria-hidden='true']").forEach((one) => one.remove());
    const below = [...copy.querySelectorAll(".bk-sub")];
    below.forEach((one) => one.remove());
    return [copy, ...below].map((one) => one.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
  };

  /** What a cell is sorted by: a number, or text in small letters. */
  const keyOf = (cell) => {
    const text = plain((cell.dataset.sort ?? cell.textContent).trim());
    return NUMBER.test(text) ? Number(text) : text.toLowerCase();
  };

  /** The order of two keys; numbers stand before words, and what is empty is last whichever way the column is sorted. */
  const compare = (a, b, down) => {
    if ((a === "") !== (b === "")) return a === "" ? 1 : -1;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    const order = typeof a === "number" ? a - b : a.localeCompare(b, "en");
    return down ? -order : order;
  };

  /** The name of a column in an address: "Effect (95% CI)" is "effect-95-ci". */
  const slug = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

  /**
   * A cell of a CSV file. Text that a spreadsheet would run as a formula gets an apostrophe (CWE-1236), numbers do not.
   * Semicolons are quoted too, because a spreadsheet in a country with decimal commas splits at them.
   */
  const csvField = (cell) => {
    const text = plain(cell.dataset.csv ?? linesOf(cell).join("; "));
    const safe = /^[=+\-@＝＋－＠\t\r\n\0]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };

  /**
   * The rows and columns that are seen, as RFC 4180 says. With a byte order mark: Excel reads UTF-8 by no other sign,
   * and R skips it (read.csv in a UTF-8 session, readr, data.table).
   */
  const csvOf = (table) => {
    const rows = [table.tHead.rows[0], ...table.tBodies[0].rows].filter((row) => !row.hidden);
    const seen = (row) => [...row.cells].filter((cell) => !cell.hidden);
    return `\uFEFF${rows.map((row) => `${seen(row).map(csvField).join(",")}\r\n`).join("")}`;
  };

  /**
   * Sortable columns after the WAI-ARIA pattern: a button in each header, aria-sort on the sorted one.
   * Equal rows keep the order of the column sorted before. Returns the order, and a function that sets one.
   */
  const sortable = (table, told = () => {}) => {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const keys = heads.map(() => null); // of each column, made when it is first sorted
    let order = []; // [column, whether it falls], the last one chosen first
    const sort = (wanted) => {
      order = wanted;
      order.forEach(([column]) => (keys[column] ??= new Map(rows.map((row) => [row, keyOf(row.cells[column])]))));
      const sorted = [...rows].sort((a, b) => {
        const apart = ([column, down]) => compare(keys[column].get(a), keys[column].get(b), down);
        return order.map(apart).find((difference) => difference !== 0) ?? 0;
      });
      if (sorted.some((row, at) => row !== table.tBodies[0].rows[at])) table.tBodies[0].append(...sorted);
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (order.length) heads[order[0][0]].setAttribute("aria-sort", order[0][1] ? "descending" : "ascending");
      told();
    };
    const put = (column, down) => sort([[column, down], ...order.filter(([other]) => other !== column)]);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => put(column, head.getAttribute("aria-sort") === "ascending"));
    });
    return { order: () => order, sort, put };
  };

  /** The choice of a column to sort by, for narrow windows, where the headers are not shown. */
  const sortChoice = (select, table, names, sorting) => {
    const rows = [...table.tBodies[0].rows];
    names.forEach((name, column) => {
      const counted = rows.some((row) => typeof keyOf(row.cells[column]) === "number");
      const [up, down] = counted ? ["lowest first", "highest first"] : ["A to Z", "Z to A"];
      select.append(new Option(`${name}, ${up}`, `${column} up`), new Option(`${name}, ${down}`, `${column} down`));
    });
    select.addEventListener("change", () => {
      const [column, way] = select.value.split(" ");
      way ? sorting.put(Number(column), way === "down") : sorting.sort([]);
    });
  };

  /** The checkboxes that show and hide columns, all but the first. Returns which columns are shown, and a setter. */
  const columnChoice = (details, table, names, told) => {
    const rows = [table.tHead.rows[0], ...table.tBodies[0].rows];
    const boxes = names.map((name, column) => {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = true;
      box.disabled = column === 0;
      const label = document.createElement("label");
      label.append(box, ` ${name}`);
      details.querySelector("fieldset").append(label);
      return box;
    });
    const show = () => {
      rows.forEach((row) => boxes.forEach((box, column) => (row.cells[column].hidden = !box.checked)));
      told();
    };
    const close = () => (details.open = false);
    details.addEventListener("change", show);
    details.addEventListener("focusout", ({ relatedTarget: next }) => next && !details.contains(next) && close());
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      close();
      details.querySelector("summary").focus();
    });
    const elsewhere = ({ target }) => details.contains(target) || close();
    details.addEventListener("toggle", () => {
      if (details.open) document.addEventListener("pointerdown", elsewhere);
      else document.removeEventListener("pointerdown", elsewhere);
    });
    return {
      shown: () => names.filter((_, column) => boxes[column].checked),
      set: (wanted) => {
        boxes.forEach((box, column) => (box.checked = column === 0 || wanted.includes(names[column])));
        show();
      },
    };
  };

  /** Rows that have all the words and all the chosen values. Returns a function that hides the others and counts. */
  const rowFilter = (table, names, field, facets) => {
    const rows = [...table.tBodies[0].rows].map((row) => {
      const valueIn = (cell) => cell.dataset.choice ?? linesOf(cell)[0] ?? "";
      const values = facets.map((facet) => valueIn(row.cells[names.indexOf(facet.dataset.column)]));
      return { row, text: row.textContent.toLowerCase(), values };
    });
    return () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach(({ row, text, values }) => {
        const chosen = facets.every((facet, at) => !facet.value || facet.value === values[at]);
        row.hidden = !(chosen && words.every((word) => text.includes(word)));
      });
      return { shown: rows.filter(({ row }) => !row.hidden).length, all: rows.length };
    };
  };

  /** Save a file that the page has made. */
  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** A view in the address of the page, so that a link leads to the same view; `key` names a part of it there. */
  const addressed = (tools, key) => {
    let saving = 0;
    const keep = (view) => {
      if (!tools.isConnected) return; // the reader went on to another page meanwhile
      const address = new URL(location.href);
      view.forEach(([name, value]) =>
        value === null ? address.searchParams.delete(key(name)) : address.searchParams.set(key(name), value),
      );
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    };
    return (view) => {
      clearTimeout(saving);
      saving = setTimeout(keep, 200, view); // browsers allow few changes of the address in a short time
    };
  };

  /** Bring the tools that stand before a table to life; `key` names a part of the view in the address. */
  const equip = (tools, key) => {
    let beside = tools.nextElementSibling;
    while (beside.localName === "mark") beside = beside.nextElementSibling; // the theme marks even the space between
    const table = beside.querySelector("table");
    const names = [...table.tHead.rows[0].cells].map((head) => linesOf(head).join(" "));
    const [field, details, output] = ["input", "details", "output"].map((one) => tools.querySelector(one));
    const [sorter, reset, saver] = [".bk-sort-by select", ".bk-reset", ".bk-save"].map((one) => tools.querySelector(one));
    const facets = [...tools.querySelectorAll("select[data-column]")];
    const filter = rowFilter(table, names, field, facets);
    const keep = addressed(tools, key);

    /** The view, part by part; what is as it was at first is null. */
    const view = () => {
      const shown = columns ? columns.shown() : names;
      const order = sorting.order().map(([column, down]) => (down ? "-" : "") + slug(names[column]));
      return [
        ["filter", field.value.trim() || null],
        ...facets.map((facet) => [slug(facet.dataset.column), facet.value || null]),
        ["columns", shown.length < names.length ? shown.slice(1).map(slug).join(" ") : null],
        ["sort", order.join(" ") || null],
      ];
    };
    const update = () => {
      const { shown, all } = filter();
      const none = facets.some((facet) => facet.value) ? "None fits. Choose less." : "None fits. Try fewer words.";
      output.textContent = shown ? `${shown} of ${all} shown` : none;
      const [[column, down] = []] = sorting.order();
      sorter.value = column === undefined ? "" : `${column} ${down ? "down" : "up"}`;
      reset.hidden = view().every(([, value]) => value === null);
      keep(view());
    };
    const restore = (parameters) => {
      const asked = (name) => parameters.get(key(name)) ?? "";
      field.value = asked("filter");
      facets.forEach((facet) => {
        facet.value = asked(slug(facet.dataset.column));
        if (facet.selectedIndex < 0) facet.value = ""; // a value that is no longer there
      });
      const wanted = asked("columns").split(" ");
      columns?.set(parameters.has(key("columns")) ? names.filter((name) => wanted.includes(slug(name))) : names);
      const found = (name) => names.findIndex((one) => slug(one) === name);
      const order = asked("sort").split(" ").map((one) => [found(one.replace(/^-/, "")), one.startsWith("-")]);
      sorting.sort(order.filter(([column]) => column >= 0));
    };

    const columns = details && columnChoice(details, table, names, update);
    const sorting = sortable(table, update);
    sortChoice(sorter, table, names, sorting);
    restore(new URLSearchParams(location.search));
    field.addEventListener("input", update);
    facets.forEach((facet) => facet.addEventListener("change", update));
    reset.addEventListener("click", () => {
      restore(new URLSearchParams());
      field.focus(); // the button that had the focus is gone
    });
    saver?.addEventListener("click", () => {
      const { shown, all } = filter();
      save(`${tools.dataset.file}${shown < all ? `-${shown}-of-${all}` : ""}.csv`, csvOf(table));
    });
    tools.classList.add("bk-ready");
  };

  const start = () => {
    // other tools, of the map or a review, are brought to life by scripts of their own
    document.querySelectorAll(".bk-tools:not(.bk-ready):has(.bk-sort-by)").forEach((tools, at) => {
      equip(tools, (name) => (at ? `${name}-${at + 1}` : name)); // tables of one page are told apart
    });
  };
  // The theme tells of each page, also of those that it exchanges without loading (navigation.instant).
  if (window.document$) document$.subscribe(start);
  else document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
