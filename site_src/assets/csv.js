// Cells of CSV files (RFC 4180) as spreadsheets want them, and files that a page has made.
(() => {
  "use strict";

  const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

  /** A number as programs write it, if the text is one: "−1,480.5" is "-1480.5"; any other text as it is. */
  const plain = (text) => {
    const bare = text.replace(/,(?=\d{3}(\D|$))/g, "").replace(/^−/, "-");
    return NUMBER.test(bare) ? bare : text;
  };

  /**
   * A text as a field. What a spreadsheet would run as a formula gets an apostrophe (CWE-1236), numbers do not.
   * Semicolons are quoted too, because a spreadsheet in a country with decimal commas splits at them.
   */
  const field = (given) => {
    const text = plain(given);
    const safe = /^[=+\-@＝＋－＠\t\r\n\0]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };

  /**
   * Rows of texts as a file. With a byte order mark: Excel reads UTF-8 by no other sign, and R skips it (read.csv in a
   * UTF-8 session, readr, data.table).
   */
  const file = (rows) => `\uFEFF${rows.map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;

  /** Save a file that the page has made. */
  const save = (name, text, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  window.backed = { ...window.backed, csv: { NUMBER, plain, file }, save };
})();
