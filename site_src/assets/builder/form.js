// The form of a record, made from its schema: one field for each key, required ones first, others when they are asked for.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { element, combobox, ends, named, titled, told, single } = builder;

  const SECTIONS = {
    study: [
      ["What it is", ["title", "summary", "design", "funding", "registration"]],
      ["Who took part", ["population"]],
      ["What was compared", ["arms", "review"]],
      ["What came out", ["effects", "findings", "limits"]],
      ["Risk of bias", ["appraisal"]],
      ["How this record was made", ["extraction"]],
      ["More", null],
    ],
  };
  const LONG = new Set(["en", "nl", "printed", "support", "compared"]); // texts of more than a few words

  const path = (at) => at.join("\u0000");

  /**
   * The form. `draft` is {kind, data, entries}; `changed` is told of each change. `place(at)` finds the element of a
   * path, or of the nearest one around it; `show(problems, whole)` writes messages beside fields.
   */
  class Form {
    constructor(draft, changed) {
      this.draft = draft;
      this.changed = changed;
      this.fields = new Map(); // path to the element that takes the focus
      this.messages = new Map(); // path to where its messages stand
      this.visited = new Set();
      this.count = 0;
      Object.assign(this, builder.rootOf(draft.kind));
      this.node = element("div", { className: "bk-form" });
      this.draw();
    }

    draw() {
      const fields = builder.fieldsOf(this.top, this.root).filter(({ name }) => name !== "reports");
      const sections = SECTIONS[this.draft.kind] ?? [["The record", fields.filter((one) => one.required).map((one) => one.name)], ["More", null]];
      const placed = new Set(sections.flatMap(([, names]) => names ?? []));
      this.node.replaceChildren(
        ...sections.map(([title, names]) => {
          const own = fields.filter(({ name }) => (names ? names.includes(name) : !placed.has(name)));
          const id = this.id();
          const heading = element("h2", { id }, title);
          const body = this.body(this.draft.data, own, [], names !== null && SECTIONS[this.draft.kind] !== undefined);
          return element("section", { "aria-labelledby": id, className: "bk-section" }, heading, body);
        }),
      );
    }

    id() {
      return `bk-field-${++this.count}`;
    }

    /** The fields of an object: required and usual ones and those that hold something, then a choice of the others. */
    body(data, fields, at, lists = false, type = "") {
      const box = element("div", { className: `bk-body${builder.sideBySide.has(type) ? " bk-grid" : ""}` });
      const usual = builder.usual(type, this.draft.data);
      const always = (one) => one.required || usual.includes(one.name);
      const shown = (one) => always(one) || Object.hasOwn(data, one.name) || (lists && one.field.kind === "list");
      const draw = (focus) => {
        const optional = fields.filter((one) => !one.required);
        const order = (usual.length ? fields : [...fields.filter((one) => one.required), ...optional]).filter(shown);
        box.replaceChildren(...order.map((one) => this.entry(data, one, [...at, one.name], () => draw(at), always(one))));
        const others = optional.filter((one) => !shown(one));
        if (others.length) box.append(this.choice(data, others, at, draw));
        if (focus) this.focus(focus);
      };
      draw();
      return box;
    }

    /** What else there is to say, with its meaning; each is added by a button. */
    choice(data, others, at, draw) {
      const add = ({ name, field }) => {
        const button = element("button", { type: "button", className: "bk-add" }, `+ ${named(name)}`);
        const meaning = element("span", { id: this.id() }, told(field, named(name)));
        button.setAttribute("aria-describedby", meaning.id);
        button.addEventListener("click", () => {
          const made = this.empty(field);
          if (field.kind === "list" && !made.length) made.push(this.empty(builder.field(field.items, this.root)));
          data[name] = made;
          draw([...at, name]);
          this.changed();
        });
        return element("li", {}, button, " ", meaning);
      };
      const list = element("ul", {}, ...others.map(add));
      if (others.length === 1) return element("div", { className: "bk-choice" }, list);
      const summary = element("summary", {}, `Add one of ${others.length} more details`);
      return element("details", { className: "bk-choice" }, summary, list);
    }

    /** A new value for a field. */
    empty(field) {
      if (field.kind === "object") {
        const made = {};
        for (const { name, required, field: inner } of builder.fieldsOf(field, this.root)) {
          if (required && ["object", "list", "map", "pair"].includes(inner.kind)) made[name] = this.empty(inner);
        }
        if (field.name === "Source" && this.draft.entries[0]?.key) made.report = this.draft.entries[0].key;
        return made;
      }
      if (field.kind === "list") return field.min ? [this.empty(builder.field(field.items, this.root))] : [];
      if (field.kind === "map") return {};
      if (field.kind === "pair") return [0, 1].map(() => this.empty(builder.field(field.items, this.root)));
      return "";
    }

    entry(data, { name, required, field }, at, draw, always) {
      const made = this.field(data, name, field, at, titled(at), required);
      if (always || (field.kind === "list" && at.length === 1)) return made;
      const button = this.button(`Remove ${named(name).toLowerCase()}`, "Remove", () => {
        delete data[name];
        draw();
        this.changed();
      });
      made.append(button);
      return made;
    }

    button(label, text, pressed) {
      const made = element("button", { type: "button", className: "bk-small", "aria-label": label }, text);
      made.addEventListener("click", pressed);
      return made;
    }

    field(data, name, field, at, label, required) {
      if (data[name] === null) return this.absent(data, name, field, at, label);
      if (field.kind === "object") return this.group(data, name, field, at, label, () => {
        data[name] ??= this.empty(field);
        return this.body(data[name], builder.fieldsOf(field, this.root), at, false, field.name);
      });
      if (field.kind === "list") return this.group(data, name, field, at, label, () => this.list(data, name, field, at));
      if (field.kind === "map") return this.group(data, name, field, at, label, () => this.map(data, name, field, at));
      if (field.kind === "pair") return this.group(data, name, field, at, label, () => this.pair(data, name, field, at));
      return this.single(data, name, field, at, label, required);
    }

    /** A value that is written as null: it says that there is none. */
    absent(data, name, field, at, label) {
      const box = element("div", { className: "bk-field" }, element("span", { className: "bk-label" }, label), element("p", { className: "bk-hint" }, `${told(field, label)} None is recorded.`));
      const button = this.button(`Fill in ${label.toLowerCase()}`, "Fill in", () => {
        data[name] = this.empty(field);
        box.replaceWith(this.field(data, name, field, at, label, false));
        this.focus(at);
        this.changed();
      });
      box.append(button);
      return box;
    }

    group(data, name, field, at, label, inner) {
      const legend = element("legend", { id: this.id(), tabIndex: -1 }, label);
      const hint = element("p", { className: "bk-hint", id: this.id() }, told(field, label));
      const message = element("p", { className: "bk-message", id: this.id() });
      const box = element("fieldset", { className: "bk-group" }, legend, hint, message);
      box.setAttribute("aria-describedby", `${hint.id} ${message.id}`);
      this.fields.set(path(at), legend);
      this.messages.set(path(at), message);
      box.append(inner());
      return box;
    }

    list(data, name, field, at) {
      const box = element("div", { className: "bk-list" });
      const own = builder.field(field.items, this.root);
      const inner = own.description ? own : { ...own, description: field.description, quiet: true }; // said once, above all
      const draw = (focus) => {
        const items = (data[name] ??= []);
        const rows = items.map((_, index) => this.item(items, index, inner, [...at, index], single(name), draw));
        const add = element("button", { type: "button", className: "bk-add" }, `+ Add ${single(name)}`);
        add.addEventListener("click", () => {
          items.push(this.empty(inner));
          draw([...at, items.length - 1]);
          this.changed();
        });
        this.fields.set(path([...at, "+"]), add);
        box.replaceChildren(...rows, add);
        if (focus) this.focus(focus);
      };
      draw();
      return box;
    }

    item(items, index, inner, at, word, draw) {
      const label = `${word.charAt(0).toUpperCase()}${word.slice(1)} ${index + 1}`;
      const made = this.field(items, index, inner, at, label, true);
      made.classList.add("bk-item");
      const move = (to) => () => {
        items.splice(to, 0, ...items.splice(index, 1));
        draw([...at.slice(0, -1), to]);
        this.changed();
      };
      const remove = () => {
        items.splice(index, 1);
        draw([...at.slice(0, -1), "+"]);
        this.changed();
      };
      const copy = () => {
        items.splice(index + 1, 0, this.copied(items, index));
        draw([...at.slice(0, -1), index + 1]);
        this.changed();
      };
      const tools = element("div", { className: "bk-item-tools" });
      if (inner.kind === "object") tools.append(this.button(`Duplicate ${label}`, "Duplicate", copy));
      if (index > 0) tools.append(this.button(`Move ${label} up`, "↑", move(index - 1)));
      if (index < items.length - 1) tools.append(this.button(`Move ${label} down`, "↓", move(index + 1)));
      tools.append(this.button(`Remove ${label}`, "Remove", remove));
      made.append(tools);
      return made;
    }

    /** A copy of an item to be changed; its id is told apart by a number. */
    copied(items, index) {
      const made = structuredClone(items[index]);
      if (!made.id) return made;
      const stem = made.id.replace(/-\d+$/, "");
      let number = 2;
      while (items.some(({ id }) => id === `${stem}-${number}`)) number++;
      return { ...made, id: `${stem}-${number}` };
    }

    map(data, name, field, at) {
      const box = element("div", { className: "bk-list" });
      const inner = builder.field(field.value, this.root);
      const draw = (focus) => {
        const entries = (data[name] ??= {});
        const rows = Object.keys(entries).map((key) => {
          const row = this.field(entries, key, inner, [...at, key], key, true);
          row.append(this.button(`Remove ${key}`, "Remove", () => {
            delete entries[key];
            draw([...at, "+"]);
            this.changed();
          }));
          return row;
        });
        const input = element("input", { id: this.id(), type: "text", className: "bk-input" });
        const label = element("label", { htmlFor: input.id, className: "bk-label" }, `Name of a further entry of ${named(name).toLowerCase()}`);
        const known = () => builder.keysFor(this.draft, name, at);
        const add = element("button", { type: "button", className: "bk-add" }, "+ Add");
        let wanted = "";
        add.addEventListener("click", () => {
          const key = builder.slug(wanted) === wanted || name === "resolved" ? wanted : builder.slug(wanted);
          if (!key || Object.hasOwn(entries, key)) return input.focus();
          entries[key] = this.empty(inner);
          draw([...at, key]);
          this.changed();
        });
        const field = combobox({ input, options: known, value: "", changed: (value) => (wanted = value) });
        this.fields.set(path([...at, "+"]), input);
        box.replaceChildren(...rows, element("div", { className: "bk-field" }, label, field, add));
        if (focus) this.focus(focus);
      };
      draw();
      return box;
    }

    pair(data, name, field, at) {
      const inner = builder.field(field.items, this.root);
      if (!Array.isArray(data[name])) data[name] = this.empty(field);
      const labels = ends[name] ?? ends.ci;
      return element("div", { className: "bk-pair" }, ...labels.map((label, place) =>
        this.field(data[name], place, inner, [...at, place], label, false)));
    }

    /** One value: a text, a number, a choice, a term. */
    single(data, name, field, at, label, required) {
      const id = this.id();
      const hint = element("span", { className: "bk-hint", id: `${id}-hint` }, told(field, label));
      const message = element("span", { className: "bk-message", id: `${id}-message` });
      const set = (value) => {
        data[name] = value;
        this.changed(at);
      };
      const input = this.input(field, id, data[name] ?? "", set, at);
      const control = input.matches("input, textarea, select") ? input : input.querySelector("input");
      control.setAttribute("aria-describedby", `${hint.id} ${message.id}`);
      if (required) control.setAttribute("aria-required", "true");
      control.addEventListener("blur", () => {
        this.visited.add(path(at));
        this.changed(at);
      });
      this.fields.set(path(at), control);
      this.messages.set(path(at), message);
      const mark = required && typeof name === "string" ? element("span", { className: "bk-required" }, " (required)") : undefined;
      return element("div", { className: "bk-field" }, element("label", { htmlFor: id, className: "bk-label" }, label, mark), hint, input, message);
    }

    input(field, id, value, set, at) {
      if (field.kind === "choice" || field.kind === "truth") {
        const values = field.values ?? ["true", "false"];
        const words = { true: "yes", false: "no" };
        const select = element("select", { id, className: "bk-input" }, element("option", { value: "" }, "choose …"));
        const all = value && !values.includes(value) ? [...values, value] : values;
        select.append(...all.map((one) => element("option", { value: one }, words[one] ?? one.replaceAll("-", " "))));
        select.value = value;
        select.addEventListener("change", () => set(select.value));
        return select;
      }
      const options = builder.optionsFor(this.draft, field, at);
      const long = field.kind === "text" && LONG.has(at.at(-1));
      const input = element(long ? "textarea" : "input", { id, className: "bk-input" });
      if (long) input.rows = 2;
      else input.type = "text";
      if (field.kind === "integer") input.inputMode = "numeric";
      if (field.kind === "figure") input.inputMode = "decimal";
      if (field.kind === "date") input.placeholder = "2026-11-22";
      if (options) return combobox({ input, options, value, changed: set });
      input.value = value;
      input.addEventListener("input", () => set(input.value));
      return input;
    }

    /** The element of a path, or of the nearest one around it that is shown. */
    place(at) {
      for (let end = at.length; end >= 0; end--) {
        const found = this.fields.get(path(at.slice(0, end)));
        if (found?.isConnected) return found;
      }
      return null;
    }

    focus(at) {
      const target = this.place(at);
      const first = target?.matches("legend") ? target.parentElement.querySelector("input, textarea, select, .bk-add, summary") : target;
      first?.focus();
    }

    /** Write messages beside their fields; what is missing is said where somebody has been, or everywhere. */
    show(problems, everywhere) {
      const found = new Map();
      for (const problem of problems) {
        const missing = ["missing-key", "text-in-english"].includes(problem.rule);
        let end = problem.at.length;
        while (end > 0 && !this.messages.get(path(problem.at.slice(0, end)))?.isConnected) end--;
        const key = path(problem.at.slice(0, end));
        if (!this.messages.has(key) || (missing && !everywhere && !this.visited.has(path(problem.at)))) continue;
        found.set(key, [...(found.get(key) ?? []), missing ? { ...problem, message: "this is required", hint: "" } : problem]);
      }
      for (const [key, node] of this.messages) {
        if (!node.isConnected) {
          this.messages.delete(key);
          continue;
        }
        const own = found.get(key) ?? [];
        const text = own.map(builder.inFull).join("; ");
        if (node.textContent !== text) node.textContent = text;
        node.classList.toggle("bk-message--warning", own.length > 0 && own.every((one) => one.severity === "warning"));
        const control = this.fields.get(key);
        if (control?.matches("input, textarea, select")) control.setAttribute("aria-invalid", String(own.some((one) => one.severity === "error")));
      }
    }
  }

  Object.assign(builder, { Form });
})();
