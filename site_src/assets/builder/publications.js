// The publications of a study: pasted as BibTeX, RIS or a DOI, then a small form for each; the first is the main report.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { element } = builder;

  const NEEDED = new Set(["title", "author", "year"]);

  class Publications {
    constructor(draft, changed) {
      this.draft = draft;
      this.changed = changed;
      this.places = new Map();
      this.said = element("p", { className: "bk-said", role: "status" });
      this.box = element("div", { className: "bk-list" });
      this.node = element(
        "section",
        { className: "bk-section", "aria-labelledby": "bk-publications" },
        element("h2", { id: "bk-publications" }, "The publications"),
        this.paste(),
        this.said,
        this.box,
      );
      this.draw();
    }

    paste() {
      const area = element("textarea", { id: "bk-paste", rows: 3, className: "bk-input" });
      const button = element("button", { type: "button", className: "bk-add" }, "Read it");
      button.addEventListener("click", () => {
        try {
          const made = builder.entriesFrom(area.value).map((entry) => this.add(entry));
          area.value = "";
          this.say(made.length === 1 ? "Read 1 publication." : `Read ${made.length} publications.`, made);
          this.draw(this.draft.entries.indexOf(made.at(-1)));
        } catch (fault) {
          this.say(`${fault.message}. Paste BibTeX, RIS, PubMed's format or a DOI, or fill in the form below.`);
        }
      });
      const hint = element("span", { className: "bk-hint", id: "bk-paste-hint" }, "BibTeX or RIS as the journal's page gives it, PubMed's own format (Cite, Download .nbib), or a DOI alone.");
      area.setAttribute("aria-describedby", hint.id);
      return element("div", { className: "bk-field" }, element("label", { htmlFor: area.id, className: "bk-label" }, "Paste a citation"), hint, area, button);
    }

    /** Say what came of a paste: what `made` entries still lack, or, without any, what was wrong. */
    say(words, made) {
      const lacking = (made ?? []).flatMap(({ fields }) => [...NEEDED].filter((name) => !fields[name]?.trim()));
      const missing = [...new Set(lacking)].map((name) => builder.entryFields[name].toLowerCase());
      const rest = missing.length ? ` Still missing: ${missing.join(", ")}. Paste the whole citation, or fill them in.` : "";
      this.said.className = made ? "bk-said" : "bk-message";
      this.said.textContent = `${words}${rest}`;
    }

    /** Add an entry: to the one with its DOI or PMID, in the place of an empty one, or as a further one; returns it. */
    add(entry) {
      const { entries } = this.draft;
      const same = entries.find((one) => builder.sameWork(one, entry));
      if (same) {
        const told = Object.entries(same.fields).filter(([, value]) => value?.trim());
        Object.assign(same, { type: entry.type, fields: { ...entry.fields, ...Object.fromEntries(told) } });
        this.name(same, entry.key);
        return same;
      }
      const made = { ...entry, key: "" };
      const unused = entries.findIndex((one) => !Object.values(one.fields).some(Boolean));
      if (unused >= 0) entries[unused] = made;
      else entries.push(made);
      this.name(made, entry.key);
      return made;
    }

    /** Give an entry the key of the house; the main report's is the record's id. A key given by hand is kept. */
    name(entry, given = "") {
      const proposed = builder.keyFor(entry) || (builder.slug(given) === given && /-\d{4}-/.test(given) ? given : "");
      if (!entry.byHand && proposed) entry.key = proposed;
      this.changed();
    }

    draw(focus) {
      const { entries } = this.draft;
      const add = element("button", { type: "button", className: "bk-add" }, "+ Add publication");
      add.addEventListener("click", () => {
        entries.push({ type: "article", key: "", fields: {} });
        this.changed();
        this.draw(entries.length - 1);
      });
      this.box.replaceChildren(...entries.map((entry, index) => this.entry(entry, index)), add);
      if (focus !== undefined) this.box.children[focus]?.querySelector("input, select")?.focus();
    }

    entry(entry, index) {
      const label = index === 0 ? "Main report" : `Further report ${index}`;
      const fields = element("div", { className: "bk-grid" }, this.key(entry, index), this.type(entry, index));
      const extra = Object.keys(entry.fields).filter((name) => !(name in builder.entryFields));
      const names = [...Object.entries(builder.entryFields), ...extra.map((name) => [name, name])];
      fields.append(...names.map(([name, words]) => this.text(entry, index, name, words)));
      const message = element("p", { className: "bk-message", id: `bk-entry-${index}` });
      const box = element("fieldset", { className: "bk-group bk-item", "aria-describedby": message.id }, element("legend", {}, label), message, fields);
      this.places.set(`${index}`, message);
      const remove = element("button", { type: "button", className: "bk-small", "aria-label": `Remove ${label.toLowerCase()}` }, "Remove");
      remove.addEventListener("click", () => {
        this.draft.entries.splice(index, 1);
        this.changed();
        this.draw(Math.max(0, index - 1));
      });
      const first = element("button", { type: "button", className: "bk-small", "aria-label": `Make ${label.toLowerCase()} the main report` }, "Make it the main report");
      first.addEventListener("click", () => {
        this.draft.entries.unshift(...this.draft.entries.splice(index, 1));
        this.changed();
        this.draw(0);
      });
      box.append(element("div", { className: "bk-item-tools" }, ...(index ? [first] : []), ...(this.draft.entries.length > 1 ? [remove] : [])));
      return box;
    }

    line(index, name, words, input, hint = "") {
      input.id = `bk-entry-${index}-${name}`;
      const told = element("span", { className: "bk-hint", id: `${input.id}-hint` }, hint);
      const message = element("span", { className: "bk-message", id: `${input.id}-message` });
      input.setAttribute("aria-describedby", `${told.id} ${message.id}`);
      this.places.set(`${index} ${name}`, message);
      const mark = NEEDED.has(name) ? element("span", { className: "bk-required" }, " (required)") : undefined;
      return element("div", { className: "bk-field" }, element("label", { htmlFor: input.id, className: "bk-label" }, words, mark), told, input, message);
    }

    key(entry, index) {
      const input = element("input", { type: "text", className: "bk-input", value: entry.key });
      input.addEventListener("input", () => {
        entry.byHand = input.value !== "";
        entry.key = input.value.trim();
        this.changed();
      });
      entry.shown = () => document.activeElement !== input && (input.value = entry.key);
      const hint = index ? "first author, year, topic; proposed from the fields below" : "also the name of the files; first author, year, topic";
      return this.line(index, "key", "Citation key", input, hint);
    }

    type(entry, index) {
      const types = builder.entryTypes.includes(entry.type) ? builder.entryTypes : [...builder.entryTypes, entry.type];
      const select = element("select", { className: "bk-input" }, ...types.map((type) => element("option", { value: type }, type)));
      select.value = entry.type;
      select.addEventListener("change", () => {
        entry.type = select.value;
        this.changed();
      });
      return this.line(index, "type", "Kind", select);
    }

    text(entry, index, name, words) {
      const input = element("input", { type: "text", className: "bk-input", value: entry.fields[name] ?? "" });
      const hints = { author: "Family, Given and Family, Given", doi: "10.…, without https://doi.org/", month: "jan … dec" };
      input.addEventListener("input", () => {
        entry.fields[name] = name === "doi" ? input.value.trim() : input.value;
        this.name(entry);
      });
      const made = this.line(index, name, words, input, hints[name]);
      if (name === "title" || name === "author") made.classList.add("bk-wide");
      return made;
    }

    /** Where a problem of an entry is written: [element that takes the focus, place of its message]. */
    place([key, name]) {
      const index = this.draft.entries.findIndex((entry) => entry.key === key);
      if (index < 0) return null;
      const field = document.getElementById(`bk-entry-${index}-${name ?? "title"}`);
      return { field, message: this.places.get(name ? `${index} ${name}` : `${index}`) };
    }

    show(problems, everywhere) {
      this.draft.entries.forEach((entry) => entry.shown?.());
      const told = new Map();
      for (const problem of problems) {
        const message = this.place(problem.at)?.message;
        if (message && (everywhere || problem.rule !== "bib-incomplete")) told.set(message, `${problem.message}. ${problem.hint}`);
      }
      for (const message of this.places.values()) {
        const text = told.get(message) ?? "";
        if (message.textContent !== text) message.textContent = text;
      }
    }
  }

  Object.assign(builder, { Publications });
})();
