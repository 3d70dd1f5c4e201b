// Studies as rows of the table or as cards, from what the build wrote: texts only, never markup.
(() => {
  "use strict";

  const { explore, tick, shards } = window.backed;
  const { element } = explore;

  const lines = ([first = "", ...below]) => [
    first,
    ...below.map((text) => element("span", { className: "bk-sub", textContent: text })),
  ];

  /** The box, the name and the title of a study, and what became of it. */
  const heading = ([id, citable, name, title, state]) => [
    ...(citable ? [tick(id, name)] : []),
    element("a", { href: shards.address(`studies/${id}/`), textContent: name }),
    element("span", { className: "bk-sub", textContent: title }),
    ...(state ? [element("span", { className: "bk-sub bk-state", textContent: state })] : []),
  ];

  const headCell = (column, order, sort) => {
    const cell = element("th", { scope: "col", className: column.number ? "num" : "" });
    if (!column.sort) {
      cell.textContent = column.label;
      return cell;
    }
    const [first, down] = order[0] ?? [];
    if (first === column.sort) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    const button = element("button", { type: "button", textContent: column.label });
    button.dataset.sort = column.sort;
    button.addEventListener("click", () => sort(column.sort));
    cell.append(button);
    return cell;
  };

  /** Write the heads of the columns that are shown. */
  const heads = (table, columns, order, sort) => {
    const focused = document.activeElement?.dataset?.sort;
    const row = element("tr", {}, ...columns.map((column) => headCell(column, order, sort)));
    table.tHead.replaceChildren(row);
    if (focused) row.querySelector(`[data-sort="${focused}"]`)?.focus();
  };

  /** A study as a row with the columns (places) that are shown. */
  const tableRow = (row, columns) => {
    const cells = columns.slice(1).map(({ at, number }) =>
      element("td", { className: number ? "num" : "" }, ...lines(row[5][at - 1])),
    );
    return element("tr", {}, element("th", { scope: "row" }, ...heading(row)), ...cells);
  };

  /** A study as a card: the same, with the names of the columns. */
  const card = (row, columns) => {
    const facts = columns
      .slice(1)
      .filter(({ at }) => row[5][at - 1].length)
      .map(({ at, label }) =>
        element("div", {}, element("dt", { textContent: label }), element("dd", {}, ...lines(row[5][at - 1]))),
      );
    return element("li", { className: "bk-study-card" }, element("div", { className: "bk-study-card__head" }, ...heading(row)), element("dl", {}, ...facts));
  };

  Object.assign(explore, { heads, tableRow, card });
})();
