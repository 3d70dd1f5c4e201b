// The page that checks the reader's references: what of them is in Backed, what was found, what is retracted.
(() => {
  "use strict";

  const { references, selection, shards, tick } = window.backed;
  const page = document.getElementById("check");
  const LIMIT = 20; // megabytes
  const PATIENCE = 40; // milliseconds of work before the browser may do something else
  /** What became of a work, the gravest first, and how it is counted. */
  const STATES = {
    retracted: "retracted",
    "expression-of-concern": "with an expression of concern",
    withdrawn: "withdrawn",
    superseded: "superseded",
  };
  const ENCODINGS = { "windows-1252": "Latin-1 (Windows-1252)", "utf-16le": "UTF-16", "utf-16be": "UTF-16" };
  const parts = ["form", "text", "file", "clear", "told", "results"];
  const at = Object.fromEntries(parts.map((name) => [name, page.querySelector(`[data-part="${name}"]`)]));
  let turn = 0; // a check that was asked for later replaces one that is still under way

  const element = (name, text, values = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...values });
  const counted = (many, word) => `${many} ${many === 1 ? word : `${word.replace(/y$/, "ie")}s`}`;
  const pause = () => new Promise((resolve) => setTimeout(resolve));
  const gravity = (work) => {
    const place = Object.keys(STATES).indexOf(work.state);
    return place < 0 ? Object.keys(STATES).length : place;
  };

  /** All entries of a text, read in short stretches; null where another check has begun. */
  const collect = async (entries, mine) => {
    const all = [];
    let since = performance.now();
    for (const entry of entries) {
      all.push(entry);
      if (performance.now() - since < PATIENCE) continue;
      at.told.textContent = `Reading: ${counted(all.length, "entry")} so far`;
      await pause();
      if (mine !== turn) return null;
      since = performance.now();
    }
    return all;
  };

  /** The entries told apart: the works they are, with the names they have in the list; those not here; those without. */
  const lookUp = async (entries) => {
    const ids = await shards.values("ids", [...new Set(entries.flatMap((entry) => entry.ids))]);
    const found = new Map();
    const [unknown, nameless] = [[], []];
    for (const entry of entries) {
      const keys = new Set(entry.ids.flatMap((id) => ids.get(id) ?? []));
      keys.forEach((key) => found.set(key, [...(found.get(key) ?? []), entry.name]));
      if (!entry.ids.length) nameless.push(entry);
      else if (!keys.size) unknown.push(entry);
    }
    const works = await shards.values("works", [...found.keys()]);
    const rows = [...found].map(([key, names]) => ({ key, names, work: works.get(key) }));
    rows.sort((a, b) => gravity(a.work) - gravity(b.work)); // those of one state stay in the order of the list
    return { rows, unknown, nameless };
  };

  const link = (text, url) => element("a", text, { href: shards.address(url) });
  const below = (text, kind = "") => element("span", text, { className: `bk-sub ${kind}` });

  /** A work as a row: who and what, what was found, which claims it bears on. */
  const row = ({ key, names, work }) => {
    const line = document.createElement("tr");
    const head = element("th", "", { scope: "row" });
    head.append(tick(key, work.label), link(work.label, work.url));
    if (work.became) head.append(below(work.became, "bk-state"));
    if (work.newer) head.append(link("See the newer record", work.newer));
    head.append(below(work.title));
    const other = [...new Set(names)].filter((name) => name !== work.title);
    if (other.length) head.append(below(`In your list: ${other.join("; ")}`));
    if (names.length > 1) head.append(below(`${names.length} times in your list`));
    const claims = element("td", work.claims ? "" : "None");
    const list = element("ul", "", { className: "bk-bearing" });
    (work.claims ?? []).forEach((claim) => {
      const item = document.createElement("li");
      const verdict = element("span", claim.verdict, { className: `bk-verdict bk-verdict--${claim.mark}` });
      item.append(link(claim.text, claim.url), verdict);
      list.append(item);
    });
    if (work.claims) claims.append(list);
    const said = work.found ?? "No finding is recorded: it is cited as a source, and is no study here.";
    line.append(head, element("td", said), claims);
    line.cells[1].dataset.label = "What was found";
    claims.dataset.label = "Claims it bears on";
    return line;
  };

  const table = (rows) => {
    const box = element("div", "", { className: "bk-scroll", tabIndex: 0 });
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "In Backed");
    const grid = element("table", "", { className: "bk-table bk-cards" });
    const head = grid.createTHead().insertRow();
    ["Work", "What was found", "Claims it bears on"].forEach((name) => head.append(element("th", name, { scope: "col" })));
    const body = grid.createTBody();
    rows.forEach((one) => body.append(row(one)));
    box.append(grid);
    return box;
  };

  /** An entry by its name, with the identifiers that do not stand in it. */
  const named = ({ name, ids }) => {
    const values = ids.map((id) => id.slice(id.indexOf(":") + 1));
    const unsaid = values.filter((value) => !name.toLowerCase().includes(value));
    return unsaid.length ? `${name} (${unsaid.join(", ")})` : name;
  };

  /** A heading and the entries below it by their names. */
  const listed = (title, why, entries) => {
    if (!entries.length) return [];
    const list = element("ul", "", { className: "bk-entries" });
    list.append(...entries.map((entry) => element("li", named(entry))));
    return [element("h2", `${title} (${entries.length})`), element("p", why), list];
  };

  const show = ({ rows, unknown, nameless }) => {
    const parts = [];
    if (rows.length) {
      const all = element("button", "Put all of them into your selection", { type: "button", className: "bk-copy" });
      all.addEventListener("click", () => selection.put(rows.map(({ key }) => key)));
      const title = element("h2", `In Backed (${rows.length})`);
      parts.push(title, all, table(rows));
    }
    parts.push(...listed("Not in Backed", "No record and no cited work has these identifiers.", unknown));
    parts.push(...listed("Without an identifier", "No DOI, PMID, PMCID or register number was found in these.", nameless));
    at.results.replaceChildren(...parts);
  };

  const summary = (entries, { rows, unknown, nameless }, how) => {
    if (!entries.length) return "There is nothing to check: no entry was found.";
    const having = (state) => rows.filter(({ work }) => work.state === state).length;
    const states = Object.entries(STATES).map(([state, word]) => [having(state), word]);
    const grave = states.filter(([many]) => many).map(([many, word]) => `${many} ${word}`);
    const inside = entries.length - unknown.length - nameless.length;
    const works = inside === rows.length ? grave : [counted(rows.length, "work"), ...grave];
    const told = [
      `${inside} in Backed${works.length ? ` (${works.join(", ")})` : ""}`,
      `${unknown.length} not in Backed`,
      `${nameless.length} without an identifier`,
    ];
    return `${counted(entries.length, "entry")} read${how}: ${told.join(", ")}.`;
  };

  const check = async (text, encoding = "") => {
    const mine = ++turn;
    at.results.replaceChildren();
    at.told.textContent = "Reading …";
    await pause();
    try {
      const { registers } = await shards.formats();
      const { format, entries } = references.entriesIn(text, registers);
      const all = await collect(entries, mine);
      if (!all) return;
      at.told.textContent = `Looking up ${counted(all.length, "entry")} …`;
      const found = await lookUp(all);
      if (mine !== turn) return;
      const how = [format === "text" ? "" : ` as ${format}`, encoding && `, taken to be ${encoding}`].join("");
      show(found);
      at.told.textContent = summary(all, found, how);
    } catch (error) {
      if (mine === turn) at.told.textContent = `${error.message}. Look at your connection and try again.`;
    }
  };

  const size = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

  const refuse = (message) => {
    turn++;
    at.results.replaceChildren();
    at.told.textContent = message;
  };

  const open = async (file) => {
    if (file.size > LIMIT * 1e6) {
      const hint = "Save only the references you want to check, or split the file.";
      refuse(`${file.name} has ${size(file.size)}; up to ${LIMIT} MB are read here. ${hint}`);
      return;
    }
    const mine = ++turn;
    try {
      const read = references.decode(new Uint8Array(await file.arrayBuffer()));
      if (mine !== turn) return;
      if (read) await check(read.text, ENCODINGS[read.encoding]);
      else refuse(`${file.name} is no text file. Save the references as BibTeX, RIS, NBIB, CSL-JSON or text.`);
    } catch (error) {
      refuse(`${file.name} could not be read: ${error.message}`);
    }
  };

  const start = () => {
    page.hidden = false;
    at.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { length } = at.text.value;
      if (length > LIMIT * 1e6) refuse(`The text has ${size(length)}; up to ${LIMIT} MB are read here.`);
      else check(at.text.value);
    });
    at.file.addEventListener("change", () => at.file.files[0] && open(at.file.files[0]));
    at.clear.addEventListener("click", () => {
      at.form.reset();
      refuse("");
      at.text.focus();
    });
    page.addEventListener("dragover", (event) => event.preventDefault());
    page.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return; // a text that is dropped goes into the field by itself
      event.preventDefault();
      open(event.dataTransfer.files[0]);
    });
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
