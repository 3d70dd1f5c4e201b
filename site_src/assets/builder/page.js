// The record builder: a draft, its form, what is found in it, its files, and the ways out of the page.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { element, drafts } = builder;

  const KINDS = { study: "a study", claim: "a claim", comparison: "a comparison", article: "an article" };
  const WAIT = 250; // milliseconds after the last key before rules run and the draft is kept

  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };

  const STARTS = {
    study: () => ({
      summary: {}, reports: [], design: {}, funding: {}, population: { n: {} }, arms: [], effects: [],
      extraction: { on: today(), checked_by: null },
      status: { state: "current" },
    }),
    claim: () => ({ claim: {}, rests_on: {}, faithfulness: {}, explanation: {}, reviewed: { on: today() } }),
    comparison: () => ({}),
    article: () => ({}),
  };
  const started = (kind) => ({ kind, id: "", byHand: false, name: "", data: STARTS[kind](), entries: kind === "study" ? [{ type: "article", key: "", fields: {} }] : [], from: "" });

  class Page {
    constructor(root) {
      this.root = root;
      this.status = element("p", { role: "status", className: "bk-status" });
      this.place = element("div", { className: "bk-builder__form" });
      this.side = element("div", { className: "bk-builder__side" });
      this.everywhere = false;
      this.root.replaceChildren(this.bar(), this.status, element("div", { className: "bk-builder__columns" }, this.place, this.side));
      this.panels();
      this.warnBeforeLoss();
      this.start();
    }

    button(text, pressed, className = "bk-button") {
      const made = element("button", { type: "button", className }, text);
      made.addEventListener("click", pressed);
      return made;
    }

    say(text) {
      this.status.textContent = text;
    }

    /** Drafts, what to add, and opening what exists. */
    bar() {
      this.chosen = element("select", { id: "bk-draft", className: "bk-input" });
      this.chosen.addEventListener("change", () => this.open(this.chosen.value));
      this.kind = element("select", { id: "bk-kind", className: "bk-input" }, ...Object.entries(KINDS).map(([value, text]) => element("option", { value }, text)));
      this.name = element("input", { id: "bk-name", type: "text", className: "bk-input" });
      this.name.addEventListener("input", () => {
        this.draft.name = this.name.value;
        this.later();
      });
      const labelled = (input, text) => element("div", { className: "bk-field" }, element("label", { htmlFor: input.id, className: "bk-label" }, text), input);
      const kind = element("div", { className: "bk-tool" }, labelled(this.kind, "What do you want to add?"), this.button("Start", () => this.begin(started(this.kind.value), "Started.")));
      this.draftTools = element("div", { className: "bk-tool" }, labelled(this.chosen, "Your drafts"), labelled(this.name, "Name of this draft"), this.button("Delete this draft", () => this.remove()));
      return element("div", { className: "bk-bar" }, kind, this.draftTools, this.opener());
    }

    opener() {
      const area = element("textarea", { id: "bk-open", rows: 4, className: "bk-input" });
      const bib = element("textarea", { id: "bk-open-bib", rows: 3, className: "bk-input" });
      const file = element("input", { id: "bk-file", type: "file", accept: ".yaml,.yml,.json,.bib", multiple: true });
      file.addEventListener("change", async () => {
        for (const one of file.files) (one.name.endsWith(".bib") ? bib : area).value = await one.text();
        const record = [...file.files].find((one) => !one.name.endsWith(".bib"));
        if (record) this.openText(area.value, bib.value, record.name.replace(/\.[a-z]+$/, ""));
      });
      const labelled = (input, text) => element("div", { className: "bk-field" }, element("label", { htmlFor: input.id, className: "bk-label" }, text), input);
      return element(
        "details",
        { className: "bk-choice" },
        element("summary", {}, "Open a record that exists"),
        labelled(file, "Choose its files (.yaml, and .bib of a study)"),
        labelled(area, "Or paste its YAML"),
        labelled(bib, "And its BibTeX, for a study"),
        this.button("Open it", () => this.openText(area.value, bib.value, "")),
      );
    }

    /** What a record is of, by the keys that only its kind has. */
    kindOf(data) {
      const marks = { study: "reports", claim: "rests_on", comparison: "population", article: "passages" };
      return Object.keys(marks).find((kind) => Object.hasOwn(data, marks[kind])) ?? "study";
    }

    openText(text, bib, id) {
      try {
        const data = builder.fromYaml(text);
        const entries = bib.trim() ? builder.entriesFrom(bib) : [];
        const kind = this.kindOf(data);
        const name = id || (kind === "study" ? data.reports?.[0] : "") || "";
        this.begin({ ...started(kind), id: String(name), byHand: true, data, entries: this.ownEntries(kind, data, entries), from: String(name) }, "Opened. Comments of the file are not kept.");
      } catch (fault) {
        this.say(`It could not be read: ${fault.message}`);
      }
    }

    /** The entries of a study in the order of its reports; a report whose entry is not at hand gets an empty one. */
    ownEntries(kind, data, entries) {
      if (kind !== "study") return [];
      const reports = [data.reports ?? []].flat().map(String);
      const known = new Map(entries.map((entry) => [entry.key, { ...entry, byHand: true }]));
      const first = reports.map((key) => known.get(key) ?? { type: "article", key, fields: {}, byHand: true });
      return [...first, ...[...known.values()].filter((entry) => !reports.includes(entry.key))];
    }

    /** The record that the address asks for: ?edit=<id>. */
    async openPublished(id) {
      const folder = Object.keys(builder.base.records).find((name) => builder.base.records[name].includes(id));
      if (!folder) return this.say(`There is no record ${id} here.`);
      const kind = Object.entries(builder.base.folders).find(([, name]) => name === folder)[0];
      try {
        const answer = await fetch(`../../${folder}/${id}/record.json`);
        if (!answer.ok) throw new Error(answer.statusText);
        const data = builder.asTexts(await answer.json());
        const bib = kind === "study" ? await (await fetch(`../../studies/${id}/${id}.bib`)).text() : "";
        const entries = bib ? builder.entriesFrom(bib) : [];
        this.begin({ ...started(kind), id, byHand: true, data, entries: this.ownEntries(kind, data, entries), from: id }, `Opened ${id} as it is published.`);
      } catch {
        this.say(`${id} could not be loaded here. Open its files below instead: “Open a record that exists”.`);
      }
    }

    start() {
      const wanted = new URLSearchParams(location.search).get("edit");
      const last = Object.keys(drafts.all()).sort().at(-1);
      if (last && !wanted) this.open(last);
      else this.begin(started("study"), "");
      if (wanted) this.openPublished(wanted);
    }

    begin(draft, words) {
      if (this.draft) this.keep();
      this.number = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
      this.changedOnce = Boolean(words);
      this.use(draft);
      this.say(words);
      if (words) this.keep();
    }

    open(number) {
      const kept = drafts.all()[number];
      if (!kept) return;
      if (this.draft) this.keep();
      this.number = number;
      this.changedOnce = true;
      this.use({ ...started(kept.kind), ...kept });
      this.listDrafts();
    }

    remove() {
      if (!confirm("Delete this draft from this browser?")) return;
      const kind = this.draft.kind;
      drafts.remove(this.number);
      this.draft = null;
      this.begin(started(kind), "");
      this.say("The draft is deleted.");
      this.listDrafts();
    }

    use(draft) {
      this.draft = draft;
      this.everywhere = draft.from !== "";
      this.kind.value = draft.kind;
      this.name.value = draft.name;
      const changed = () => this.later();
      const named = () => {
        if (this.draft === draft) this.settleNames();
        this.later();
      };
      this.form = new builder.Form(draft, changed);
      this.publications = draft.kind === "study" ? new builder.Publications(draft, named) : null;
      this.place.replaceChildren(this.identity(), ...(this.publications ? [this.publications.node] : []), this.form.node);
      this.listDrafts();
      this.refresh();
    }

    /** The name of the file; a study's is that of its main report. */
    identity() {
      this.idField = element("input", { id: "bk-id", type: "text", className: "bk-input", value: this.draft.id });
      const hint = element("span", { id: "bk-id-hint", className: "bk-hint" }, this.draft.kind === "study" ? "The name of its files and its address. It is proposed from the main report: first author, year, topic." : "The name of its file and its address: lower-case words joined by hyphens.");
      this.idMessage = element("span", { id: "bk-id-message", className: "bk-message" });
      this.idField.setAttribute("aria-describedby", `${hint.id} ${this.idMessage.id}`);
      this.idField.addEventListener("input", () => {
        this.draft.byHand = this.idField.value !== "";
        this.draft.id = this.idField.value.trim();
        const main = this.draft.entries[0];
        if (main) Object.assign(main, { key: this.draft.id, byHand: this.draft.byHand });
        this.later();
      });
      return element("div", { className: "bk-field bk-section" }, element("label", { htmlFor: "bk-id", className: "bk-label" }, "Name of the record (id)"), hint, this.idField, this.idMessage);
    }

    listDrafts() {
      const kept = drafts.all();
      const words = (draft) => draft.name || draft.id || draft.data?.title?.en || (typeof draft.data?.title === "string" && draft.data.title) || `${draft.kind} without a name`;
      const options = Object.entries(kept).sort().reverse().map(([number, draft]) => element("option", { value: number }, words(draft)));
      if (!(this.number in kept)) options.unshift(element("option", { value: this.number }, "(not begun)"));
      this.chosen.replaceChildren(...options);
      this.chosen.value = this.number;
    }

    later() {
      this.changedOnce = true;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => {
        this.keep();
        this.refresh();
      }, WAIT);
    }

    keep() {
      if (!this.changedOnce || !this.draft) return;
      clearTimeout(this.waiting);
      this.settleNames();
      const kept = drafts.keep(this.number, this.draft);
      if (!kept) this.say("This browser does not let the page keep drafts. Download your files before you leave.");
      this.listDrafts();
    }

    warnBeforeLoss() {
      addEventListener("pagehide", () => this.keep());
      addEventListener("beforeunload", (event) => {
        if (this.changedOnce && !drafts.works) event.preventDefault();
      });
    }

    /** Ids follow the publications until somebody writes one by hand; names of parts follow their labels. */
    settleNames() {
      const { draft } = this;
      if (draft.kind === "study") {
        const main = draft.entries[0];
        if (main && !draft.byHand) draft.id = main.key;
        if (main && draft.byHand && !main.byHand) main.key = draft.id;
        if (main?.byHand) draft.id = main.key;
        draft.data.reports = draft.entries.map((entry) => entry.key).filter(Boolean);
        this.follow(draft);
        if (document.activeElement !== this.idField) this.idField.value = draft.id;
      }
    }

    /** Sources that name a publication by its key go along when the key changes. */
    follow(draft) {
      const renamed = new Map(draft.entries.filter((entry) => entry.known && entry.key && entry.known !== entry.key).map((entry) => [entry.known, entry.key]));
      draft.entries.forEach((entry) => (entry.known = entry.key || entry.known));
      let moved = false;
      const go = (value) => {
        if (value === null || typeof value !== "object") return;
        for (const [name, inner] of Object.entries(value)) {
          if ((name === "report" || name === "via") && renamed.has(inner)) [value[name], moved] = [renamed.get(inner), true];
          else go(inner);
        }
      };
      if (renamed.size) go(draft.data);
      if (moved) this.form.draw();
    }

    get year() {
      const main = this.draft.entries[0];
      return (main && builder.work(main).year) || this.draft.id.match(/-(\d{4})-/)?.[1] || "";
    }

    get paths() {
      const { kind } = this.draft;
      const id = this.draft.id || "name-of-the-record";
      const folder = builder.base.folders[kind];
      const stem = kind === "study" ? `evidence/studies/${this.year || "year"}/${id}` : `evidence/${folder}/${id}`;
      return { yaml: `${stem}.yaml`, bib: `${stem}.bib` };
    }

    files() {
      const { kind, data, entries } = this.draft;
      const files = [{ path: this.paths.yaml, text: builder.yaml(kind, data), name: "YAML" }];
      if (kind === "study") files.push({ path: this.paths.bib, text: builder.bibtex(entries), name: "BibTeX" });
      return files;
    }

    problems() {
      const { kind, id, data, entries } = this.draft;
      const checked = builder.check({ kind, id, year: this.year || undefined, data: builder.growing(kind, data), entries });
      const found = checked
        .filter(({ rule, at }) => id || rule !== "id-and-path" || at[0] !== "reports") // that it has no name is told below
        .map((one) => (builder.isGap(data, one.at) ? { ...one, rule: "missing-key", severity: "error" } : one));
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
        const message = id ? "an id is lower-case words joined by hyphens" : "the record has no name yet";
        found.unshift({ rule: id ? "id-and-path" : "no-name", severity: "error", at: ["id"], message, hint: kind === "study" ? "fill in the main report, and it is proposed" : "" });
      } else if (!this.draft.from && builder.base.records[builder.base.folders[kind]].includes(id)) {
        found.unshift({ rule: "id-and-path", severity: "error", at: ["id"], message: "there is a record of this name", hint: "open that one, or choose another name" });
      }
      return found;
    }

    refresh() {
      this.settleNames();
      const found = this.problems();
      this.form.show(found, this.everywhere);
      this.publications?.show(found, this.everywhere);
      const own = found.find((one) => one.at.length === 1 && one.at[0] === "id");
      const told = own && (this.everywhere || this.draft.id) ? `${own.message}. ${own.hint}` : "";
      if (this.idMessage.textContent !== told) this.idMessage.textContent = told;
      this.showProblems(found);
      this.showWords();
      this.handout.show(this.files(), this.draft);
    }

    panels() {
      const panel = (title, name, ...inner) => element("section", { className: "bk-panel", "aria-labelledby": `bk-${name}` }, element("h2", { id: `bk-${name}` }, title), ...inner);
      this.count = element("p", { className: "bk-count", role: "status" });
      this.list = element("div", {});
      this.words = element("div", { className: "bk-words" });
      this.handout = new builder.Handout();
      this.marking = this.button("Mark every gap in the form", () => {
        this.everywhere = true;
        this.refresh();
        this.list.querySelector("a")?.focus();
      });
      this.side.append(
        panel("Still to do", "todo", this.count, this.list, this.marking),
        panel("In words", "words", element("p", { className: "bk-hint" }, "What the record says. Its page is drawn when the site is built; this is no picture of it."), this.words),
        panel("The files", "files", this.handout.node),
      );
    }

    /** Where a problem leads: the field, and its name in words. */
    target({ at }) {
      if (at.length === 1 && at[0] === "id") return [this.idField, "Name of the record"];
      const work = this.publications?.place(at);
      if (work) return [work.field, at[1] ? `Publications › ${builder.named(at[1])}` : "Publications"];
      if (at[0] === "reports") return [document.getElementById("bk-entry-0-title"), "Publications"];
      return [this.form.place(at) ?? this.idField, builder.spokenPath(at) || "The record"];
    }

    /** Where the printed form stands that a figure was not found in: of its effect, or of the numbers of people. */
    printedPlace({ rule, at }) {
      if (!["figure-printed", "count-no-percentage"].includes(rule)) return null;
      if (at[0] === "effects") return [...at.slice(0, 2), "source", "printed"];
      return ["population", "sources", ...(this.draft.data.population?.sources?.length ? [0, "printed"] : ["+"])];
    }

    /** A link that leads to a field; `to` is its path, or what it is called. */
    leading(to, field) {
      const path = Array.isArray(to) && to.at(-1) === "+" ? to.slice(0, -1) : to;
      const link = element("a", { href: "#" }, Array.isArray(to) ? builder.spokenPath(path) : to);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const found = field();
        found?.closest("details")?.setAttribute("open", "");
        found?.focus();
        found?.scrollIntoView({ block: "center" });
      });
      return link;
    }

    showProblems(found) {
      const missing = found.filter(({ rule }) => ["missing-key", "text-in-english", "bib-incomplete", "no-name"].includes(rule));
      const others = found.filter((one) => !missing.includes(one));
      const errors = others.filter((one) => one.severity === "error").length;
      const many = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
      const parts = [missing.length && `${many(missing.length, "gap")} to fill`, errors && many(errors, "error"), others.length - errors && many(others.length - errors, "doubt")];
      const text = parts.filter(Boolean).join(", ") || "Nothing found by the rules that run here.";
      if (this.count.textContent !== text) this.count.textContent = text;
      const line = (one) => {
        const said = ["missing-key", "text-in-english"].includes(one.rule) ? "is required" : builder.inFull(one);
        const [field, name] = this.target(one);
        const elsewhere = this.printedPlace(one);
        const also = elsewhere ? [". Go to ", this.leading(elsewhere, () => this.form.place(elsewhere))] : [];
        return element("li", {}, this.leading(name, () => field), ": ", said, ...also);
      };
      this.marking.hidden = !missing.length;
      const open = this.list.querySelector("details")?.open ?? false;
      const gaps = element("details", { open: open || this.everywhere, className: "bk-choice" }, element("summary", {}, "The gaps"), element("ul", {}, ...missing.map(line)));
      this.list.replaceChildren(...(others.length ? [element("ul", { className: "bk-found" }, ...others.map(line))] : []), ...(missing.length ? [gaps] : []));
    }

    showWords() {
      const { title, lines } = builder.inWords(this.draft);
      this.words.replaceChildren(element("p", {}, element("strong", {}, title)), ...lines.map((text) => element("p", {}, text)));
    }
  }

  const begin = () => {
    const root = document.getElementById("bk-builder");
    if (root && builder.base) builder.page = new Page(root);
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", begin) : begin();
})();
