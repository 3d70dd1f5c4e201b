// The filters: a list of values with counts for each facet, two years, and what is chosen as buttons that take it away.
(() => {
  "use strict";

  const { explore } = window.backed;
  const LONG = 12; // values from which on a list has a field to find one

  const element = (name, values = {}, ...children) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...children);
    return made;
  };

  /** A list that opens below its name; it closes when something else is clicked, reached, or by Escape. */
  const menu = (name, legend, ...content) => {
    const summary = element("summary", { textContent: name });
    const fieldset = element("fieldset", {}, element("legend", { className: "bk-sr", textContent: legend }), ...content);
    const details = element("details", { className: "bk-menu" }, summary, fieldset);
    const close = () => (details.open = false);
    details.addEventListener("focusout", ({ relatedTarget: next }) => next && !details.contains(next) && close());
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      close();
      summary.focus();
    });
    const elsewhere = ({ target }) => details.contains(target) || close();
    details.addEventListener("toggle", () => {
      if (details.open) document.addEventListener("pointerdown", elsewhere);
      else document.removeEventListener("pointerdown", elsewhere);
    });
    return { details, summary, fieldset };
  };

  /** The menu of a facet. `show` writes counts and ticks; `changed` is told the values that are ticked. */
  const facetMenu = (facet, changed) => {
    const rows = facet.values.map(({ value, name }, at) => {
      const box = element("input", { type: "checkbox", value, autocomplete: "off" });
      const count = element("span", { className: "bk-menu__count" });
      const row = element("label", { className: "bk-menu__value" }, box, element("span", { textContent: name }), count);
      row.style.setProperty("--depth", facet.lineage(at).length - 1);
      return { row, box, count, name: name.toLowerCase() };
    });
    const content = rows.map(({ row }) => row);
    const { details, summary, fieldset } = menu(facet.label, `${facet.label}: choose one or more`, ...content);
    if (rows.length > LONG) {
      const field = element("input", { type: "search", placeholder: "Find", autocomplete: "off" });
      field.setAttribute("aria-label", `Find in the list: ${facet.label}`);
      field.addEventListener("input", () => {
        const typed = field.value.trim().toLowerCase();
        rows.forEach(({ row, name }) => (row.hidden = !name.includes(typed)));
      });
      fieldset.querySelector("legend").after(field);
    }
    fieldset.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") changed(new Set(rows.filter(({ box }) => box.checked).map(({ box }) => box.value)));
    });
    const show = (chosen, counts) => {
      rows.forEach(({ row, box, count }, at) => {
        box.checked = chosen.has(box.value);
        count.textContent = counts[at].toLocaleString("en-GB");
        row.classList.toggle("bk-menu__value--none", counts[at] === 0 && !box.checked);
      });
      summary.textContent = chosen.size ? `${facet.label} (${chosen.size})` : facet.label;
      summary.classList.toggle("bk-menu--used", chosen.size > 0);
    };
    return { details, show };
  };

  /** The menu of years, from and to. */
  const yearMenu = (years, changed) => {
    const choice = (name, none) => {
      const select = element("select", { autocomplete: "off" }, new Option(none, ""), ...years.map((year) => new Option(year, year)));
      return { select, label: element("label", { className: "bk-menu__years" }, `${name} `, select) };
    };
    const [from, to] = [choice("From", "the first"), choice("To", "the last")];
    const { details, summary, fieldset } = menu("Year", "Year of publication", from.label, to.label);
    fieldset.addEventListener("change", () => changed(Number(from.select.value), Number(to.select.value)));
    const show = ({ from: first, to: last }) => {
      from.select.value = first || "";
      to.select.value = last || "";
      summary.textContent = first || last ? `Year (${spanOf(first, last)})` : "Year";
      summary.classList.toggle("bk-menu--used", Boolean(first || last));
    };
    return { details, show };
  };

  const spanOf = (from, to) => (from && to ? `${from} to ${to}` : from ? `from ${from}` : `to ${to}`);

  /** The menu of columns; the first column is always there. `changed` is told the ids of those shown. */
  const columnMenu = (columns, changed) => {
    const boxes = columns.map(({ id }, at) =>
      element("input", { type: "checkbox", value: id, disabled: at === 0, autocomplete: "off" }),
    );
    const labels = boxes.map((box, at) =>
      element("label", { className: "bk-menu__value" }, box, element("span", { textContent: columns[at].label })),
    );
    const { details } = menu("Columns", "Columns shown", ...labels);
    details.addEventListener("change", () => changed(boxes.filter(({ checked }) => checked).map(({ value }) => value)));
    const show = (shown) => boxes.forEach((box) => (box.checked = shown.includes(box.value)));
    return { details, show };
  };

  /** Buttons for everything chosen, each takes its own away. */
  const chips = (list) =>
    list.map(({ text, drop }) => {
      const button = element("button", { type: "button", className: "bk-chip", textContent: text });
      button.setAttribute("aria-label", `Remove the filter ${text}`);
      button.addEventListener("click", drop);
      return button;
    });

  Object.assign(explore, { element, facetMenu, yearMenu, columnMenu, chips, spanOf });
})();
