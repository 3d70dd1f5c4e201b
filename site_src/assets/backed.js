// Everything here only adds to pages that are whole without it: sorting, filtering, previews of citations, copying.
(() => {
  "use strict";

  /** The text or number that a cell is sorted by. */
  const keyOf = (cell) => {
    const text = (cell.dataset.sort ?? cell.textContent).trim();
    const number = Number(text.replace(/,/g, "").replace(/−/g, "-"));
    return text !== "" && !Number.isNaN(number) ? number : text.toLowerCase();
  };

  /** Sortable columns after the WAI-ARIA pattern: a button in the header, aria-sort on it. */
  const sortable = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row.cells[column]), row]);
        rows.sort(([a], [b]) => {
          if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
          const order = typeof a === "number" ? a - b : a.localeCompare(b, "en");
          return down ? -order : order;
        });
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  };

  /** A search field over a table's rows, and a choice of the values of one column. */
  const filterable = (table) => {
    const rows = [...table.tBodies[0].rows];
    const tools = document.createElement("div");
    tools.className = "bk-tools";
    const field = document.createElement("input");
    field.type = "search";
    const label = document.createElement("label");
    label.append("Filter by a word", field);
    tools.append(label);
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const column = heads.indexOf(table.dataset.choice ?? "");
    const select = document.createElement("select");
    if (column >= 0) {
      const values = [...new Set(rows.map((row) => row.cells[column].textContent.trim()))].sort();
      select.append(new Option("all", ""), ...values.map((value) => new Option(value, value)));
      const chooser = document.createElement("label");
      chooser.append(heads[column], select);
      tools.append(chooser);
    }
    const output = document.createElement("output");
    output.setAttribute("aria-live", "polite");
    tools.append(output);
    const apply = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row) => {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word));
        const chosen = column < 0 || !select.value || row.cells[column].textContent.trim() === select.value;
        row.hidden = !(fits && chosen);
        shown += row.hidden ? 0 : 1;
      });
      output.textContent = shown ? `${shown} of ${rows.length} shown` : "None fits. Try fewer words.";
    };
    field.addEventListener("input", apply);
    select.addEventListener("change", apply);
    table.closest(".bk-scroll").before(tools);
    apply();
  };

  /** Buttons that show only the list items with one value. */
  const filterList = (box) => {
    const items = [...document.querySelectorAll(`#${box.dataset.filter} > [data-value]`)];
    const buttons = [...box.querySelectorAll("button")];
    box.hidden = false;
    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        const value = button.dataset.value;
        items.forEach((item) => (item.hidden = value !== "" && item.dataset.value !== value));
      }),
    );
  };

  /** The reference behind a number, shown beside it while either is pointed at or the number is focused. */
  const previews = (links) => {
    const box = document.createElement("div");
    box.className = "bk-preview";
    box.id = "bk-preview";
    box.setAttribute("role", "tooltip");
    let shown = null;
    let leaving = 0;
    const hide = () => {
      clearTimeout(leaving);
      box.remove();
      shown?.removeAttribute("aria-describedby");
      shown = null;
    };
    // The pointer has a moment to cross from the number to the box.
    const leave = () => {
      clearTimeout(leaving);
      leaving = setTimeout(hide, 200);
    };
    const show = (link) => {
      hide();
      const text = document.querySelector(`${link.getAttribute("href")} .bk-ref-text`);
      if (!text) return;
      shown = link;
      box.textContent = text.textContent;
      link.closest("article").append(box);
      link.setAttribute("aria-describedby", box.id);
      const at = link.getBoundingClientRect();
      const origin = box.offsetParent.getBoundingClientRect();
      const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8));
      const above = at.top > box.offsetHeight + 100; // the header needs room too
      const top = above ? at.top - box.offsetHeight - 6 : at.bottom + 6;
      box.style.left = `${left - origin.left}px`;
      box.style.top = `${top - origin.top}px`;
    };
    links.forEach((link) => {
      link.addEventListener("mouseenter", () => show(link));
      link.addEventListener("focus", () => show(link));
      link.addEventListener("mouseleave", leave);
      link.addEventListener("blur", hide);
    });
    box.addEventListener("mouseenter", () => clearTimeout(leaving));
    box.addEventListener("mouseleave", leave);
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  };

  /** A button that copies a formatted reference. */
  const copyable = (paragraph) => {
    const text = paragraph.firstChild.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bk-copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Select and copy by hand";
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    paragraph.append(button);
  };

  const start = () => {
    document.querySelectorAll("table.bk-filterable").forEach(filterable);
    document.querySelectorAll("table.bk-sortable").forEach(sortable);
    document.querySelectorAll(".bk-filter").forEach(filterList);
    previews(document.querySelectorAll(".bk-cite a"));
    document.querySelectorAll(".bk-copyable").forEach(copyable);
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
