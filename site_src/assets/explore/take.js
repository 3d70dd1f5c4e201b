// What is seen, to take along: as a table (CSV) or as citations in every format.
(() => {
  "use strict";

  const { explore, csv, citationFile, shards, save } = window.backed;

  /** Save the studies as CSV, with the columns that are shown; the name of a study and its title are two columns. */
  const takeTable = async (studies, numbers, columns) => {
    const rows = await studies.rows(numbers);
    const head = ["Key", "Study", "Title", ...columns.slice(1).map(({ label }) => label)];
    const text = (row, number, { id, at }) => {
      if (id === "people") return studies.people[number] ? String(studies.people[number]) : "";
      return row[5][at - 1].join("; ");
    };
    const told = rows.map((row, which) => [
      row[0],
      row[2],
      row[3],
      ...columns.slice(1).map((column) => text(row, numbers[which], column)),
    ]);
    save(`${named(studies, numbers)}.csv`, csv.file([head, ...told]), "text/csv");
  };

  /** Save the citations of the studies in a format. */
  const takeCitations = async (studies, numbers, format) => {
    const rows = await studies.rows(numbers);
    const keys = rows.filter(([, citable]) => citable).map(([id]) => id);
    save(`${named(studies, numbers)}.${format.extension}`, await citationFile.write(format, keys), format.type);
  };

  const named = ({ many }, { length }) => `back-pain-studies${length < many ? `-${length}-of-${many}` : ""}`;

  /** The choice of a file and the button that saves it. `seen` gives the studies, the numbers and the columns. */
  const taker = (seen, failed) => {
    const select = explore.element("select", { autocomplete: "off" }, new Option("CSV table", "csv"));
    const button = explore.element("button", { type: "button", textContent: "Download" });
    const label = explore.element("label", { className: "bk-take" }, "Take these along ", select);
    let formats = [];
    // The list is known as soon as somebody looks at the choice.
    const fill = async () => {
      if (formats.length) return;
      ({ formats } = await shards.formats());
      if (select.options.length === 1) select.append(...formats.map(({ id, label: name }) => new Option(name, id)));
    };
    fill().catch(failed);
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const [studies, numbers, columns] = await seen();
        const format = formats.find(({ id }) => id === select.value);
        await (format ? takeCitations(studies, numbers, format) : takeTable(studies, numbers, columns));
      } catch (error) {
        failed(error);
      }
      button.disabled = false;
      button.focus();
    });
    return [label, button];
  };

  explore.taker = taker;
})();
